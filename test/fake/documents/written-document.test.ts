import { describe, expect, it } from "vitest";
import {
  describedParameters,
  descriptionIn,
} from "../../../src/fake/documents/written-document.ts";
import { content } from "./a-document.ts";

describe("what a document says of itself", () => {
  it("is its description", () => {
    expect(descriptionIn(content({ description: "Deploys." }))).toBe("Deploys.");
  });

  it.each([undefined, null, "text", {}, { description: 7 }])("is nothing in %j", (value) => {
    expect(descriptionIn(value)).toBeUndefined();
  });
});

describe("a parameter as it is described", () => {
  it.each([
    [{ type: "String", default: "" }, ""],
    [{ type: "StringList", default: ["a"] }, '["a"]'],
    [{ type: "StringMap", default: {} }, "{}"],
    [{ type: "Boolean", default: false }, "false"],
    [{ type: "String" }, undefined],
  ] as const)("%j has the default %j", (spec, defaultValue) => {
    expect(describedParameters({ p: spec }, { parameters: { p: spec } })).toEqual([
      { name: "p", type: spec.type, description: undefined, defaultValue },
    ]);
  });

  it("is none where the content has no parameters, and an empty list where they are empty", () => {
    const described = [{}, { parameters: {} }].map((each) => describedParameters({}, each));
    expect(described).toEqual([undefined, []]);
  });

  it("has the description of its author", () => {
    const parameters = { p: { type: "String", description: "What for." } } as const;
    expect(describedParameters(parameters, { parameters })).toMatchObject([
      { description: "What for." },
    ]);
  });
});
