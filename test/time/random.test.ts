import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomUuid, seededRandom } from "../../src/time/random.ts";

const first = (count: number, seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
};

describe("seededRandom", () => {
  it("gives the same sequence in every version of this package", () => {
    expect(first(4, 1).map((value) => value * 2 ** 32)).toEqual([
      1_930_539_107, 2_003_999_907, 2_883_482_671, 4_206_869_851,
    ]);
  });

  it("stays within 0 and 1", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) =>
        first(20, seed).every((value) => value >= 0 && value < 1),
      ),
    );
  });

  it("gives another sequence to another seed", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => first(4, seed).join() !== first(4, seed + 1).join()),
    );
  });

  it("spreads over the whole range", () => {
    const values = first(10_000, 1);
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => values.filter((value) => Math.floor(value * 10) === tenth).length,
    );
    expect([Math.min(...tenths) > 900, Math.max(...tenths) < 1_100]).toEqual([true, true]);
  });
});

describe("randomUuid", () => {
  it("gives the same ids in every version of this package", () => {
    expect(randomUuid(seededRandom(1))).toBe("7afa32e5-eda9-49ef-9449-7a431de1f5c5");
  });

  it("has the form of a random UUID in lower case", () => {
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    fc.assert(fc.property(fc.integer(), (seed) => form.test(randomUuid(seededRandom(seed)))));
  });

  it("does not repeat itself", () => {
    const random = seededRandom(1);
    const ids = new Set(Array.from({ length: 10_000 }, () => randomUuid(random)));
    expect(ids.size).toBe(10_000);
  });
});
