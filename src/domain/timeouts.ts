import { EXECUTION_TIMEOUT_SECONDS } from "./limits.ts";

/** A step's time-out as the *service* counts it: stated, left out by the request, or not in the document at all. */
export type CountedTimeout =
  | { readonly type: "stated"; readonly value: string | number }
  | { readonly type: "omitted" }
  | { readonly type: "none" };

/**
 * The seconds of an execution time-out as the *service* counts them into `ExpiresAfter`: the number that was supplied, or
 * 3600 if it is missing or not a number above zero. The agent's minimum of 5 s is not applied (2 counts 2
 * [rec-2026-09-27-expiry]).
 */
export function countedExecutionSeconds(supplied: string | number | undefined): number {
  const seconds = Number(supplied);
  return seconds > 0 && Number.isFinite(seconds)
    ? Math.floor(seconds)
    : EXECUTION_TIMEOUT_SECONDS.byDefault;
}

/**
 * The seconds after which the *agent* kills a step: what the document says if that is a number from 5 to 172,800, whose
 * fraction is dropped, otherwise 3600. A string counts if Go reads a number in it, with nothing around it: `"1e3"`, `"007"`
 * and `"1_000"` do, `"5 "` does not. Source: [agent-plugin-util] [agent-cases]; with 2, a script of 20 s succeeded
 * [rec-2026-09-27-expiry].
 */
export function enforcedExecutionSeconds(stated: unknown): number {
  const { least, most, byDefault } = EXECUTION_TIMEOUT_SECONDS;
  const number = typeof stated === "string" ? goNumber(stated) : stated;
  const seconds = typeof number === "number" ? Math.trunc(number) : Number.NaN;
  return seconds >= least && seconds <= most ? seconds : byDefault;
}

/** Digits, with single underscores between them. */
const DIGITS = String.raw`(?:\d+(?:_\d+)*)`;
const HEX_DIGITS = String.raw`((?:[\da-f]+(?:_[\da-f]+)*)?)`;
const DECIMAL = String.raw`^[+-]?(?:${DIGITS}(?:\.${DIGITS}?)?|\.${DIGITS})(?:e[+-]?${DIGITS})?$`;
const HEXADECIMAL = String.raw`^([+-]?)0x_?${HEX_DIGITS}(?:\.${HEX_DIGITS})?p([+-]?\d+)$`;

/** The number that Go's `strconv` reads in a string; undefined when it reads none. */
function goNumber(text: string): number | undefined {
  if (new RegExp(DECIMAL, "i").test(text)) return Number(text.replaceAll("_", ""));
  const [, sign, whole = "", fraction = "", power] = new RegExp(HEXADECIMAL, "i").exec(text) ?? [];
  const digits = `${whole}${fraction}`.replaceAll("_", "");
  if (sign === undefined || digits === "") return undefined;
  const scale = 2 ** (Number(power) - 4 * fraction.replaceAll("_", "").length);
  return Number(`${sign}1`) * Number.parseInt(digits, 16) * scale;
}
