import { expect, test } from "@jest/globals";
import { matcherStories } from "../matcher-stories.ts";

test.each(Object.entries(matcherStories(expect)))("%s", (_name, story) => story());
