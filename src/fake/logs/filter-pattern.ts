import { ok, type Result, refuse } from "../result.ts";

/** A word of letters, digits and underscores, or anything between double quotes, where a backslash escapes. */
const TERM = String.raw`\w+|"(?:[^"\\]|\\.)*"`;
const TERMS = new RegExp(`^(?:(?:${TERM})(?:\\s+|$))*$`);

/**
 * The test that a filter pattern makes of a message: every term has to occur in it, in capitals and small letters as
 * written. A term is a word or a phrase in double quotes; without a term, everything matches. Source: [logs-filter-syntax].
 *
 * - A term may occur within a word (our decision).
 * - The other forms (`?optional`, `-excluded`, `%regex%`, `{ $.json }`, `[a, b]`) are refused with a message of ours: a
 *   pattern that is half understood would let a test pass that should fail (our decision).
 *
 * @example
 * ```ts
 * const parsed = parseFilterPattern('ERROR "disk full"');
 * parsed.ok && parsed.value("ERROR: disk full"); //=> true
 * ```
 */
export function parseFilterPattern(pattern: string): Result<(message: string) => boolean> {
  const text = pattern.trim();
  if (!TERMS.test(text)) {
    return refuse(
      "InvalidParameterException",
      `The fake of CloudWatch Logs reads filter patterns of words and "quoted phrases" only, and was given ${JSON.stringify(pattern)}. Put words with other characters in double quotes, or filter the events that come back.`,
    );
  }
  const terms = [...text.matchAll(new RegExp(TERM, "g"))].map(([term]) => unquoted(term));
  return ok((message) => terms.every((term) => message.includes(term)));
}

function unquoted(term: string): string {
  return term.startsWith('"') ? term.slice(1, -1).replace(/\\(.)/g, "$1") : term;
}
