import { test } from "vitest";
import { stories } from "./stories.ts";

test.each(Object.entries(stories))("%s", (_name, story) => story());
