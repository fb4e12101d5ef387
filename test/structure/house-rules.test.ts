import { describe, expect, it } from "vitest";
import { breachesOf, crowdedFolders, sourceBreachesOf, testBreachesOf } from "./house-rules.ts";
import { type SourceFile, sourceFiles } from "./source-files.ts";

const [source, tests] = [sourceFiles("src"), sourceFiles("test")];

describe("the rules of the house", () => {
  it("hold everywhere", () => {
    expect([...source, ...tests].flatMap(breachesOf)).toEqual([]);
  });

  it("hold in the package: no state in modules, time and randomness come from the clock and the options", () => {
    expect(source.flatMap(sourceBreachesOf)).toEqual([]);
  });

  it("hold for the folders of the package: none holds more than twenty files", () => {
    expect(crowdedFolders(source)).toEqual([]);
  });

  it("hold in the tests: names are facts, no describe is three deep", () => {
    expect(tests.flatMap(testBreachesOf)).toEqual([]);
  });
});

describe("a breach", () => {
  it.each([
    [breachesOf, "src/a.ts", "export default 1;", "has a default export"],
    [breachesOf, "src/a.ts", "export default function f() {}", "has a default export"],
    [breachesOf, "src/a.ts", "export { a as default };", "has a default export"],
    [breachesOf, "src/a.ts", `export * from "./b.ts";`, "exports *"],
    [breachesOf, "src/a.ts", `export * as b from "./b.ts";`, "exports *"],
    [breachesOf, "src/a.ts", "let a: any;", "says any"],
    [breachesOf, "src/a.ts", "const a = b as any;", "says any"],
    [breachesOf, "src/a.ts", "enum A {}", "has an enum"],
    [breachesOf, "src/a.ts", `// ${"TO"}${"DO"}: later`, "puts something off"],
    [sourceBreachesOf, "src/a.ts", "const at = Date.now();", "touches Date.now"],
    [sourceBreachesOf, "src/a.ts", "const at = new Date();", "touches new Date()"],
    [sourceBreachesOf, "src/a.ts", "const wait = setTimeout;", "touches setTimeout"],
    [sourceBreachesOf, "src/a.ts", "globalThis.setInterval(run, 1);", "touches setInterval"],
    [sourceBreachesOf, "src/a.ts", "const a = [Math.random];", "touches Math.random"],
    [sourceBreachesOf, "src/a.ts", "const id = crypto.randomUUID();", "touches randomUUID"],
    [sourceBreachesOf, "src/a.ts", "let count = 0;", "keeps state in its module"],
    [sourceBreachesOf, "src/a.ts", "export const a = new Map();", "keeps state in its module"],
    [testBreachesOf, "test/a.ts", `it("should work", f);`, "names a test after a wish"],
    [testBreachesOf, "test/a.ts", `it.each([1])("should work", f);`, "names a test after a wish"],
  ])("of %o is named in %s: %s", (rules, path, text, sentence) => {
    expect(rules({ path, text })).toEqual([`${path}:1 ${sentence}.`]);
  });

  it("is a describe in a describe in a describe", () => {
    const text = `describe("a", () => {\ndescribe.each([1])("b", () => {\ndescribe("c", () => {}); }); });`;
    expect(testBreachesOf({ path: "test/a.ts", text })).toEqual([
      "test/a.ts:3 has a describe three deep.",
    ]);
  });

  it("is a file of more than 400 lines", () => {
    expect(breachesOf({ path: "src/a.ts", text: `${"\n".repeat(400)}f();\n` })).toEqual([
      "src/a.ts has 401 lines.",
    ]);
  });

  it("is a folder of more than twenty files", () => {
    const files = Array.from({ length: 21 }, (_, n) => ({ path: `src/a/b${n}.ts`, text: "" }));
    expect([crowdedFolders(files), crowdedFolders(files.slice(1))]).toEqual([
      ["src/a holds 21 files."],
      [],
    ]);
  });

  it.each([
    ["src/utils/a.ts", "is a drawer: utils"],
    ["src/clock-helpers.ts", "is a drawer: helpers"],
    ["src/dueQueue.ts", "is not named in kebab-case"],
  ])("is the name %s", (path, sentence) => {
    expect(breachesOf({ path, text: "" })).toEqual([`${path} ${sentence}.`]);
  });
});

describe("no breach", () => {
  it.each([
    ["the default of an option", "function f({ random = Math.random } = {}) {}"],
    ["the default of a parameter", "function f(now = () => Date.now()) {}"],
    ["the default of a member", "const { at = new Date() } = options;"],
    ["a date of a known instant", "const at = new Date(0);"],
    ["a comment", "// not Date.now(), and not setTimeout"],
    ["state that belongs to an object", "function f() { let count = 0; const a = new Map(); }"],
    ["a table", `const a = new Map([["a", 1]]);`],
  ])("is %s", (_, text) => {
    expect(sourceBreachesOf({ path: "src/a.ts", text })).toEqual([]);
  });

  it("is a touch of the globals in the clock", () => {
    const clock: SourceFile = { path: "src/time/clock.ts", text: "const now = () => Date.now();" };
    expect(sourceBreachesOf(clock)).toEqual([]);
  });
});
