import { instantOf, isDuration, msOf } from "./case-time.ts";
import { shown } from "./shown.ts";
import { type Matches, unpaired } from "./unpaired.ts";

/** An operator of a pattern: what it takes, and what it expects of a value. */
export interface Operator {
  readonly takes: string;
  readonly accepts: (operand: unknown) => boolean;
  readonly holds: (operand: unknown, found: unknown, matches: Matches) => boolean;
  /** The words after "expected". */
  readonly expects: (operand: unknown) => string;
}

/** All operators. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries<Operator>({
    $any: {
      takes: "true",
      accepts: (operand) => operand === true,
      holds: (_, found) => found !== undefined && found !== null,
      expects: () => "anything",
    },
    $length: {
      takes: "a whole number",
      accepts: (operand) => Number.isInteger(operand),
      holds: (operand, found) =>
        (isText(found) || Array.isArray(found)) && found.length === operand,
      expects: (operand) => `a length of ${operand}`,
    },
    $startsWith: {
      takes: "a text",
      accepts: isText,
      holds: (operand, found) => isText(found) && found.startsWith(String(operand)),
      expects: (operand) => `a text that starts with ${shown(operand)}`,
    },
    $endsWith: {
      takes: "a text",
      accepts: isText,
      holds: (operand, found) => isText(found) && found.endsWith(String(operand)),
      expects: (operand) => `a text that ends with ${shown(operand)}`,
    },
    $match: {
      takes: "a regular expression as text",
      accepts: isExpression,
      holds: (operand, found) => isText(found) && new RegExp(String(operand)).test(found),
      expects: (operand) => `a text that matches ${shown(operand)}`,
    },
    $oneOf: {
      takes: "a list of patterns",
      accepts: (operand) => Array.isArray(operand) && operand.length > 0,
      holds: (operand, found, matches) =>
        listOf(operand).some((pattern) => matches(pattern, found)),
      expects: (operand) => `one of ${shown(operand)}`,
    },
    $unordered: {
      takes: "a list of patterns",
      accepts: Array.isArray,
      holds: (operand, found, matches) => {
        const patterns = listOf(operand);
        const isAsLong = Array.isArray(found) && found.length === patterns.length;
        return isAsLong && unpaired(patterns, found, matches) === undefined;
      },
      expects: (operand) => `exactly these in any order: ${shown(operand)}`,
    },
    $plus: {
      takes: "a list of a time and a duration",
      accepts: (operand) =>
        Array.isArray(operand) && operand.length === 2 && isDuration(operand[1]),
      holds: (operand, found) => {
        const expected = sumOf(operand);
        return expected !== undefined && instantOf(found) === expected;
      },
      expects: (operand) => {
        const sum = sumOf(operand);
        if (sum === undefined)
          return `a time, but ${shown(listOf(operand)[0])} is none to count from`;
        return `the instant ${new Date(sum).toISOString()}`;
      },
    },
  }),
);

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isExpression(operand: unknown): boolean {
  try {
    return isText(operand) && new RegExp(operand) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The operand of an operator that accepts lists only. */
function listOf(operand: unknown): readonly unknown[] {
  return Array.isArray(operand) ? operand : [];
}

function sumOf(operand: unknown): number | undefined {
  const [time, duration] = listOf(operand);
  const start = instantOf(time);
  return start === undefined ? undefined : start + msOf(String(duration));
}
