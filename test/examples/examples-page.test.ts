import { describe, expect, it } from "vitest";
import { exampleFiles, exampleTable, expectedFiles, otherFiles, textOf } from "./examples.ts";

/** What the examples share, and the tour. */
const SHARED = [
  ...["README.md", "deploy-function.ts", "deploy.sh", "fake-account.ts", "fleet.yaml"],
  ...["jest.config.json", "restart-service.ts", "tour.ts", "which-account.ts"],
];
const TABLE = exampleTable();

describe("the folder of examples", () => {
  it("numbers them without a gap", () => {
    const numbers = exampleFiles().map((name) => Number(name.slice(0, 2)));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it("holds nothing that is neither run nor shared", () => {
    expect(otherFiles()).toEqual(SHARED);
  });

  it("has the output of every road, and of none that is gone", () => {
    const roads = TABLE.flatMap(({ file, aws }) => {
      const name = file.replace(/\..*$/, "");
      return aws === undefined ? [`${name}.txt`] : [`${name}.aws.txt`, `${name}.txt`];
    });
    expect(expectedFiles()).toEqual(roads);
  });

  it.each(exampleFiles())("keeps %s short, and lets it say first what it shows", (file) => {
    const lines = textOf(file).trimEnd().split("\n");
    const first = lines[0]?.startsWith("#!") ? lines[1] : lines[0];
    expect([first?.replace(/ .*/, ""), lines.length <= 70]).toEqual([
      file.endsWith(".ts") ? "//" : "#",
      true,
    ]);
  });
});

describe("the table of examples", () => {
  it("has a line for every file, in their order", () => {
    expect(TABLE.map(({ file }) => file)).toEqual(exampleFiles());
  });

  it.each(TABLE)("gives $file its own number", ({ number, file }) => {
    expect(file.slice(0, 2)).toBe(number);
  });

  it.each(TABLE)("says of $file whether it can go against AWS", ({ file, aws }) => {
    expect(aws !== undefined).toBe(textOf(file).includes(`from "./which-account.ts"`));
  });
});
