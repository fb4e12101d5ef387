import type { ExploreReport, WrongWorld } from "ssm-run-command/explore";
import { AssertionError, FakeSsm } from "ssm-run-command/fake";
import "ssm-run-command/vitest";
import { describe, expect, it } from "vitest";
import { reportOf } from "../../src/explore/report-of.ts";
import { saidBy, thrownBy } from "../support/said-by.ts";

const LIED: WrongWorld = {
  verdict: "lied",
  world: "one of three nodes fails late",
  truth: "failed",
  got: "succeeded",
  seed: 7,
  nodes: 1,
  calls: 2,
  explain: "It said succeeded, and the command failed.",
  timeline: "00:00:00.000  SendCommand AWS-RunShellScript",
  code: 'import { FakeSsm } from "ssm-run-command/fake";\n\nconst fake = new FakeSsm();\n',
};
const ALONE =
  'Run it alone, your other options as they are (a world of your own as itself): explore(yourFunction, { worlds: ["one of three nodes fails late"], seed: 7 })';
const ADVICE = "Give expect() the report: expect(await explore(yourFunction)).toBeClean().";

function aReport(...wrong: readonly WrongWorld[]): ExploreReport {
  return reportOf({ ran: 524, calls: 9_000, seed: 7, wrong, allowed: [] });
}

describe("toBeClean", () => {
  it("holds where nothing is wrong, though something is allowed", () => {
    expect(aReport()).toBeClean();
    expect(reportOf({ ...aReport(), allowed: [LIED] })).toBeClean();
  });

  it("fails where something is wrong: each world has a line, the first is shown whole", () => {
    const report = aReport(LIED, {
      ...{ ...LIED, verdict: "leftRunning", world: "an alarm goes off" },
      ...{ explain: "It said failed\nwhile the command ran.", note: "It was not made smaller." },
    });
    expect(report).not.toBeClean();
    expect(saidBy(() => expect(report).toBeClean())).toBe(
      [
        "The function is wrong in 2 of 524 worlds (seed 7):",
        "",
        "lied         one of three nodes fails late: It said succeeded, and the command failed.",
        "leftRunning  an alarm goes off: It said failed while the command ran. It was not made smaller.",
        "",
        'What is left of "one of three nodes fails late", with 1 node and 2 calls:',
        "",
        LIED.code.trimEnd(),
        "",
        LIED.timeline,
        "",
        ALONE,
      ].join("\n"),
    );
  });

  it("says under `not` in how many worlds nothing was wrong", () => {
    const one = reportOf({ ran: 1, calls: 2, seed: 3, wrong: [], allowed: [] });
    expect([
      saidBy(() => expect(aReport()).not.toBeClean()),
      saidBy(() => expect(one).not.toBeClean()),
    ]).toEqual([
      "The function ran in 524 worlds (seed 7), and is wrong in none, which was not expected.",
      "The function ran in 1 world (seed 3), and is wrong in none, which was not expected.",
    ]);
  });

  it("lists twenty worlds, and says how many more there are", () => {
    const said = saidBy(() => expect(aReport(...Array(23).fill(LIED))).toBeClean());
    expect(said.match(/^lied /gm)).toHaveLength(20);
    expect(said).toContain("\n… and 3 more: report.wrong has them.\n\n");
  });

  it("says how a random world is run alone", () => {
    const report = aReport({ ...LIED, world: "random world 12", seed: 12 });
    expect(saidBy(() => expect(report).toBeClean())).toMatch(
      /explore\(yourFunction, \{ worlds: "none", random: 1, seed: 12 \}\)$/,
    );
  });

  it("leaves out the middle of what is long", () => {
    const timeline = Array.from({ length: 500 }, (_, line) => `line ${line}`).join("\n");
    const said = saidBy(() =>
      expect(aReport({ ...LIED, timeline, explain: "a".repeat(5_000) })).toBeClean(),
    );
    expect(said).toContain(
      "\nline 49\n… 350 lines are left out: report.wrong[0].timeline has them …\nline 400\n",
    );
    expect(said).toMatch(/^lied .*: a+…$/m);
    expect(said.length).toBeLessThan(3_000);
  });

  it("says so where no call was made", () => {
    const report = aReport({ ...LIED, timeline: "", calls: 0, nodes: 0 });
    expect(saidBy(() => expect(report).toBeClean())).toContain(
      "with 0 nodes and 0 calls:\n\n" +
        `${LIED.code.trimEnd()}\n\nNo command was sent, and no call was refused.\n\n`,
    );
  });

  it("holds after `.resolves`, and for a report of which only the values are left", async () => {
    await expect(Promise.resolve(aReport())).resolves.toBeClean();
    expect(JSON.parse(JSON.stringify(aReport()))).toBeClean();
  });

  it.each<[what: string, given: unknown]>([
    ["a promise", Promise.resolve(aReport())],
    ["an object of class FakeSsm", new FakeSsm()],
    ["undefined", undefined],
    ["null", null],
    ["{ wrong }", { wrong: [] }],
    ["[]", []],
  ])("refuses %s, under `not`, too", (what, given) => {
    const sentence = `toBeClean() was given ${what}. ${ADVICE}`;
    for (const look of [
      () => expect(given as ExploreReport).toBeClean(),
      () => expect(given as ExploreReport).not.toBeClean(),
    ]) {
      expect(thrownBy(look)).toBeInstanceOf(TypeError);
      expect(saidBy(look)).toBe(sentence);
    }
  });
});

describe("throwIfWrong", () => {
  it("throws nothing where nothing is wrong", () => {
    expect(aReport().throwIfWrong()).toBeUndefined();
  });

  it("throws an AssertionError with the text of the matcher, beginning where it was called", () => {
    const report = aReport(LIED);
    const error = thrownBy(() => report.throwIfWrong());
    expect(error).toBeInstanceOf(AssertionError);
    expect(error).toMatchObject({
      message: saidBy(() => expect(report).toBeClean()),
      actual: ["lied: one of three nodes fails late"],
      expected: [],
    });
    const [, first] = /\n {4}at (.*)/.exec((error as AssertionError).stack ?? "") ?? [];
    expect(first).toContain("to-be-clean.test.ts");
  });

  it("can be taken off the report", () => {
    const { throwIfWrong } = aReport(LIED);
    expect(throwIfWrong).toThrow("The function is wrong in 1 of 524 worlds (seed 7):");
  });

  it("is no part of what a report is compared by, printed as and cloned to", () => {
    const report = aReport(LIED);
    const values = { ran: 524, calls: 9_000, seed: 7, wrong: [LIED], allowed: [] };
    expect(report).toStrictEqual(values);
    expect(report).toStrictEqual(aReport(LIED));
    expect(JSON.stringify(report)).toBe(JSON.stringify(values));
    expect(structuredClone(report)).toStrictEqual(values);
  });

  it("takes no argument", () => {
    const { throwIfWrong }: { throwIfWrong(...given: unknown[]): void } = aReport();
    expect(() => throwIfWrong("lied")).toThrow(
      'throwIfWrong() was given an argument too many, "lied". It takes a report, and nothing beside it.',
    );
  });
});
