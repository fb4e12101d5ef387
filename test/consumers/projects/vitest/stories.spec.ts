import { test } from "vitest";
import { explored } from "./explored.ts";
import { stories } from "./stories.ts";

test.each(Object.entries({ ...stories, ...explored }))("%s", (_name, story) => story());
