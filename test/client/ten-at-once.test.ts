import { expect, it } from "vitest";
import { tenAtOnce } from "../../src/client/ten-at-once.ts";

const NUMBERS = Array.from({ length: 35 }, (_, index) => index);

it("runs ten at once, and no more", async () => {
  const seen = { now: 0, most: 0 };
  await tenAtOnce(NUMBERS, async () => {
    seen.most = Math.max(seen.most, ++seen.now);
    await Promise.resolve();
    seen.now--;
  });
  expect(seen).toEqual({ now: 0, most: 10 });
});

it("returns the results in the order of the items, whichever is ready first", async () => {
  const slow = async (item: number) => {
    for (let turn = item % 7; turn > 0; turn--) await Promise.resolve();
    return item * 2;
  };
  expect(await tenAtOnce(NUMBERS, slow)).toEqual(NUMBERS.map((item) => item * 2));
  expect(await tenAtOnce([], slow)).toEqual([]);
});

it("begins no more of them after an error, which it throws", async () => {
  const begun: number[] = [];
  const run = tenAtOnce(NUMBERS, async (item) => {
    begun.push(item);
    await Promise.resolve();
    if (item === 3) throw new Error("no");
    for (let turn = 0; turn < 9; turn++) await Promise.resolve();
  });
  await expect(run).rejects.toThrow("no");
  for (let turn = 0; turn < 99; turn++) await Promise.resolve();
  expect(begun.length).toBeLessThan(14);
});
