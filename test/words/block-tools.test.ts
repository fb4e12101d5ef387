import { describe, expect, it } from "vitest";
import { treeOf } from "../structure/source-files.ts";
import { BlockCompiler } from "../support/block-modules.ts";
import { blocksOfPage, type CodeBlock } from "../support/code-blocks.ts";
import { freeNames } from "../support/free-names.ts";
import { refusalOf } from "../support/rejection.ts";
import { runBlock } from "../support/run-block.ts";
import { readShownValue } from "../support/shown-value.ts";

const compiler = new BlockCompiler();

function aBlock(code: string): CodeBlock {
  return { place: "page.md: Heading", path: "page.md", line: 10, language: "ts", code };
}

describe("a shown value", () => {
  it.each([
    [`"failed"`, "failed"],
    ["-1", -1],
    ["undefined", undefined],
    [`[{ a: null }, true]`, [{ a: null }, true]],
    [`"a…c"`, "abc"],
    [`"…"`, "two\nlines"],
    ["…", undefined],
    ["[1, …]", [1, 2, 3]],
    ["{ a: 1, … }", { a: 1, b: 2 }],
  ])("%s is that of %j", (text, actual) => {
    expect(actual).toEqual(readShownValue(text)?.expected);
  });

  it.each([
    [`"a…c"`, "abcd"],
    [`"a.c"`, "abc"],
    ["[2, …]", [1, 2]],
    ["[1, 2, …]", [1]],
    ["{ a: 1 }", { a: 1, b: 2 }],
    ["{ a: 1, … }", { b: 2 }],
  ])("%s is not that of %j", (text, actual) => {
    expect(actual).not.toEqual(readShownValue(text)?.expected);
  });

  it.each(["true for some", "2: two of them", "f()", "keys, in order", "[...rest]", ""])(
    "is none: %s",
    (text) => {
      expect(readShownValue(text)).toBeUndefined();
    },
  );
});

describe("a block that is not right", () => {
  it.each([
    ["shows what is not so", `1 + 1; //=> 3`, "page.md:10: expected 2 to deeply equal 3"],
    ["shows it on the line below", `1 + 1;\n//=> 3`, "page.md:11: expected 2 to deeply equal 3"],
    ["gives a name to it", `const two = 1 + 1; //=> 3`, "page.md:10: expected 2 to deeply equal 3"],
    [
      "shows it on more lines",
      `[1 + 1];\n//=> [\n//   3,\n// ]`,
      "page.md:11: expected [ 2 ] to deeply equal [ 3 ]",
    ],
    [
      "shows what is never looked at",
      `if (fake.nodes.list().length > 9) 1 + 1; //=> 2`,
      "lines whose value was never looked at: expected [ 10 ] to deeply equal []",
    ],
    ["throws", `throw new Error("full");`, "full"],
    [
      "has a test that throws",
      `import { test } from "vitest";\ntest("a", () => { throw new Error("full"); });`,
      "full",
    ],
  ])("%s, and fails for it", async (_what, code, message) => {
    const refusal = await refusalOf(runBlock(compiler.assemble(aBlock(code))));
    expect(refusal.message).toBe(message);
  });

  it.each([
    [
      "prose behind a value",
      "1 + 1; //=> 2, as ever",
      "page.md:10 shows no literal: prose stands apart.",
    ],
    ["a value of nothing", "\n//=> 2", "page.md:11 shows the value of nothing."],
    ["a name that nobody knows", "unheardOf;", "page.md:10 Cannot find name 'unheardOf'."],
    [
      "a wrong type",
      "\nfake.nodes.add({ tags: 1 });",
      "page.md:11 Type 'number' is not assignable to type 'Readonly<Record<string, string>>'.",
    ],
  ])("has %s, and does not compile", (_what, code, complaint) => {
    expect(compiler.complaints([compiler.assemble(aBlock(code))])).toEqual([complaint]);
  });
});

describe("the search for blocks", () => {
  it("numbers those under one heading, and takes off their indentation", () => {
    const page = "# One\n\n```ts\na;\n```\n\n- item\n  ```sh\n  b\n  ```\n\n## Two\n```ts\n\n```\n";
    expect(blocksOfPage("page.md", page)).toEqual([
      { path: "page.md", place: "page.md: One, 1", line: 4, language: "ts", code: "a;\n" },
      { path: "page.md", place: "page.md: One, 2", line: 9, language: "sh", code: "b\n" },
      { path: "page.md", place: "page.md: Two", line: 14, language: "ts", code: "\n" },
    ]);
  });
});

describe("a free name", () => {
  it.each([
    ["a.b;", ["a"]],
    ["const a = b;", ["b"]],
    ["f({ a: b, c });", ["f", "b", "c"]],
    ["const { a: b } = c; b;", ["c"]],
    ["let a: B.C<D>;", ["B", "D"]],
    [`import { a } from "b"; a;`, []],
    ["[1].map((a) => a + b);", ["b"]],
    ["class A { m() { return this.m; } }", []],
  ])("of %s is one of %j", (text, names) => {
    expect(freeNames(treeOf({ path: "a.ts", text }))).toEqual(names);
  });
});
