import { describe, expect, expectTypeOf, it } from "vitest";
import {
  constant,
  integer,
  listOf,
  mapped,
  maybe,
  oneOf,
  oneOfValues,
  pair,
  record,
  type Shape,
  sample,
  type ValueOf,
} from "../../src/explore/random/shape.ts";
import { seededRandom } from "../../src/time/random.ts";

const RANDOM = seededRandom(1);

/** Many values of a shape. */
function draws<Value>(shape: Shape<Value>): readonly Value[] {
  return Array.from({ length: 1_000 }, () => sample(shape, RANDOM));
}

const share = (values: readonly unknown[], of: unknown) =>
  values.filter((value) => value === of).length / values.length;

describe("a shape", () => {
  it("of one value has it always", () => {
    expect(new Set(draws(constant("a")))).toEqual(new Set(["a"]));
  });

  it("of whole numbers has both of its bounds, and all between them", () => {
    expect(new Set(draws(integer(-1, 3)))).toEqual(new Set([-1, 0, 1, 2, 3]));
    expect(draws(integer(7, 7))[0]).toBe(7);
  });

  it("has each alternative as often as its weight says", () => {
    const values = draws(oneOf<string | number>([3, constant("a")], [1, integer(5, 5)]));
    expect(share(values, "a")).toBeCloseTo(0.75, 1);
    expect(share(values, 5)).toBeCloseTo(0.25, 1);
    expect(share(draws(oneOfValues(1, 2, 3, 4)), 4)).toBeCloseTo(0.25, 1);
    expect(share(draws(maybe(20, constant("there"))), undefined)).toBeCloseTo(0.8, 1);
  });

  it("of a list has every length that it may have", () => {
    const lists = draws(listOf(integer(0, 9), { min: 1, max: 3 }));
    expect(new Set(lists.map(({ length }) => length))).toEqual(new Set([1, 2, 3]));
    expect(new Set(lists.flat()).size).toBe(10);
  });

  it("of an object leaves out what is undefined", () => {
    const shape = record({ name: constant("a"), size: maybe(50, integer(1, 1)) });
    expect(new Set(draws(shape).map((each) => JSON.stringify(each)))).toEqual(
      new Set(['{"name":"a"}', '{"name":"a","size":1}']),
    );
    expect(draws(shape).some((each) => "size" in each && each.size === undefined)).toBe(false);
    expectTypeOf<ValueOf<typeof shape>>().toExtend<{
      readonly name: string;
      readonly size?: number;
    }>();
  });

  it("can be of what a function makes of another, which may be itself so made", () => {
    const doubled = mapped(integer(1, 3), (count) => count * 2);
    const words = mapped(doubled, (count) => `${count}s`);
    expect(new Set(draws(words))).toEqual(new Set(["2s", "4s", "6s"]));
    expect(sample(listOf(words, { min: 1, max: 1 }), () => 0)).toEqual(["2s"]);
    expect(sample(pair(doubled, words), () => 0)).toEqual([2, "2s"]);
  });

  it("gives the same values for the same random numbers", () => {
    const shape = listOf(record({ a: integer(0, 1_000), b: maybe(50, integer(0, 9)) }), {
      min: 5,
      max: 9,
    });
    expect(sample(shape, seededRandom(3))).toEqual(sample(shape, seededRandom(3)));
    expect(sample(shape, seededRandom(3))).not.toEqual(sample(shape, seededRandom(4)));
  });
});
