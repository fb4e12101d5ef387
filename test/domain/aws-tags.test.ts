import { tagTargets } from "ssm-run-command";
import { describe, expect, it } from "vitest";
import { checkTags, refuseAwsTags } from "../../src/domain/aws-tags.ts";

const refuse = (tags: unknown) => () => refuseAwsTags(tags, "The tags");

describe("tags in AWS's form", () => {
  it.each([
    ["a list", [{ Key: "Role", Value: "web" }], '{ "Role": "web" }'],
    ["a target", [{ Key: "tag:Role", Values: ["web", "db"] }], '{ "Role": "web" }'],
    ["one of them", { Key: "Role", Value: "web" }, '{ "Role": "web" }'],
    ["one in another order", { Value: "web", Key: "Role" }, '{ "Role": "web" }'],
  ])("are refused, with what they are by name: %s", (_what, tags, byName) => {
    expect(refuse(tags)).toThrow(
      new TypeError(`The tags are in AWS's form. Write them by name: ${byName}.`),
    );
  });

  it.each([
    ["a list of names", ["web"], '["web"]'],
    ["a string", "Role=web", '"Role=web"'],
    ["null", null, "null"],
    ["a Map", new Map(), "[object Map]"],
  ])("or in none are refused: %s", (_what, tags, shown) => {
    expect(refuse(tags)).toThrow(
      new TypeError(`The tags are ${shown}. Write them by name: { "Role": "web" }.`),
    );
  });
});

describe("tags by name", () => {
  it.each([
    [{ Role: "web" }],
    [{ Key: "a" }],
    [{ Key: "a", Env: "b" }],
    [{ Key: "a", Value: "b", Env: "c" }],
    [{ Value: "a", Env: "b" }],
    [Object.assign(Object.create(null), { Role: "web" })],
    [{}],
  ])("pass, whatever their names: %j", (tags) => {
    expect(refuse(tags)).not.toThrow();
  });

  it("have strings as values, or none", () => {
    expect(() => checkTags({ Role: undefined, Env: "b" }, "The tags")).not.toThrow();
    expect(() => checkTags(undefined, "The tags")).not.toThrow();
    expect(() => checkTags({ Slot: 3 }, "The tags")).toThrow(
      new TypeError('The tags: "Slot" is 3. Write a string.'),
    );
  });

  it("may be called Key as targets", () => {
    expect(tagTargets({ Key: "a" })).toEqual([{ Key: "tag:Key", Values: ["a"] }]);
  });
});
