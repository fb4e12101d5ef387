import { expect, it } from "vitest";
import { type PollPace, pollIntervals } from "../../../src/client/waiting/poll-intervals.ts";

function intervals(pace: PollPace, count: number): number[] {
  const next = pollIntervals(pace);
  return Array.from({ length: count }, next);
}

it("grow from 1 s by 1.5 up to 10 s", () => {
  expect(intervals({ random: () => 0.5 }, 8)).toEqual([
    1000, 1500, 2250, 3375, 5063, 7594, 10000, 10000,
  ]);
});

it("are a fifth shorter at the least", () => {
  expect(intervals({ random: () => 0 }, 2)).toEqual([800, 1200]);
});

it("are a fifth longer at the most", () => {
  expect(intervals({ random: () => 1 - Number.EPSILON }, 2)).toEqual([1200, 1800]);
});

it("are exactly what the caller fixes", () => {
  expect(intervals({ random: () => 0, pollEvery: "2s" }, 3)).toEqual([2000, 2000, 2000]);
});

it("are never zero", () => {
  expect(() => pollIntervals({ random: () => 0, pollEvery: "0s" })).toThrow(
    new RangeError('pollEvery is "0s". Give it at least "1ms".'),
  );
});
