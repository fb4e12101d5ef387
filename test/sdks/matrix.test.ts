import { describe, expect, it } from "vitest";
import { complaints, matrixTable, type SdkRun } from "./matrix.ts";

const DIFFERENCE = { tests: "is green", because: "it was blue then" };

/** A run of two tests that passed, unless other members are given. */
function aRun(more: Partial<SdkRun> = {}): SdkRun {
  const sdk = { ssm: "3.1169.0", logs: "3.1169.0", s3: "3.1169.0", differences: [] };
  return { sdk, passed: ["sky > is green", "sky > is wide"], failed: {}, seconds: 1.24, ...more };
}

/** A run with an older version that has a known difference. */
function anOldRun(more: Partial<SdkRun> = {}): SdkRun {
  const sdk = { ssm: "3.300.0", logs: "3.303.0", s3: "3.300.0", differences: [DIFFERENCE] };
  const failed = { "sky > is green": "is blue" };
  return aRun({ sdk, passed: ["sky > is wide"], failed, ...more });
}

describe("a matrix", () => {
  it("is green when an older version fails in what is known only", () => {
    expect(complaints([anOldRun(), aRun()])).toEqual([]);
  });

  it("complains of a test that fails and is not known to", () => {
    const run = anOldRun({
      passed: [],
      failed: { "sky > is green": "", "sky > is wide": "narrow" },
    });
    expect(complaints([run, aRun()])).toEqual(["3.300.0: sky > is wide failed: narrow"]);
  });

  it("complains of a test that fails with the newest version", () => {
    const run = aRun({ failed: { "sky > is high": "low" } });
    expect(complaints([run])).toEqual(["3.1169.0: sky > is high failed: low"]);
  });

  it("complains of a test that was not run with an older version", () => {
    expect(complaints([anOldRun({ passed: [] }), aRun()])).toEqual([
      "3.300.0: sky > is wide was not run, as it was with 3.1169.0.",
    ]);
  });

  it("complains of a difference that is none any more", () => {
    const run = anOldRun({ passed: aRun().passed, failed: {} });
    expect(complaints([run, aRun()])).toEqual([
      '3.300.0: nothing fails any more for the difference "is green".',
    ]);
  });

  it.each([[[]], [[aRun({ passed: [] })]]])("complains when nothing was run", (runs) => {
    expect(complaints(runs)).toEqual(["Nothing was run."]);
  });

  it("is shown as a line for each version, with the differences below", () => {
    expect(matrixTable([anOldRun(), aRun()])).toBe(
      [
        "client-ssm  client-cloudwatch-logs  client-s3  passed  failed  seconds",
        "3.300.0     3.303.0                 3.300.0    1       1       1.2",
        "3.1169.0    3.1169.0                3.1169.0   2       0       1.2",
        '3.300.0: 1 × "is green": it was blue then',
      ].join("\n"),
    );
  });
});
