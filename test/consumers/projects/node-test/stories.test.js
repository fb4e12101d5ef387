import { test } from "node:test";
import { stories } from "./stories.js";

for (const [name, story] of Object.entries(stories)) test(name, story);
