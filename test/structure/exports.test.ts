import ts from "typescript";
import { describe, expect, it, vi } from "vitest";
import { EXPORTED_NAMES } from "./exported-names.ts";
import { type SourceFile, sourceFile, treeOf } from "./source-files.ts";

// That of Jest can only be loaded by Jest.
vi.mock("@jest/globals", () => ({ expect }));

describe.each(Object.entries(EXPORTED_NAMES))("%s", (path, names) => {
  it("has the values that were reviewed", async () => {
    const entry: object = await import(new URL(`../../${path}`, import.meta.url).href);
    expect(Object.keys(entry).sort()).toEqual([...names.values].sort());
  });

  it("lists the values and types that were reviewed", () => {
    expect(listedIn(sourceFile(path))).toEqual({
      values: [...names.values].sort(),
      types: [...names.types].sort(),
    });
  });
});

describe("the entry points", () => {
  it("share no name, so that every class has one home", () => {
    const all = Object.values(EXPORTED_NAMES).flatMap(({ values, types }) => [...values, ...types]);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });

  it("are read as they are written", () => {
    const text = `export { b, type C, d as a } from "./b.ts";\nexport type { E } from "./e.ts";`;
    expect(listedIn({ path: "src/index.ts", text })).toEqual({
      values: ["a", "b"],
      types: ["C", "E"],
    });
  });
});

/** The names in the hand-written lists of an entry point, in alphabetical order. */
function listedIn(file: SourceFile) {
  const listed = treeOf(file)
    .statements.filter(ts.isExportDeclaration)
    .flatMap(({ isTypeOnly, exportClause }) =>
      exportClause !== undefined && ts.isNamedExports(exportClause)
        ? exportClause.elements.map((element) => ({
            name: element.name.text,
            isType: isTypeOnly || element.isTypeOnly,
          }))
        : [],
    );
  const namesOf = (isType: boolean) =>
    listed
      .filter((each) => each.isType === isType)
      .map(({ name }) => name)
      .sort();
  return { values: namesOf(false), types: namesOf(true) };
}
