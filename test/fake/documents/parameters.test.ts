import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParameterSpec } from "../../../src/fake/documents/document-model.ts";
import {
  parameterValues,
  referencedParameters,
  refusedParameters,
  soleParameter,
  substitute,
  substituteText,
} from "../../../src/fake/documents/parameters.ts";

/** Whether a parameter with this declaration takes a value. */
function takes(spec: ParameterSpec, ...value: readonly string[]): boolean {
  return refusedParameters({ parameters: { p: spec } }, { p: value }) === undefined;
}

describe("a document", () => {
  it("takes nothing when it declares nothing", () => {
    expect(refusedParameters({ parameters: {} }, {})).toBeUndefined();
  });

  it("takes no parameter that it does not declare", () => {
    expect(refusedParameters({ parameters: {} }, { p: ["x"] })).toBeDefined();
  });

  it("takes no parameter that only objects of JavaScript have", () => {
    expect(refusedParameters({ parameters: {} }, { toString: ["x"] })).toBeDefined();
  });

  it("needs a parameter without a default", () => {
    expect(refusedParameters({ parameters: { p: { type: "String" } } }, {})).toBeDefined();
  });

  it("does not need a parameter with a default, even an empty one", () => {
    const parameters = { p: { type: "String", default: "" } } as const;
    expect(refusedParameters({ parameters }, {})).toBeUndefined();
  });

  it("does not check a default by its rules", () => {
    const parameters = { p: { type: "String", default: "x", allowedPattern: "[0-9]+" } } as const;
    expect(refusedParameters({ parameters }, {})).toBeUndefined();
  });

  it("checks every parameter", () => {
    const parameters = { p: { type: "String" }, q: { type: "Boolean" } } as const;
    expect(refusedParameters({ parameters }, { p: ["x"], q: ["maybe"] })).toBeDefined();
  });
});

describe("a value", () => {
  it.each<[fact: string, spec: ParameterSpec, value: string[], isTaken: boolean]>([
    ["of String is one string", { type: "String" }, ["a"], true],
    ["of String is not two", { type: "String" }, ["a", "b"], false],
    ["of String is not none", { type: "String" }, [], false],
    ["of String may be empty", { type: "String" }, [""], true],
    ["of StringList is a list", { type: "StringList" }, ["a", "b"], true],
    ["of StringList may be no element", { type: "StringList" }, [], true],
    ["of Boolean is true", { type: "Boolean" }, ["true"], true],
    ["of Boolean is False", { type: "Boolean" }, ["False"], true],
    ["of Boolean is not yes", { type: "Boolean" }, ["yes"], false],
    ["of Integer is a number", { type: "Integer" }, ["-12"], true],
    ["of Integer is no fraction", { type: "Integer" }, ["1.5"], false],
    ["of Integer is no word", { type: "Integer" }, ["one"], false],
    ["of StringMap is one text", { type: "StringMap" }, ['{"a":"b"}'], true],
    ["of StringMap is not two", { type: "StringMap" }, ["{}", "{}"], false],
    ["of MapList is a list", { type: "MapList" }, ["{}", "{}"], true],
    ["has minItems", { type: "StringList", minItems: 2 }, ["a", "b"], true],
    ["has no fewer than minItems", { type: "StringList", minItems: 2 }, ["a"], false],
    ["has maxItems", { type: "StringList", maxItems: 1 }, ["a"], true],
    ["has no more than maxItems", { type: "StringList", maxItems: 1 }, ["a", "b"], false],
    ["has minChars", { type: "String", minChars: 3 }, ["abc"], true],
    ["has no fewer than minChars", { type: "String", minChars: 3 }, ["ab"], false],
    ["has maxChars", { type: "String", maxChars: 3 }, ["abc"], true],
    ["has no more than maxChars", { type: "String", maxChars: 3 }, ["abcd"], false],
    ["has minChars in every element", { type: "StringList", minChars: 2 }, ["ab", "c"], false],
    ["is one of allowedValues", { type: "String", allowedValues: ["a", "b"] }, ["b"], true],
    ["is none beside allowedValues", { type: "String", allowedValues: ["a", "b"] }, ["A"], false],
    [
      "is within allowedValues in all",
      { type: "StringList", allowedValues: ["a"] },
      ["a", "c"],
      false,
    ],
    ["fits allowedPattern", { type: "String", allowedPattern: "[a-z]+" }, ["abc"], true],
    [
      "fits allowedPattern as a whole",
      { type: "String", allowedPattern: "[a-z]+" },
      ["abc1"],
      false,
    ],
    ["fits one alternative as a whole", { type: "String", allowedPattern: "a|b" }, ["ab"], false],
    ["fits an empty allowedPattern", { type: "String", allowedPattern: "" }, ["a"], false],
    [
      "fits (?i) whatever the case",
      { type: "String", allowedPattern: "(?i)on|off" },
      ["OFF"],
      true,
    ],
    ["fits (?i) as a whole", { type: "String", allowedPattern: "(?i)on|off" }, ["OFFICE"], false],
    ["fits allowedPattern in all", { type: "StringList", allowedPattern: "a" }, ["a", "b"], false],
  ])("%s", (_, spec, value, isTaken) => {
    expect(takes(spec, ...value)).toBe(isTaken);
  });
});

describe("the values of parameters", () => {
  const parameters = {
    text: { type: "String" },
    list: { type: "StringList" },
    either: { type: "String", default: "by default" },
    listed: { type: "StringList", default: ["x", "y"] },
  } as const;

  it("are a string for a String and a list for a StringList", () => {
    const values = parameterValues({ parameters }, { text: ["a"], list: ["b", "c"] });
    expect(values).toMatchObject({ text: "a", list: ["b", "c"] });
  });

  it("are the defaults for what is left out", () => {
    const values = parameterValues({ parameters }, { text: ["a"], list: [] });
    expect(values).toMatchObject({ either: "by default", listed: ["x", "y"] });
  });

  it("are what was supplied in place of a default", () => {
    const values = parameterValues({ parameters }, { text: ["a"], list: [], either: ["b"] });
    expect(values).toMatchObject({ either: "b" });
  });
});

describe("substitution", () => {
  const values = {
    name: "web",
    list: ["a", "b"],
    cost: "$$5",
    nested: "{{ name }}",
    map: { z: 1, a: "<b>" },
    nothing: null,
  };

  it.each([
    ["puts a value in", "on {{ name }}!", "on web!"],
    ["takes any spaces or none", "{{name}} {{   name }}", "web web"],
    ["writes a list inside a string as JSON", "x {{ list }}", 'x ["a","b"]'],
    [
      "writes an object inside a string as Go's JSON",
      "x {{ map }}",
      'x {"a":"\\u003cb\\u003e","z":1}',
    ],
    ["writes a null inside a string as null", "x {{ nothing }}", "x null"],
    ["writes $$ inside a string as $", "costs {{ cost }}", "costs $5"],
    ["looks once only", "-> {{ nested }}", "-> {{ name }}"],
    ["leaves a parameter that does not exist", "{{ other }} x", "{{ other }} x"],
    ["leaves what only objects of JavaScript have", "{{ toString }} x", "{{ toString }} x"],
    ["leaves names of other characters", "{{ my-name }} x", "{{ my-name }} x"],
    ["leaves references to Parameter Store", "{{ ssm:name }} x", "{{ ssm:name }} x"],
    ["takes tabs and line breaks as spaces", "{{\tname\n}} {{\r\fname }}", "web web"],
    ["leaves a placeholder with other white space", "{{\u00a0name }} x", "{{\u00a0name }} x"],
    ["leaves single braces", "{HOME} { name }", "{HOME} { name }"],
  ])("%s", (_, text, expected) => {
    expect(substituteText(text, values)).toBe(expected);
  });

  it("keeps a list a list where a string is only its placeholder", () => {
    expect(substitute({ runCommand: "{{ list }}" }, values)).toEqual({ runCommand: ["a", "b"] });
  });

  it("keeps $$ where a string is only its placeholder", () => {
    expect(substitute({ price: "{{ cost }}" }, values)).toEqual({ price: "$$5" });
  });

  it("treats a string with spaces around its placeholder as a longer one", () => {
    expect(substitute({ x: " {{ list }}" }, values)).toEqual({ x: ' ["a","b"]' });
  });

  it("reaches into lists and objects", () => {
    const inputs = { a: [{ b: "{{ name }}" }, "{{ list }}"], n: 5, no: null };
    expect(substitute(inputs, values)).toEqual({ a: [{ b: "web" }, ["a", "b"]], n: 5, no: null });
  });

  it("leaves the names of inputs alone", () => {
    expect(substitute({ "{{ name }}": "x" }, values)).toEqual({ "{{ name }}": "x" });
  });

  it("changes nothing of the inputs that it was given", () => {
    const inputs = { runCommand: ["{{ name }}"] };
    substitute(inputs, values);
    expect(inputs).toEqual({ runCommand: ["{{ name }}"] });
  });

  it("is the string itself, once or twice, where there are no braces", () => {
    const text = fc.string({ unit: "grapheme" }).map((any) => any.replaceAll("{", ""));
    fc.assert(
      fc.property(text, fc.dictionary(fc.stringMatching(/^[a-z]$/), text), (given, any) => {
        const once = substituteText(given, any);
        expect([once, substituteText(once, any)]).toEqual([given, given]);
      }),
    );
  });

  it("has nothing left to put in when the values have no braces", () => {
    const value = fc.string().map((any) => any.replaceAll(/[{}$]/g, ""));
    const piece = fc.oneof(value, fc.constantFrom("{{ a }}", "{{b}}"));
    fc.assert(
      fc.property(fc.array(piece), value, value, (pieces, a, b) => {
        const once = substituteText(pieces.join(" "), { a, b });
        expect(referencedParameters(once)).toEqual([]);
      }),
    );
  });
});

describe("references", () => {
  it("are found anywhere in a value", () => {
    const value = { a: ["{{ one }}", { b: "x {{two}} {{ one }}" }], c: 3 };
    expect(referencedParameters(value)).toEqual(["one", "two", "one"]);
  });

  it("are none in nothing", () => {
    expect(referencedParameters(undefined)).toEqual([]);
  });

  it.each([
    ["{{ name }}", "name"],
    ["{{name}}", "name"],
    [" {{ name }}", undefined],
    ["{{ a }}{{ b }}", undefined],
    [["{{ name }}"], undefined],
  ])("are the sole content of %j: %s", (text, name) => {
    expect(soleParameter(text)).toBe(name);
  });
});
