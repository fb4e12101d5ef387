import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import type { Consumer } from "./consumers.ts";
import { PackedProject } from "./packed-project.ts";
import { type ConsumerResult, runConsumer } from "./run-consumer.ts";

/**
 * Runs test projects against the packed package, which is built when it is older than its sources, and prints a line for
 * each. The exit code of this process is 1 when one fails.
 *
 * @param names - Of those that run; all of them when there are none.
 */
export async function runAll(
  consumers: readonly Consumer[],
  names: readonly string[],
): Promise<void> {
  const unknown = names.filter((each) => !consumers.some(({ name }) => name === each));
  if (unknown.length > 0) {
    const known = consumers.map(({ name }) => name).join(", ");
    throw new Error(`There is no ${unknown.join(", ")}. There are ${known}.`);
  }
  buildIfOld();
  process.once("SIGINT", () => process.exit(130)); // and with it what runs
  const startedAt = performance.now();
  const project = await PackedProject.create();
  try {
    const results: ConsumerResult[] = [];
    for (const consumer of consumers) {
      if (names.length > 0 && !names.includes(consumer.name)) continue;
      const result = await resultOf(consumer, project);
      results.push(result);
      console.log(lineOf(result));
      if (!result.isOk) console.log(result.output);
    }
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const first = results.find(({ journal }) => journal !== undefined)?.journal;
    const odd = results.filter(({ journal }) => journal === undefined || journal !== first);
    console.log(
      odd.length === 0
        ? `ok the same journal in all ${results.length}, ${seconds} s in all`
        : `not ok: other journals than the first in ${odd.map(({ name }) => name).join(", ")}. Something depends on the runner, the time zone or the language.`,
    );
    if (odd.length > 0 || results.some(({ isOk }) => !isOk)) process.exitCode = 1;
  } finally {
    await project.remove();
  }
}

/** A runner that cannot be installed fails, and the others run. */
async function resultOf(consumer: Consumer, project: PackedProject): Promise<ConsumerResult> {
  try {
    return await runConsumer(consumer, project);
  } catch (error) {
    return {
      name: consumer.name,
      isOk: false,
      passed: 0,
      seconds: 0,
      output: error instanceof Error ? error.message : String(error),
      journal: undefined,
    };
  }
}

function lineOf({ name, isOk, passed, seconds }: ConsumerResult): string {
  return `${isOk ? "ok" : "not ok"} ${name} ${passed} tests ${seconds.toFixed(1)} s`;
}

function buildIfOld(): void {
  if (newest("dist") >= newest("src")) return;
  const { status } = spawnSync("npm", ["run", "build"], { stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

/** When the newest file of a folder was written; never, when there is no such folder. */
function newest(folder: string): number {
  const url = new URL(`../../${folder}/`, import.meta.url);
  if (!existsSync(url)) return Number.NEGATIVE_INFINITY;
  const files = readdirSync(url, { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((name) => statSync(new URL(name, url)).mtimeMs));
}
