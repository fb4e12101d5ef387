import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/explore/catalogue/catalogue.ts";
import { loopsPage } from "./loops/page.ts";
import { loopsPicture } from "./loops/picture.ts";
import { type LoopsRecord, runIn, runsOf } from "./loops/record.ts";
import { PATTERNS } from "./patterns/patterns.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const record: LoopsRecord = JSON.parse(read("loops/record.json"));
const worlds = catalogue().map(({ name }) => name);
const isOurs = (file: string) => file === "wait-for-terminal.ts";

/** With more calls than this a world takes too long here. */
const MOST_CALLS = 100;

/** Each world for one of the patterns: the next world for the next one. */
const sampled = PATTERNS.flatMap((pattern, column) =>
  [...runsOf(record, pattern)]
    .filter(([, { calls }], row) => row % PATTERNS.length === column && calls <= MOST_CALLS)
    .map(([world, run]) => ({ pattern, world, run, name: `${pattern.title}, ${world}` })),
);

describe("the page of loops", () => {
  it("has the worlds of the catalogue and every pattern (stale: npm run docs:loops)", () => {
    expect(Object.keys(record.worlds)).toEqual(worlds);
    expect(record.patterns).toEqual(PATTERNS.map(({ file }) => file));
  });

  it("is what was recorded (stale: npm run docs:loops -- --pages)", () => {
    expect(read("../../docs/why-loops-lie.md")).toBe(loopsPage(record, PATTERNS));
  });

  it("has a picture of what was recorded (stale: npm run docs:loops -- --pages)", () => {
    expect(read("../../docs/why-loops-lie.svg")).toBe(loopsPicture(record, PATTERNS));
  });

  it.each(sampled)("says what comes of a run: $name", async ({ pattern, world, run }) => {
    expect(await runIn(pattern, world)).toEqual(run);
  });
});

describe("a pattern", () => {
  it.each(PATTERNS.filter(({ file }) => !isOurs(file)))("is wrong somewhere: $title", (pattern) => {
    const verdicts = [...runsOf(record, pattern).values()].map(({ verdict }) => verdict);
    expect(verdicts.filter((verdict) => verdict !== "right")).not.toEqual([]);
  });

  it("of our own is wrong nowhere", () => {
    const ours = PATTERNS.filter(({ file }) => isOurs(file));
    const wrong = ours.flatMap((pattern) =>
      [...runsOf(record, pattern)].filter(([, { verdict }]) => verdict !== "right"),
    );
    expect([ours.length, wrong]).toEqual([1, []]);
  });

  it("is shown in a world in which it is wrong", () => {
    const shown = PATTERNS.filter(({ file }) => !isOurs(file)).map((pattern) => {
      const { world = "", verdict } = record.examples[pattern.file] ?? {};
      return [pattern.title, runsOf(record, pattern).get(world)?.verdict === verdict];
    });
    expect(shown).toEqual(shown.map(([title]) => [title, true]));
  });
});
