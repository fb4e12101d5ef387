import { RepeatedTokenError } from "./errors/errors.ts";

/** How a listing is walked. */
export interface Listing<Input, Page, Item> {
  /** The operation, for errors. */
  readonly operation: string;
  /** Asks for a page. It gets an input of its own, never the caller's. */
  readonly ask: (input: Input) => Promise<Page>;
  /** The items of a page. */
  readonly items: (page: Page) => readonly Item[] | undefined;
  /** Ends the walk with its reason; looked at before each page. */
  readonly signal?: AbortSignal | undefined;
}

interface WithToken {
  readonly NextToken?: string | undefined;
}

/**
 * Walks a listing item by item, asking for a page when its first item is wanted. An empty page with a token is not the end
 * (the service may answer one); an empty token is.
 *
 * @throws RepeatedTokenError when a token comes again.
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
    const page = await ask(token ? { ...input, NextToken: token } : { ...input });
    yield* items(page) ?? [];
    token = page.NextToken;
    if (token && seen.has(token)) throw new RepeatedTokenError(operation, token);
  } while (token);
}
