import { readFileSync } from "node:fs";
import { BROKEN } from "./faults-of-the-service.ts";
import { CORRECT, FleetService, type Outside, type Ways } from "./fleet-service.ts";
import type { Suite } from "./suite.ts";
import { withClientMock } from "./with-client-mock.ts";
import { withFakeSsm } from "./with-fake-ssm.ts";

/** The number of sleeps after which a test counts as hanging: in a runner, its time-out would end it. */
const PATIENCE = 100;

/** The result of the tests that were written with one tool. */
export interface Comparison {
  readonly tool: string;
  readonly tests: number;
  /** Lines of test code, without blank lines, comments and imports. */
  readonly lines: number;
  /** Real time of the whole suite for the correct service. */
  readonly milliseconds: number;
  /** The tests that fail for each broken service; none: nothing was noticed. */
  readonly noticedBy: Readonly<Record<string, readonly string[]>>;
  /** The tests that fail for the correct service. */
  readonly falseAlarms: readonly string[];
}

/** Runs the tests of both tools against the correct service and against each broken one. */
export async function comparisons(): Promise<readonly [clientMock: Comparison, ours: Comparison]> {
  return [
    await compare("aws-sdk-client-mock", { suite: withClientMock, file: "with-client-mock.ts" }),
    await compare("ssm-run-command/fake", { suite: withFakeSsm, file: "with-fake-ssm.ts" }),
  ];
}

async function compare(
  tool: string,
  { suite, file }: { readonly suite: Suite; readonly file: string },
): Promise<Comparison> {
  const noticedBy: Record<string, readonly string[]> = {};
  for (const [fault, ways] of Object.entries(BROKEN)) noticedBy[fault] = await failing(suite, ways);
  // Last, so that nothing is loaded or compiled for the first time while it is measured.
  const startedAt = performance.now();
  const falseAlarms = await failing(suite, CORRECT);
  return {
    tool,
    tests: Object.keys(suite).length,
    lines: linesOf(file),
    milliseconds: performance.now() - startedAt,
    noticedBy,
    falseAlarms,
  };
}

/** The names of the tests that fail for a service. */
async function failing(suite: Suite, ways: Ways): Promise<readonly string[]> {
  const names: string[] = [];
  for (const [name, test] of Object.entries(suite)) {
    const passes = await test((outside) => new FleetService(patient(outside), ways)).then(
      () => true,
      () => false,
    );
    if (!passes) names.push(name);
  }
  return names;
}

function patient(outside: Outside): Outside {
  let sleeps = 0;
  return {
    ...outside,
    sleep: async (duration) => {
      if (++sleeps > PATIENCE) throw new Error(`The service still polls after ${PATIENCE} sleeps.`);
      await outside.sleep(duration);
    },
  };
}

function linesOf(file: string): number {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const code = text.replace(/^import [^;]*;/gm, "").replace(/\/\*\*.*?\*\//gs, "");
  return code.split("\n").filter((line) => !/^\s*(?:\/\/|$)/.test(line)).length;
}

/** The comparisons side by side, as a string. */
export function table(compared: readonly Comparison[]): string {
  const faults = Object.keys(BROKEN);
  const noticed = ({ noticedBy }: Comparison) =>
    faults.filter((fault) => noticedBy[fault]?.length !== 0).length;
  const rows = [
    ["", ...compared.map(({ tool }) => tool)],
    ["tests", ...compared.map(({ tests }) => `${tests}`)],
    ["lines of test code", ...compared.map(({ lines }) => `${lines}`)],
    ["real time, ms", ...compared.map(({ milliseconds }) => milliseconds.toFixed(0))],
    ...faults.map((fault) => [
      fault,
      ...compared.map(({ noticedBy }) =>
        noticedBy[fault]?.length === 0 ? "not noticed" : "noticed",
      ),
    ]),
    ["noticed", ...compared.map((each) => `${noticed(each)} of ${faults.length}`)],
  ];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(column === 0 ? 28 : 21))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
