import { test } from "@jest/globals";
import { explored } from "./explored.js";
import { stories } from "./stories.js";

test.each(Object.entries({ ...stories, ...explored }))("%s", (_name, story) => story());
