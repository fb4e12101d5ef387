import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCases } from "./case-format.ts";
import { isObject } from "./json.ts";
import { failureOf } from "./run-case.ts";

const EXPECTING = "answer items groups refused streams objects messages order inFlight maxInFlight";
const file = readFileSync(new URL("cases.json", import.meta.url), "utf8");
const cases = parseCases(file).flatMap((each) => (each.ok ? [each.value] : []));

/** Copies of what a step expects, each with one expectation replaced by another that does not hold. */
function turned(expected: unknown): readonly unknown[] {
  if (Array.isArray(expected) && expected.length > 0) {
    return expected.flatMap((item, index) =>
      turned(item).map((other) => expected.with(index, other)),
    );
  }
  if (isObject(expected) && !Object.keys(expected).some((key) => key.startsWith("$"))) {
    return Object.entries(expected).flatMap(([key, member]) =>
      turned(member).map((other) => ({ ...expected, [key]: other })),
    );
  }
  if (typeof expected === "number") return [expected + 1];
  if (typeof expected === "boolean") return [!expected];
  return typeof expected === "string" ? [`${expected} or not`] : ["something else"];
}

it.each(cases)("$id notices when any one of its expectations does not hold", async (value) => {
  const unnoticed: string[] = [];
  for (const [index, step] of value.steps.entries()) {
    for (const [key, expected] of Object.entries(step)) {
      if (!EXPECTING.split(" ").includes(key)) continue;
      for (const other of turned(expected)) {
        const steps = value.steps.with(index, { ...step, [key]: other });
        const why = await failureOf(
          { ok: true, id: value.id, value: { ...value, steps } },
          "object",
        );
        if (why === undefined) unnoticed.push(`step ${index + 1}: ${JSON.stringify(other)}`);
      }
    }
  }
  expect(unnoticed).toEqual([]);
});
