import { describe, expect, it } from "vitest";
import type { Members } from "../../../src/fake/calls/constraint.ts";
import { readRequest } from "../../../src/fake/calls/request.ts";
import { LOGS_DIALECT } from "../../../src/fake/logs/logs-operation.ts";

const MEMBERS = {
  name: { type: "string", min: 2, max: 4, pattern: "[a-z]+", required: true },
  order: { type: "string", oneOf: ["Up", "Down"] },
  limit: { type: "integer", min: 1, max: 50 },
  startTime: { type: "long", min: 0 },
  descending: { type: "boolean" },
  names: { type: "list", min: 1, max: 2, of: { type: "string" } },
} as const satisfies Members;

const read = (input: unknown) => readRequest(input, MEMBERS, LOGS_DIALECT);

describe("a request to CloudWatch Logs", () => {
  it("is read as its table says", () => {
    const input = { name: "abc", limit: 50, startTime: 0, descending: false, names: ["a"] };
    expect(read(input)).toEqual({ ok: true, value: input });
  });

  it("leaves out what is null or not in its table", () => {
    expect(read({ name: "abc", limit: null, unmask: true })).toEqual({
      ok: true,
      value: { name: "abc" },
    });
  });

  it.each([
    [{}, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    [
      { name: "a" },
      "Value 'a' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      { name: "abcde" },
      "Value 'abcde' at 'name' failed to satisfy constraint: Member must have length less than or equal to 4",
    ],
    [
      { name: "ab\n" },
      "Value 'ab\n' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+",
    ],
    [
      { name: "ab", order: "up" },
      "Value 'up' at 'order' failed to satisfy constraint: Member must satisfy enum value set: [Up, Down]",
    ],
    [
      { name: "ab", limit: 0 },
      "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      { name: "ab", limit: 51 },
      "Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50",
    ],
    [
      { name: "ab", names: [] },
      "Value '[]' at 'names' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      { name: "ab", names: ["a", "b", "c"] },
      "Value '[a, b, c]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
  ])("%j is refused with AWS's sentence", (input, text) => {
    expect(read(input)).toEqual({
      ok: false,
      refusal: {
        name: "InvalidParameterException",
        message: `1 validation error detected: ${text}`,
      },
    });
  });

  it("is refused for all that is wrong with it at once", () => {
    expect(read({ name: "A", startTime: -1 })).toMatchObject({
      refusal: {
        message:
          "3 validation errors detected: Value 'A' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2; Value 'A' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+; Value '-1' at 'startTime' failed to satisfy constraint: Member must have value greater than or equal to 0",
      },
    });
  });

  it.each([
    [{ name: 5 }, "NUMBER_VALUE can not be converted to a String"],
    [{ name: true }, "TRUE_VALUE can not be converted to a String"],
    [{ name: ["ab"] }, "Start of list found where not expected"],
    [{ name: {} }, "Start of structure or map found where not expected."],
    [{ name: "ab", limit: "5" }, "STRING_VALUE can not be converted to an Integer"],
    [{ name: "ab", startTime: 1.5 }, "NUMBER_VALUE can not be converted to a Long"],
    [{ name: "ab", descending: "no" }, "STRING_VALUE can not be converted to a Boolean"],
    [{ name: "ab", names: "ab" }, "Expected list or null"],
    [{ name: "ab", names: ["a", 1] }, "NUMBER_VALUE can not be converted to a String"],
  ])("%j has a member of the wrong type", (input, message) => {
    expect(read(input)).toEqual({
      ok: false,
      refusal: { name: "SerializationException", message, why: expect.any(String) },
    });
  });

  it.each([null, undefined, "text", 5, []])("is not %j", (input) => {
    expect(read(input)).toEqual({
      ok: false,
      refusal: { name: "SerializationException", why: expect.any(String) },
    });
  });
});
