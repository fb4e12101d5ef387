import { describe, expect, it } from "vitest";
import { type Filter, type FilterTable, filterTest } from "../../../src/fake/calls/filter-table.ts";

interface Fruit {
  readonly color: string;
  readonly tags: Readonly<Record<string, string>>;
}

const TABLE: FilterTable<Fruit> = {
  Color: {
    holds: ({ color }, value) => color === value,
    refuse: (values) => (values.includes("plaid") ? { name: "InvalidColor" } : undefined),
  },
  Initial: { holds: ({ color }, value) => color.startsWith(value) },
  "tag:": { holds: ({ tags }, value, name) => tags[name] === value },
};

const apple: Fruit = { color: "red", tags: { "a:b": "1" } };

/** Whether the apple passes, or the name of the refusal. */
function passes(...filters: readonly Filter[]): boolean | string {
  const test = filterTest(filters, TABLE);
  return test.ok ? test.value(apple) : test.refusal.name;
}

describe("filters", () => {
  it("let everything pass when there are none", () => {
    expect(passes()).toBe(true);
  });

  it("hold for any of their values", () => {
    expect(passes({ key: "Color", values: ["blue", "red"] })).toBe(true);
  });

  it("without a value hold for nothing", () => {
    expect(passes({ key: "Color", values: [] })).toBe(false);
  });

  it("must all hold", () => {
    const color = { key: "Color", values: ["red"] };
    expect(passes(color, { key: "Initial", values: ["b"] })).toBe(false);
  });

  it("receive what follows a key that ends with a colon, further colons included", () => {
    expect(passes({ key: "tag:a:b", values: ["1"] })).toBe(true);
  });

  it.each(["Size", "toString", "Color:", "Color:red", "tag", "tag:", ""])(
    "with the key %j are refused",
    (key) => {
      expect(passes({ key, values: ["red"] })).toBe("InvalidFilterKey");
    },
  );

  it("are refused for values that a key does not take", () => {
    expect(passes({ key: "Color", values: ["red", "plaid"] })).toBe("InvalidColor");
  });

  it("are refused by the first that is wrong", () => {
    expect(passes({ key: "Color", values: ["plaid"] }, { key: "Size", values: [] })).toBe(
      "InvalidColor",
    );
  });
});
