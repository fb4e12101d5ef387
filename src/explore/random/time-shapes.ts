import type { Duration } from "../../time/duration.ts";
import { constant, integer, mapped, oneOf, type Shape } from "./shape.ts";

/** How long something takes: most times are short, one in fifteen is longer than any time-out by default. */
export function times(): Shape<Duration> {
  return oneOf<Duration>(
    [4, constant("5s")],
    [3, constant("90s")],
    [1, constant("20m")],
    [1, constant("3h")],
    [2, mapped(integer(1, 9_999), (count): Duration => `${count}ms`)],
    [3, mapped(integer(1, 300), (count): Duration => `${count}s`)],
    [1, mapped(integer(2, 200), (count): Duration => `${count}m`)],
  );
}

/** How late something is: tenths of a second, up to so many seconds. */
export function delays(mostSeconds: number): Shape<Duration> {
  return mapped(integer(0, mostSeconds * 10), (count): Duration => `${count * 100}ms`);
}

/** Whole seconds: soon, or later. */
export function someSeconds(least: number): Shape<number> {
  return oneOf(
    [3, integer(least, least + 60)],
    [2, integer(least, 600)],
    [1, integer(least, 5_400)],
  );
}

/** So many seconds, as a duration. */
export function seconds(count: number): Duration {
  return `${count}s`;
}
