import { describe, expect, it } from "vitest";
import { goJson, goText, parsedByGo } from "../../../src/fake/documents/go-values.ts";

describe("a value as Go's JSON", () => {
  it("has no spaces, and the keys of objects in order", () => {
    expect(goJson({ b: [1, "2", null], a: true })).toBe('{"a":true,"b":[1,"2",null]}');
  });

  it("escapes what could end a script of a web page", () => {
    expect(goJson("<a & b>\u2028\u2029")).toBe(String.raw`"\u003ca \u0026 b\u003e\u2028\u2029"`);
  });

  it("has keys in the order of their bytes", () => {
    expect(goJson({ "\u{1F600}": 1, "\uFFFF": 2, ab: 3, a: 4 })).toBe(
      '{"a":4,"ab":3,"\uFFFF":2,"\u{1F600}":1}',
    );
  });

  it("keeps the sign of a zero", () => {
    expect([goJson([-0]), goText(-0)]).toEqual(["[-0]", "-0"]);
  });

  it("leaves other characters as they are", () => {
    expect(goJson('é"\n')).toBe(String.raw`"é\"\n"`);
  });
});

describe("a value as Go prints it", () => {
  it.each([
    [null, "<nil>"],
    [undefined, "<nil>"],
    ["text", "text"],
    [true, "true"],
    [["a", ["b"], null], "[a [b] <nil>]"],
    [{ b: 1, a: ["x"] }, "map[a:[x] b:1]"],
    [{}, "map[]"],
    [[], "[]"],
  ])("%j is %s", (value, text) => {
    expect(goText(value)).toBe(text);
  });

  it.each([
    [0, "0"],
    [-7, "-7"],
    [7.5, "7.5"],
    [999_999, "999999"],
    [1_000_000, "1e+06"],
    [1_234_567, "1.234567e+06"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1e21, "1e+21"],
    [-1.5e-7, "-1.5e-07"],
  ])("the number %d is %s", (value, text) => {
    expect(goText(value)).toBe(text);
  });
});

describe("a number as Go reads it", () => {
  it.each([
    ["12", 12],
    ["-1.5e2", -150],
    [".5", 0.5],
    ["1_2.5_0", 12.5],
    ["0x1p-2", 0.25],
    ["-0x_fp1", -30],
  ])("%s is %d", (text, value) => {
    expect(parsedByGo(text)).toBe(value);
  });

  it.each(["", " 1", "1 ", "e5", ".", "1e", "1_e5", "0x1", "0x", "one"])("%o is none", (text) => {
    expect(parsedByGo(text)).toBeUndefined();
  });
});
