import { isObject, rewritten } from "../json.ts";
import { type Check, count, text } from "../shape.ts";

// A long string is written as runs: pieces, one after the other, each with how many times it is repeated.

/** A string, or a long one as runs. */
export const checkLongText: Check = (value, path) =>
  isObject(value) && !isRuns(value)
    ? [`${path} is no long string. Write { "runs": [[piece, times], …] }.`]
    : isRuns(value)
      ? []
      : text(value, path);

/** A copy in which every long string is written out. */
export function writtenOut<Value>(value: Value): Value {
  const written = rewritten(value, (inner) =>
    isRuns(inner) ? inner.runs.map(([piece, times]) => piece.repeat(times)).join("") : undefined,
  );
  // Only strings have been replaced, by strings.
  return written as Value;
}

interface Runs {
  readonly runs: readonly (readonly [piece: string, times: number])[];
}

function isRuns(value: unknown): value is Runs {
  if (!isObject(value) || Object.keys(value).join() !== "runs") return false;
  const { runs } = value;
  return Array.isArray(runs) && runs.every(isRun);
}

function isRun(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  return typeof value[0] === "string" && count(value[1], "").length === 0;
}
