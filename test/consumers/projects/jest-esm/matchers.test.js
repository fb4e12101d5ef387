import { expect, test } from "@jest/globals";
import { matcherStories } from "./matcher-stories.js";

test.each(Object.entries(matcherStories(expect)))("%s", (_name, story) => story());

test("the entry exports nothing", async () => {
  expect(Object.keys(await import("ssm-run-command/jest"))).toEqual([]);
});
