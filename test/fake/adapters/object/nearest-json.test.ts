import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestJson } from "../../../../src/fake/adapters/object/nearest-json.ts";

/** An object whose member `Bad` throws when it is read. */
function withThrowingGetter(members: object = {}): object {
  return Object.defineProperty({ ...members }, "Bad", {
    enumerable: true,
    get: () => {
      throw new Error("The getter of Bad threw.");
    },
  });
}

function aTrap(): never {
  throw new Error("A trap of the proxy threw.");
}

/** A list inside a list, so many levels in all. */
function nested(levels: number): unknown {
  let value: unknown = "deepest";
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

function levelsOf(value: unknown): number {
  let levels = 0;
  for (let held = value; Array.isArray(held); held = held[0]) levels++;
  return levels;
}

/** Whether a value is one that JSON can say, all through. */
function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return Array.from<unknown>(value).every(isJson);
  if (typeof value !== "object") return typeof value === "string" || typeof value === "boolean";
  const isPlain = value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain && Object.values(value).every(isJson);
}

describe("the nearest JSON", () => {
  it.each<readonly [what: string, value: unknown]>([
    ["text", "größer 🙂"],
    ["an empty text", ""],
    ["a number", 1.5],
    ["a boolean", false],
    ["an empty list", []],
    ["an empty object", {}],
    ["lists and objects", { Targets: [{ Key: "tag:Role", Values: ["web", "db"] }] }],
  ])("of %s is the same", (_, value) => {
    expect(nearestJson(value)).toStrictEqual(value);
  });

  it.each<readonly [what: string, value: unknown, nearest: unknown]>([
    ["NaN", Number.NaN, "NaN"],
    ["Infinity", Number.POSITIVE_INFINITY, "Infinity"],
    ["-Infinity", Number.NEGATIVE_INFINITY, "-Infinity"],
    ["a bigint", 50n, 50],
    ["a bigint beyond every number", 10n ** 400n, "Infinity"],
    ["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["a boxed string", new String("text"), "text"],
    ["a boxed number", new Number(5), 5],
    ["a boxed boolean", new Boolean(false), false],
    ["bytes", new Uint8Array([1, 2]), {}],
    ["a map", new Map([["a", 1]]), {}],
    ["an object with its own toJSON", { toJSON: () => ({ Key: 1n }) }, { Key: 1 }],
    [
      "an object without a prototype",
      Object.assign(Object.create(null), { Key: "a" }),
      { Key: "a" },
    ],
    ["an object whose toString is a number", { toString: 1 }, { toString: 1 }],
  ])("of %s is what JSON can say of it", (_, value, nearest) => {
    expect(nearestJson({ Member: value })).toStrictEqual({ Member: nearest });
  });

  it.each<readonly [what: string, value: unknown]>([
    ["null", null],
    ["undefined", undefined],
    ["a date that is none", new Date(Number.NaN)],
    [
      "an object whose toJSON throws",
      {
        toJSON: () => {
          throw new Error("The toJSON threw.");
        },
      },
    ],
    ["a list behind a proxy whose traps throw", new Proxy([1], { get: aTrap })],
  ])("leaves out %s, as a member and in a list", (_, value) => {
    expect(nearestJson({ Member: value, List: ["a", value, "b"] })).toStrictEqual({
      List: ["a", "b"],
    });
  });

  it.each<readonly [what: string, value: unknown]>([])(
    "has NaN for %s within, which fits no member",
    (_, value) => {
      expect(nearestJson({ Member: value, List: ["a", value] })).toStrictEqual({
        Member: Number.NaN,
        List: ["a", Number.NaN],
      });
    },
  );

  it.each<readonly [what: string, value: unknown]>([
    ["a function", () => "text"],
    ["a symbol", Symbol("text")],
  ])("of %s is of the wrong type for every member, and nothing by itself", (_, value) => {
    expect([nearestJson({ Member: value, List: ["a", value] }), nearestJson(value)]).toStrictEqual([
      { Member: Number.NaN, List: ["a", Number.NaN] },
      undefined,
    ]);
  });

  it("leaves out a member whose getter throws, and that alone", () => {
    expect(nearestJson(withThrowingGetter({ Good: 1 }))).toStrictEqual({ Good: 1 });
  });

  it("leaves out the members that a proxy does not name", () => {
    const secret = new Proxy({ Key: "a" }, { ownKeys: aTrap });
    expect(nearestJson({ Target: secret })).toStrictEqual({ Target: {} });
  });

  it("leaves out keys that are symbols, and what is inherited", () => {
    const value: object = Object.assign(Object.create({ Inherited: 1 }), {
      [Symbol("Hidden")]: 1,
      Own: 1,
    });
    expect(nearestJson(value)).toStrictEqual({ Own: 1 });
  });

  it("leaves out the holes of a list, however long it is", () => {
    const list: unknown[] = [];
    list[0] = "first";
    list[4_000_000_000] = "last";
    expect(nearestJson(list)).toStrictEqual(["first", "last"]);
  });

  it("leaves out what somebody hung on a list", () => {
    expect(nearestJson(Object.assign(["a"], { Key: "b" }))).toStrictEqual(["a"]);
  });

  it("leaves out an object inside itself, and keeps one that stands in two places", () => {
    const shared = { Key: "a" };
    const loop: Record<string, unknown> = { First: shared, Second: shared };
    loop["Loop"] = [loop];
    expect(nearestJson(loop)).toStrictEqual({ First: shared, Second: shared, Loop: [] });
  });

  it("has a hundred levels at most, however deep the value is", () => {
    expect(
      [nested(99), nested(100), nested(50_000)].map((each) => nearestJson(each)).map(levelsOf),
    ).toEqual([99, 100, 100]);
  });

  it("has the key __proto__ as a key like any other, and reaches no prototype", () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":1}}');
    const nearest = nearestJson(value);
    expect([
      JSON.stringify(nearest),
      Object.getPrototypeOf(nearest),
      Reflect.get({}, "polluted"),
    ]).toEqual(['{"__proto__":{"polluted":1}}', Object.prototype, undefined]);
  });

  it("shares nothing with the value", () => {
    const value = { Targets: [{ Values: ["web"] }] };
    const nearest = nearestJson(value);
    value.Targets[0]?.Values.push("db");
    expect(nearest).toStrictEqual({ Targets: [{ Values: ["web"] }] });
  });

  it("is JSON, whatever the value", () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withBoxedValues: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withObjectString: true,
          withSet: true,
          withSparseArray: true,
          withTypedArray: true,
        }),
        (value) => {
          expect(isJson(nearestJson({ Member: value }))).toBe(true);
        },
      ),
    );
  });

  it("of what JSON can hold without null is that", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value), (_, held) => held ?? "nothing");
        expect(nearestJson(json)).toStrictEqual(json);
      }),
    );
  });
});
