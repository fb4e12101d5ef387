import { expect, it } from "vitest";
import { tagTargets } from "../../../src/client/requests/tag-targets.ts";

it("makes one target per tag, of one value or several", () => {
  expect(tagTargets({ Role: "web", Env: ["prod", "staging"] })).toEqual([
    { Key: "tag:Role", Values: ["web"] },
    { Key: "tag:Env", Values: ["prod", "staging"] },
  ]);
});

it("copies the values, so that the caller's list stays the caller's own", () => {
  const values = ["prod"];
  expect(tagTargets({ Env: values })[0]?.Values).not.toBe(values);
});

it("takes an empty string as a value, since tags may have one", () => {
  expect(tagTargets({ Canary: "" })).toEqual([{ Key: "tag:Canary", Values: [""] }]);
});

it("refuses a tag without values by its name", () => {
  expect(() => tagTargets({ Role: "web", Env: [] })).toThrow(
    new RangeError(
      "tag:Env has no value, so no node could match it. Give it one, or leave the tag out.",
    ),
  );
});

it("refuses no tags at all", () => {
  expect(() => tagTargets({})).toThrow(
    /^tagTargets was given no tag, so it would target nothing\./,
  );
});
