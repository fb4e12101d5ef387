import { expect, test } from "vitest";
import { matcherStories } from "./matcher-stories.ts";

test.each(Object.entries(matcherStories(expect)))("%s", (_name, story) => story());
