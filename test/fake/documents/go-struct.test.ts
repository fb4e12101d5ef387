import { describe, expect, it } from "vitest";
import { readStruct } from "../../../src/fake/documents/go-struct.ts";

const INPUT = {
  name: "demo.Input",
  label: "Input",
  fields: {
    Any: "interface {}",
    Name: "string",
    Lines: "[]string",
    Tags: "map[string]string",
  },
} as const;

const fieldsOf = (value: unknown) => {
  const read = readStruct(value, INPUT);
  return read.ok ? read.fields : read.error;
};

describe("a structure of Go", () => {
  it("takes the members that its fields name, whatever their case", () => {
    expect(fieldsOf({ any: [1], NAME: "a", lines: ["b"], tAgS: { c: "d" } })).toEqual({
      ...{ Any: [1], Name: "a", Lines: ["b"], Tags: { c: "d" } },
    });
  });

  it("takes no member that it does not name", () => {
    expect(fieldsOf({ other: 1, toString: 2 })).toEqual({});
  });

  it("takes of two spellings the one that comes last in order", () => {
    expect(fieldsOf({ name: "small", NAME: "big" })).toEqual({ Name: "small" });
  });

  it.each([undefined, null, {}])("is empty for %j", (value) => {
    expect(fieldsOf(value)).toEqual({});
  });

  it("does not take a null, and makes an empty string of one among strings", () => {
    const value = { name: null, lines: [null, "a"], tags: { b: null } };
    expect(fieldsOf(value)).toEqual({ Lines: ["", "a"], Tags: { b: "" } });
  });
});

describe("what does not fit a structure of Go", () => {
  it.each([
    ["text", "string"],
    [7, "number"],
    [true, "bool"],
    [["a"], "array"],
  ])("is anything but an object: %j", (value, kind) => {
    expect(fieldsOf(value)).toBe(`json: cannot unmarshal ${kind} into Go value of type demo.Input`);
  });

  it.each([
    [{ name: 7 }, "number", "Name", "string"],
    [{ name: ["a"] }, "array", "Name", "string"],
    [{ lines: "a" }, "string", "Lines", "[]string"],
    [{ lines: { a: "b" } }, "object", "Lines", "[]string"],
    [{ lines: ["a", 7] }, "number", "Lines", "string"],
    [{ lines: [["a"]] }, "array", "Lines", "string"],
    [{ tags: ["a"] }, "array", "Tags", "map[string]string"],
    [{ tags: { a: true } }, "bool", "Tags", "string"],
  ])("is %j", (value, kind, field, type) => {
    expect(fieldsOf(value)).toBe(
      `json: cannot unmarshal ${kind} into Go struct field Input.${field} of type ${type}`,
    );
  });

  it("is told for the first member in order", () => {
    expect(fieldsOf({ tags: 1, lines: 2 })).toContain("Input.Lines");
  });
});
