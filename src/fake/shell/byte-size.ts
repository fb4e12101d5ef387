/**
 * A number of bytes with its unit; a KiB is 1,024 bytes.
 *
 * @inline
 */
export type ByteSize = `${number}${"B" | "KiB" | "MiB" | "GiB"}`;

const BYTES = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** As a number of bytes; NaN for a string that is no size. */
export function toBytes(size: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(B|KiB|MiB|GiB)$/.exec(size) ?? [];
  // The pattern knows no other unit.
  return Math.floor(Number(count ?? Number.NaN) * BYTES[(unit ?? "B") as keyof typeof BYTES]);
}

/** A number of bytes for messages, in the largest unit of which it has at least one. */
export function asSize(bytes: number): string {
  const unit = (["GiB", "MiB", "KiB"] as const).find((each) => bytes >= BYTES[each]) ?? "B";
  return `${Math.round((bytes / BYTES[unit]) * 100) / 100} ${unit}`;
}

/** The most that `keeps` may be (our decision: strings of JavaScript end at 512 MiB). */
const MOST_KEPT = toBytes("256MiB");

/** What `keeps` may be, for messages. */
export const KEEPS_ALLOWED = 'bytes with their unit, such as "16MiB", at most "256MiB"';

/** Whether a value may be given as `keeps`. */
export function isKept(value: unknown): boolean {
  return typeof value === "string" && toBytes(value) <= MOST_KEPT;
}
