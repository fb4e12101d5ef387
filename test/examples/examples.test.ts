import { execFileSync } from "node:child_process";
import { beforeAll, describe, it } from "vitest";
import { sealedEnvironment } from "../clients/sealed-environment.ts";
import { type ExampleRow, exampleTable } from "./examples.ts";
import { comparable, expectedOutput, type Road } from "./expected-output.ts";
import { type ExampleResult, runExample, runInTurn, testReport } from "./run-example.ts";
import { servedFleet } from "./served-fleet.ts";

const SEALED = {
  ...sealedEnvironment(),
  PATH: `/usr/bin:/bin:${process.env["PATH"]}`,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  NO_COLOR: "1",
  // Nothing listens there: a call that misses the fake is refused and reaches no account.
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
};
const TABLE = exampleTable();
/** This one runs alone, since it starts a process that prints by itself. */
const ALONE = "14-wait-elsewhere.ts";

const isTest = ({ file }: ExampleRow) => file.endsWith(".test.ts");
const isForeign = ({ file }: ExampleRow) => !file.endsWith(".ts");
const scripts = TABLE.filter((row) => !isTest(row) && !isForeign(row));
const withAws = scripts.filter(({ aws }) => aws !== undefined);

describe.concurrent("an example", { timeout: 120_000 }, () => {
  const onFake = together(scripts, onTheFake);
  const half = Math.ceil(withAws.length / 2);
  const onAws = [
    together(withAws.slice(0, half), againstAServedFleet),
    together(withAws.slice(half), againstAServedFleet),
  ];

  // Those against a fleet wait most of the time, so all of them start at once.
  beforeAll(() => {
    void Promise.allSettled([
      onFake(scripts[0]!),
      onAws[0]!(withAws[0]!),
      onAws[1]!(withAws.at(-1)!),
    ]);
  });

  it.for(scripts)("prints what is expected of it: $file", async (row, { expect }) => {
    const result = await onFake(row);
    expect(comparison(result, "fake")).toEqual(expectation(row, { result, road: "fake" }));
  });

  it.for(withAws)(
    "prints what is expected of it with --aws against a served fake: $file",
    async (row, { expect }) => {
      const result = await onAws[withAws.indexOf(row) < half ? 0 : 1]!(row);
      expect(comparison(result, "aws")).toEqual(expectation(row, { result, road: "aws" }));
    },
  );

  it("asks for a target when there is --aws and none, and sends nothing", async ({ expect }) => {
    await using served = await servedFleet();
    const env = { ...SEALED, ...served.environment };
    const result = await runExample("npx tsx examples/01-quick-start.ts --aws", env);
    expect({ ...result, calls: served.fake.journal.entries().length }).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "Say which of your nodes run the script: --aws --target tag:Role=web.\n",
      calls: 0,
    });
  });

  for (const row of TABLE.filter(isForeign)) {
    const missing = missingClient(row);
    const proviso = missing === undefined ? "" : ` (skipped: ${missing})`;
    it.skipIf(missing !== undefined)(
      `prints what is expected of it: ${row.file}${proviso}`,
      async ({ expect }) => {
        await using served = await servedFleet();
        const result = await runExample(`${row.run} ${served.url}`, SEALED);
        expect(comparison(result, "fake")).toEqual(expectation(row, { result, road: "fake" }));
      },
    );
  }
});

describe.concurrent("an example that is a test", () => {
  const runs = new Map<string, Promise<ExampleResult>>();
  // Several share a command line, and a runner takes seconds to start.
  const runOf = (run: string): Promise<ExampleResult> => {
    const json = run.startsWith("npx jest") ? "--json" : "--reporter=json";
    const known = runs.get(run) ?? runExample(`${run} ${json}`, SEALED);
    runs.set(run, known);
    return known;
  };

  it.for(TABLE.filter(isTest))("passes all that it has: $file", async (row, { expect }) => {
    const { exitCode, stdout, stderr } = await runOf(row.run);
    const report = exitCode === 0 ? testReport(stdout, row.file) : stdout;
    const result = { exitCode, stdout: report, stderr };
    expect(comparison(result, "fake")).toEqual(expectation(row, { result, road: "fake" }));
  });
});

type RunAll = (rows: readonly ExampleRow[]) => Promise<readonly ExampleResult[]>;

/** Runs examples together when the first of them is asked for, except for one that runs alone. */
function together(rows: readonly ExampleRow[], runAll: RunAll) {
  const shared = rows.filter(({ file }) => file !== ALONE);
  let all: ReturnType<RunAll> | undefined;
  return async (row: ExampleRow): Promise<ExampleResult> => {
    if (row.file === ALONE) return (await runAll([row]))[0]!;
    all ??= runAll(shared);
    return (await all)[shared.indexOf(row)]!;
  };
}

async function onTheFake(rows: readonly ExampleRow[]): Promise<readonly ExampleResult[]> {
  const [alone] = rows;
  if (alone?.file === ALONE) return [await runExample(alone.run, SEALED)];
  return runInTurn(
    rows.map(({ file }) => ({ file, args: [], env: SEALED })),
    SEALED,
  );
}

/** Runs each on a fleet of its own, so that its ids begin at the first. */
async function againstAServedFleet(rows: readonly ExampleRow[]): Promise<readonly ExampleResult[]> {
  const fleets = await Promise.all(rows.map(servedFleet));
  const envOf = (index: number) => ({ ...SEALED, ...fleets[index]?.environment });
  try {
    const [alone] = rows;
    if (alone?.file === ALONE) return [await runExample(`${alone.run} ${alone.aws}`, envOf(0))];
    return await runInTurn(
      rows.map(({ file, aws = "" }, index) => ({ file, args: aws.split(" "), env: envOf(index) })),
      SEALED,
    );
  } finally {
    for (const fleet of fleets) await fleet[Symbol.asyncDispose]();
  }
}

/** What was printed, beside what went wrong: compared together, so that a failure shows its reason. */
function comparison({ exitCode, stdout, stderr }: ExampleResult, road: Road) {
  return { exitCode, printed: comparable(stdout, road), ...(exitCode !== 0 && { stderr }) };
}

function expectation(
  { file }: ExampleRow,
  { result, road }: { readonly result: ExampleResult; readonly road: Road },
) {
  const printed = comparable(result.stdout, road);
  const isGood = result.exitCode === 0;
  return { exitCode: 0, printed: expectedOutput(file, { road, printed, isGood }) };
}

/** Why an example of another language cannot run here, or undefined. */
function missingClient({ run }: ExampleRow): string | undefined {
  const [ask, missing] = run.startsWith("python3")
    ? ["python3 -c 'import boto3'", "no boto3 for python3: apt-get install python3-boto3"]
    : ["aws --version", "there is no aws-cli: apt-get install awscli"];
  try {
    execFileSync("sh", ["-c", ask], { env: SEALED, stdio: "ignore" });
    return undefined;
  } catch {
    return missing;
  }
}
