import { describe, expect, it } from "vitest";
import { documentedExports, gapsOf } from "./documented-exports.ts";
import { EXPORTED_NAMES } from "./exported-names.ts";
import { sourceFiles } from "./source-files.ts";

const found = documentedExports(Object.keys(EXPORTED_NAMES), sourceFiles("src"));

describe("the names that the entry points export", () => {
  it("have a doc comment and an example, all of them", () => {
    expect(found.flatMap(gapsOf)).toEqual([]);
  });

  it.each(Object.entries(EXPORTED_NAMES))(
    "are looked at, all that were reviewed of %s",
    (path, names) => {
      const looked = found.filter(({ entry }) => entry === path).map(({ name }) => name);
      expect(looked.sort()).toEqual([...names.values, ...names.types].sort());
    },
  );
});

describe("an export", () => {
  const EXAMPLE = "@example\n * ```ts\n * a; //=> 1\n * ```";

  it.each([
    ["no comment", "", ["has no doc comment", "has no example"]],
    ["a comment that is no doc comment", "// A number.", ["has no doc comment", "has no example"]],
    ["no example", "/** A number. */", ["has no example"]],
    ["nothing but an example", `/**\n * ${EXAMPLE}\n */`, ["has no doc comment"]],
    ["an example in words", "/**\n * A number.\n *\n * @example one\n */", ["has no example"]],
    ["an empty example", "/**\n * A.\n *\n * @example\n * ```ts\n * ```\n */", ["has no example"]],
    ["comment and example", `/**\n * A number.\n *\n * ${EXAMPLE}\n */`, []],
  ])("lacks what is named, having %s", (_, comment, gaps) => {
    expect(gapsAt(`${comment}\nexport interface A {}`)).toEqual(
      gaps.map((gap) => `src/index.ts: A ${gap}.`),
    );
  });

  it("is looked at where it is declared, not where it is listed", () => {
    const home = {
      path: "src/b.ts",
      text: `/**\n * B.\n *\n * ${EXAMPLE}\n */\nexport type B = 1;`,
    };
    expect(gapsAt(`export type { B as A } from "./b.ts";`, home)).toEqual([]);
  });

  it("lends its comment to no other one", () => {
    const text = `/**\n * A.\n *\n * ${EXAMPLE}\n */\nexport type A = 1;\nexport type B = 2;`;
    expect(gapsAt(text)).toEqual([
      "src/index.ts: B has no doc comment.",
      "src/index.ts: B has no example.",
    ]);
  });
});

function gapsAt(text: string, ...others: readonly { path: string; text: string }[]) {
  const entry = { path: "src/index.ts", text };
  return documentedExports([entry.path], [entry, ...others]).flatMap(gapsOf);
}
