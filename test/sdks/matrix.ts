import type { KnownDifference, SdkVersion } from "./sdks.ts";

/** The result of the tests with one version of the SDK. */
export interface SdkRun {
  readonly sdk: Pick<SdkVersion, "ssm" | "logs" | "s3" | "differences">;
  readonly passed: readonly string[];
  /** Name of each test that failed, and its error. */
  readonly failed: Readonly<Record<string, string>>;
  readonly seconds: number;
}

/** What is wrong with the runs of a matrix, the newest version last: a sentence for each problem, none when it is green. */
export function complaints(runs: readonly SdkRun[]): readonly string[] {
  const newest = runs.at(-1);
  if (newest === undefined || newest.passed.length === 0) return ["Nothing was run."];
  return runs.flatMap((run) => [
    ...surprises(run),
    ...missing(run, newest),
    ...run.sdk.differences
      .filter((difference) => !Object.keys(run.failed).some((name) => isFor(name, difference)))
      .map(({ tests }) => `${run.sdk.ssm}: nothing fails any more for the difference "${tests}".`),
  ]);
}

/** A line for each version, and below it the known differences that were met. */
export function matrixTable(runs: readonly SdkRun[]): string {
  const rows = runs.map(({ sdk, passed, failed, seconds }) => [
    sdk.ssm,
    sdk.logs,
    sdk.s3,
    String(passed.length),
    String(Object.keys(failed).length),
    seconds.toFixed(1),
  ]);
  const header = [
    "client-ssm",
    "client-cloudwatch-logs",
    "client-s3",
    "passed",
    "failed",
    "seconds",
  ];
  const lines = [header, ...rows].map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(header[column]!.length))
      .join("  ")
      .trimEnd(),
  );
  const notes = runs.flatMap(({ sdk, failed }) =>
    sdk.differences.map((difference) => {
      const count = Object.keys(failed).filter((name) => isFor(name, difference)).length;
      return `${sdk.ssm}: ${count} × "${difference.tests}": ${difference.because}`;
    }),
  );
  return [...lines, ...notes].join("\n");
}

function surprises({ sdk, failed }: SdkRun): readonly string[] {
  return Object.entries(failed)
    .filter(([name]) => !isKnown(name, sdk.differences))
    .map(([name, error]) => `${sdk.ssm}: ${name} failed: ${error}`);
}

function missing(run: SdkRun, newest: SdkRun): readonly string[] {
  const told = new Set([...run.passed, ...Object.keys(run.failed)]);
  return newest.passed
    .filter((name) => !told.has(name))
    .map((name) => `${run.sdk.ssm}: ${name} was not run, as it was with ${newest.sdk.ssm}.`);
}

function isKnown(name: string, differences: readonly KnownDifference[]): boolean {
  return differences.some((difference) => isFor(name, difference));
}

function isFor(name: string, { tests }: KnownDifference): boolean {
  return name.includes(tests);
}
