import { test } from "node:test";
import { explored } from "./explored.js";
import { stories } from "./stories.js";

for (const [name, story] of Object.entries({ ...stories, ...explored })) test(name, story);
