import { expect, it } from "vitest";
import { RepeatedTokenError } from "../../src/client/errors/errors.ts";
import { paginate } from "../../src/client/paginate.ts";

interface Page {
  readonly found?: readonly string[];
  readonly NextToken?: string;
}

/** Walks pages by token; the first page has the token "". */
function walk(
  pages: Readonly<Record<string, Page>>,
  {
    input = {},
    signal,
  }: {
    input?: { NextToken?: string; MaxResults?: number };
    signal?: AbortSignal;
  } = {},
) {
  const asked: { NextToken?: string; MaxResults?: number }[] = [];
  const items = paginate(input, {
    operation: "ListThings",
    ask: async (page): Promise<Page> => {
      asked.push(page);
      return pages[page.NextToken ?? ""] ?? {};
    },
    items: (page) => page.found,
    signal,
  });
  return { asked, items };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

it("gives items, not pages", async () => {
  const { items } = walk({ "": { found: ["a", "b"], NextToken: "2" }, 2: { found: ["c"] } });
  expect(await all(items)).toEqual(["a", "b", "c"]);
});

it("goes on after an empty page that has a token", async () => {
  const { items } = walk({ "": { found: [], NextToken: "2" }, 2: { found: ["c"] } });
  expect(await all(items)).toEqual(["c"]);
});

it("goes on after a page without a list that has a token", async () => {
  const { items } = walk({ "": { NextToken: "2" }, 2: { found: ["c"] } });
  expect(await all(items)).toEqual(["c"]);
});

it("ends at an empty token", async () => {
  const { items, asked } = walk({ "": { found: ["a"], NextToken: "" } });
  await all(items);
  expect(asked).toHaveLength(1);
});

it("asks for a page only when its first item is wanted", async () => {
  const { items, asked } = walk({ "": { found: ["a", "b"], NextToken: "2" }, 2: { found: ["c"] } });
  await items.next();
  await items.next();
  expect(asked).toHaveLength(1);
});

it("never writes to the caller's input", async () => {
  const input = Object.freeze({ MaxResults: 2 });
  const { items, asked } = walk({ "": { NextToken: "2" }, 2: {} }, { input });
  await all(items);
  expect(asked).toEqual([{ MaxResults: 2 }, { MaxResults: 2, NextToken: "2" }]);
  expect(asked[0]).not.toBe(input);
});

it("begins at the token that the caller gives", async () => {
  const { items } = walk(
    { "": { found: ["a"] }, 2: { found: ["c"] } },
    { input: { NextToken: "2" } },
  );
  expect(await all(items)).toEqual(["c"]);
});

it.each([
  ["at once", { "": { NextToken: "2" }, 2: { NextToken: "2" } }],
  ["once, in the middle", { "": { NextToken: "1" }, 1: { NextToken: "2" }, 2: { NextToken: "2" } }],
  ["after others", { "": { NextToken: "2" }, 2: { NextToken: "3" }, 3: { NextToken: "2" } }],
])("stops with an error when a token repeats %s", async (_, pages) => {
  const error = await all(walk(pages).items).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RepeatedTokenError);
  expect(error).toMatchObject({ operation: "ListThings", token: "2" });
});

it("stops with an error when the caller's own token comes again", async () => {
  const { items } = walk({ 2: { NextToken: "2" } }, { input: { NextToken: "2" } });
  await expect(all(items)).rejects.toThrow(RepeatedTokenError);
});

it("rejects with the caller's reason before the next page", async () => {
  const { items, asked } = walk({}, { signal: AbortSignal.abort("enough") });
  await expect(all(items)).rejects.toBe("enough");
  expect(asked).toEqual([]);
});
