// `npm run consumers`: runs every test project against the packed package, a line for each.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { CONSUMERS } from "./consumers.ts";
import { PackedProject } from "./packed-project.ts";
import { type ConsumerResult, runConsumer } from "./run-consumer.ts";

if (newest("dist") < newest("src")) {
  const { status } = spawnSync("npm", ["run", "build"], { stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

const startedAt = performance.now();
const project = await PackedProject.create();
try {
  const results: ConsumerResult[] = [];
  for (const consumer of CONSUMERS) {
    const result = await runConsumer(consumer, project);
    results.push(result);
    console.log(lineOf(result));
    if (!result.isOk) console.log(result.output);
  }
  const odd = results.filter(
    ({ journal }) => journal === undefined || journal !== results[0]?.journal,
  );
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(
    odd.length === 0
      ? `ok the same journal in all ${results.length}, ${seconds} s in all`
      : `not ok: other journals than the first in ${odd.map(({ name }) => name).join(", ")}. Something depends on the runner, the time zone or the language.`,
  );
  if (odd.length > 0 || results.some(({ isOk }) => !isOk)) process.exitCode = 1;
} finally {
  await project.remove();
}

function lineOf({ name, isOk, passed, seconds }: ConsumerResult): string {
  return `${isOk ? "ok" : "not ok"} ${name} ${passed} tests ${seconds.toFixed(1)} s`;
}

/** When the newest file of a folder was written; never, when there is no such folder. */
function newest(folder: string): number {
  const url = new URL(`../../${folder}/`, import.meta.url);
  if (!existsSync(url)) return Number.NEGATIVE_INFINITY;
  const files = readdirSync(url, { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((name) => statSync(new URL(name, url)).mtimeMs));
}
