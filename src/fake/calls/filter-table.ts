import { ok, type Refusal, type Result, refuse } from "../result.ts";

/** A filter of a request: all filters have to hold, each for any of its values. */
export interface Filter {
  readonly key: string;
  readonly values: readonly string[];
}

/** What a key of a filter means. `name` is what follows the colon of a key such as `tag:`. */
export type FilterRow<Item> = {
  /** The refusal of these values, if they are refused. @default every value is taken */
  readonly refuse?: (values: readonly string[]) => Refusal | undefined;
} & (
  | {
      /** Whether an item passes one of the filter's values. */
      readonly holds: (item: Item, value: string, name: string) => boolean;
    }
  | {
      /** What has to be one of the filter's values; an item that has none does not pass. */
      readonly of: (item: Item, name: string) => string | undefined;
    }
);

/** The keys of a listing. One that ends with a colon, such as `tag:`, stands for all that begin with it. */
export type FilterTable<Item, Key extends string = string> = Readonly<Record<Key, FilterRow<Item>>>;

/** One test for all filters, or the refusal of one of them: a key that is not in the table is InvalidFilterKey. */
export function filterTest<Item>(
  filters: readonly Filter[],
  table: FilterTable<Item>,
): Result<(item: Item) => boolean> {
  const tests: ((item: Item) => boolean)[] = [];
  for (const { key, values } of filters) {
    const colon = key.indexOf(":") + 1;
    const [kind, name] = colon > 0 ? [key.slice(0, colon), key.slice(colon)] : [key, ""];
    const row = Object.hasOwn(table, kind) ? table[kind] : undefined;
    // A key that ends with a colon needs a name behind it (our decision). A name behind any other key makes it unknown.
    if (row === undefined || (colon > 0 && name === "")) {
      const why = `There is no filter ${key.slice(0, 100)}. There are ${Object.keys(table).join(", ")}.`;
      return refuse("InvalidFilterKey", undefined, why);
    }
    const refusal = row.refuse?.(values);
    if (refusal !== undefined) return { ok: false, refusal };
    tests.push(testOf(row, { values, name }));
  }
  return ok((item) => tests.every((test) => test(item)));
}

function testOf<Item>(
  row: FilterRow<Item>,
  { values, name }: { readonly values: readonly string[]; readonly name: string },
): (item: Item) => boolean {
  if ("holds" in row) return (item) => values.some((value) => row.holds(item, value, name));
  const wanted = new Set(values);
  return (item) => {
    const held = row.of(item, name);
    return held !== undefined && wanted.has(held);
  };
}
