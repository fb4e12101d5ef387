import { readFileSync } from "node:fs";
import { type ParsedCase, parseCases } from "./case-format.ts";
import { ROADS } from "./roads.ts";
import { failureOf } from "./run-case.ts";
import { messageOf } from "./shown.ts";

// `npm run cases -- FILE…` runs the cases of the files through every road, and says of each whether it passes.

// The SDK's reminder that it will need a newer Node is not about these cases.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const given = process.argv.slice(2);
const files = given.length > 0 ? given : [new URL("cases.json", import.meta.url)];

try {
  const cases = files.flatMap((file) => readCases(file));
  const failed = await runAll(cases);
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}

function readCases(file: string | URL): readonly ParsedCase[] {
  try {
    return parseCases(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${String(file)} cannot be run: ${messageOf(error)}`);
  }
}

/** Runs every case, says how it went, and answers with how many failed. */
async function runAll(cases: readonly ParsedCase[]): Promise<number> {
  let failed = 0;
  for (const each of cases) {
    const why = await verdictOn(each);
    if (why !== undefined) failed++;
    console.log(why === undefined ? `ok ${each.id}` : `FAIL ${each.id}: ${why}`);
  }
  return failed;
}

/** Why a case fails, with the road where the roads differ. */
async function verdictOn(parsed: ParsedCase): Promise<string | undefined> {
  if (!parsed.ok) return parsed.why;
  const verdicts: string[] = [];
  for (const road of ROADS) {
    const why = await failureOf(parsed, road);
    if (why !== undefined) verdicts.push(`[${road}] ${why}`);
  }
  return verdicts.length === 0 ? undefined : verdicts.join(" ");
}
