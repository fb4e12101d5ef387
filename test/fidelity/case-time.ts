const MS_PER_UNIT = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;
const ISO_TEXT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Whether a value is a duration as cases write it: `"250ms"`, `"1.5s"`, `"2m"`, `"1h"`. */
export function isDuration(value: unknown): value is string {
  return typeof value === "string" && DURATION.test(value);
}

/** Milliseconds of a duration of a case. */
export function msOf(duration: string): number {
  const [, amount, unit] = DURATION.exec(duration) ?? [];
  if (unit === undefined) {
    throw new TypeError(
      `${JSON.stringify(duration)} is not a duration. Write a number with ms, s, m or h, such as "35s".`,
    );
  }
  // The expression admits these four units only.
  return Math.round(Number(amount) * MS_PER_UNIT[unit as keyof typeof MS_PER_UNIT]);
}

/**
 * The instant that a value means, in milliseconds since 1970, or undefined when it is not a time. Times come as `Date`,
 * epoch seconds or ISO strings; `""` is not a time.
 */
export function instantOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "number") return Math.round(value * 1_000);
  if (typeof value !== "string" || !ISO_TEXT.test(value)) return undefined;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : instant;
}
