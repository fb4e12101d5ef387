import { describe, expect, it } from "vitest";
import { contentAs, readContent } from "../../../../src/fake/account/documents/document-content.ts";

const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** The name and the message of the refusal, or "read". */
async function outcomeOf(text: string, format?: "JSON" | "YAML"): Promise<string> {
  const answer = await readContent(text, format);
  return answer.ok ? "read" : `${answer.refusal.name}: ${answer.refusal.message}`;
}

const TOO_DEEP = "InvalidDocumentContent: The document is nested deeper than 100 levels.";

describe.each(["JSON", "YAML"] as const)("%s that is nested", (format) => {
  it("a hundred levels deep is read", async () => {
    expect(await outcomeOf(nested(100), format)).toBe("read");
  });

  // At some depth between these, recursion left a regular expression no room for its program, which ended Node's process.
  it.each([101, 400, 1_000, 2_000, 3_000, 5_000, 10_000])(
    "%i levels deep is refused",
    async (levels) => {
      expect(await outcomeOf(nested(levels), format)).toBe(TOO_DEEP);
    },
  );

  it("as deep as 64 KB can be is refused", async () => {
    expect(await outcomeOf(nested(32 * 1024), format)).toMatch(/^InvalidDocumentContent: /);
  });
});

describe("YAML", () => {
  it.each([
    ["lists", "- "],
    ["maps", "? "],
    ["lists in braces", "{a: ["],
  ])("that is nested without brackets that close is refused: %s", async (_, level) => {
    expect(await outcomeOf(`${level.repeat(5_000)}x`, "YAML")).toBe(TOO_DEEP);
  });

  const indented = Array.from({ length: 100 }, (_, level) => `${" ".repeat(level)}a:`).join("\n");
  it.each([
    ["by its indentation", `${indented} |\n${" ".repeat(100)}x`],
    ["by dashes", `${"- ".repeat(100)}x`],
    ["in braces", `${"{&x a: ".repeat(100)}!!str x${"}".repeat(100)}`],
    ["with names in brackets", `${"[a: ".repeat(50)}x${"]".repeat(50)}`],
  ])("that is nested a hundred levels deep is read: %s", async (_, text) => {
    expect(await outcomeOf(text, "YAML")).toBe("read");
  });

  it.each([
    ["a placeholder without quotes", "runCommand:\n- {{ commands }}\n"],
    ["a list", "? [a]\n: b\n"],
  ])("whose key is no string is refused: %s", async (_, text) => {
    expect(await outcomeOf(text, "YAML")).toMatch(/^InvalidDocumentContent: YAML not well-formed/);
  });

  it.each(["a: &a { b: *a }\n", "a: &a [*a, *a, *a]\n", "&a [*a, { b: *a }]\n"])(
    "that contains itself is refused: %j",
    async (text) => {
      expect(await outcomeOf(text, "YAML")).toBe(TOO_DEEP);
    },
  );

  it("that swells when its aliases are followed is refused", async () => {
    const list = (name: string, of: string) => `${name}: &${name} [${`${of}, `.repeat(10)}]\n`;
    const bomb = list("a", "x") + list("b", "*a") + list("c", "*b") + list("d", "*c");
    expect(await outcomeOf(bomb, "YAML")).toMatch(/^InvalidDocumentContent: .*alias/);
  });

  it("with aliases that do not is read", async () => {
    expect(await outcomeOf("a: &a [1, 2]\nb: *a\nc: { d: *a }\n", "YAML")).toBe("read");
  });

  it("with a tag of another language says the same as without", async () => {
    const answer = await readContent("a: !!js/function 'x'\n", "YAML");
    expect(answer).toMatchObject({ value: { value: { a: "x" } } });
  });

  it("is not JSON, and the refusal names the place where it stops being JSON", async () => {
    expect(await outcomeOf('{\n  "a": 1,\n  "b": yes\n}', "JSON")).toBe(
      "InvalidDocumentContent: JSON not well-formed. at Line: 3, Column: 8",
    );
  });

  it("is not JSON", async () => {
    expect(await outcomeOf("a: 1\n", "JSON")).toBe(
      "InvalidDocumentContent: JSON not well-formed. at Line: 1, Column: 1",
    );
  });

  it.each(["__proto__", "constructor"])("has names like any other: %s", async (name) => {
    const answer = await readContent(`${name}: { x: 1 }\n`, "YAML");
    const value = answer.ok ? (answer.value.value as object) : {};
    expect([Object.keys(value), Object.getPrototypeOf(value)]).toEqual([[name], Object.prototype]);
  });
});

describe("content in another format", () => {
  it.each([
    ["YAML", "a: yes\nb: [1, 'x']\n", "JSON"],
    ["JSON", '{"a":"yes","b":[1,"1",null],"c":"x: y"}', "YAML"],
  ] as const)("says the same after %s → the other", async (format, text, other) => {
    const answer = await readContent(text, format);
    if (!answer.ok) throw new Error("It was refused.");
    const again = await readContent(await contentAs(answer.value, other), other);
    expect(again).toMatchObject({ value: { value: answer.value.value } });
  });
});
