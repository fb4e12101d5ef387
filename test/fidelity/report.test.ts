import { describe, expect, it } from "vitest";
import { parsedCase } from "./a-case.ts";
import { readCases, reportCases } from "./report.ts";

const wrong = {
  steps: [{ at: "0s", list: "ListCommands", input: {}, items: [{ Status: "Success" }] }],
};

describe("a report", () => {
  it("has a line for every case and a sum, and counts what failed", async () => {
    const lines: string[] = [];
    const cases = [
      parsedCase(),
      parsedCase({ ...wrong, id: "Z02" }),
      parsedCase({ id: "Z03", a: 1 }),
    ];
    const failed = await reportCases(cases, {
      roads: ["object", "client"],
      print: (line) => lines.push(line),
    });
    expect([failed, lines]).toEqual([
      2,
      [
        "ok Z01",
        "FAIL Z02: (object, client) step 1 at 0s, all of ListCommands: items: expected a list of 1, found []",
        'FAIL Z03: case has the unknown key "a".',
        "1 passed, 2 failed",
      ],
    ]);
  });
});

describe("a file", () => {
  it("that is not there is named in one sentence", () => {
    expect(() => readCases(["missing.json"])).toThrow(/^missing\.json cannot be run: ENOENT.*$/);
  });
});
