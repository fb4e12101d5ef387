import { expect, test } from "@jest/globals";
import type { CommandOutcome } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import "ssm-run-command/jest";
import { matcherStories } from "../matcher-stories";

test.each(Object.entries(matcherStories(expect)))("%s", (_name, story) => story());

test("the matchers have types", () => {
  const fake = new FakeSsm();
  expect(fake).not.toHaveSentCommand({ document: expect.stringContaining("Shell"), times: 1 });
  const of = (outcome: CommandOutcome) => {
    expect(outcome).toHaveSucceeded();
    // @ts-expect-error An outcome has no timeline.
    expect(outcome).toHaveReached("Failed");
  };
  // @ts-expect-error There is no such member.
  expect(() => expect(fake).toHaveSentCommand({ documnt: "release" })).toThrow(
    "Did you mean document?",
  );
  expect(typeof of).toBe("function");
});
