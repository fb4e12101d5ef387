import { RepeatedTokenError } from "./errors/errors.ts";

/** A listing that {@link paginate} reads. */
export interface Listing<Input, Page, Item> {
  /** The operation, which errors name. */
  readonly operation: string;
  /** Asks for a page. It gets a copy of the input, never the caller's own object. */
  readonly ask: (input: Input) => Promise<Page>;
  /** The items of a page. */
  readonly items: (page: Page) => readonly Item[] | undefined;
  /** Ends the listing with its reason; checked before each page. */
  readonly signal?: AbortSignal | undefined;
}

interface WithToken {
  readonly NextToken?: string | undefined;
}

/**
 * Yields the items of a listing, asking for a page only when its first item is wanted. An empty page with a token is not
 * the end, since the service may return one; an empty token is.
 *
 * @throws RepeatedTokenError when a token comes a second time.
 */
export async function* paginate<Input extends WithToken, Page extends WithToken, Item>(
  input: Input,
  { operation, ask, items, signal }: Listing<Input, Page, Item>,
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<string>();
  let token = input.NextToken;
  do {
    signal?.throwIfAborted();
    if (token) seen.add(token);
    const page = await ask({ ...input, ...(token && { NextToken: token }) });
    yield* items(page) ?? [];
    token = page.NextToken;
    if (token && seen.has(token)) throw new RepeatedTokenError(operation, token);
  } while (token);
}
