/**
 * A length of time, always with its unit: `"250ms"`, `"90s"`, `"1.5m"`, `"2h"`, `"30d"`.
 *
 * A bare number does not compile, and at run time it is refused with a message that says what to write. Our decision:
 * numbers without a unit invite mistakes with time-outs, since Run Command counts seconds and JavaScript milliseconds.
 *
 * @example
 * ```ts
 * await sent.waitForTerminal({ timeout: "5m" });
 * ```
 */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d"}`;

const MS_PER_UNIT = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Whether a string is a duration. */
export function isDuration(text: string): text is Duration {
  return DURATION.test(text);
}

/** Milliseconds of a duration. `what` is the option or argument that held it, which the error names. */
export function toMs(duration: Duration, what = "duration"): number {
  const [, amount, unit] = DURATION.exec(duration) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new TypeError(
      `${what} is ${JSON.stringify(duration)}, which is not a duration. Write it with its unit (ms, s, m, h, d): "90s".`,
    );
  }
  // The expression above lets only these five units through.
  return Math.round(Number(amount) * MS_PER_UNIT[unit as keyof typeof MS_PER_UNIT]);
}

/** A length of time as on a clock: `formatElapsed(90_000)` is `"00:01:30.000"`; hours may have more than two digits. */
export function formatElapsed(elapsed: number): string {
  const ms = Math.round(elapsed);
  const hours = String(Math.floor(ms / 3_600_000)).padStart(2, "0");
  // Behind `1970-01-01T00`.
  return hours + new Date(ms).toISOString().slice(13, -1);
}
