import { type Answer, refused } from "../result.ts";

/** The most bytes of messages in one page. Source: AWS's page says 1 MB. */
export const MAX_PAGE_BYTES = 1_048_576;

/** Which part of a list to walk through, and how. */
export interface Walk<T> {
  /** The index to begin with. @default 0 */
  readonly from?: number;
  /** The index after the last one. @default the length of the list */
  readonly to?: number;
  /** Whether to begin at the end. @default false */
  readonly backward?: boolean;
  /** Leaves out the items for which it is false. */
  readonly where?: (item: T) => boolean;
}

/** The items of a part of a list, one by one, so that a page costs no more than what it looks at. */
export function* walk<T>(
  items: readonly T[],
  { from = 0, to = items.length, backward = false, where = () => true }: Walk<T>,
): Generator<T, void> {
  const step = backward ? -1 : 1;
  for (let index = backward ? to - 1 : from; from <= index && index < to; index += step) {
    const item = items[index];
    if (item !== undefined && where(item)) yield item;
  }
}

/** Takes from `items` until there are `limit` or their bytes do not fit, but one at least. `more`: some are left. */
export function takePage<T>(
  items: Iterable<T>,
  { limit, bytesOf = () => 0 }: { readonly limit: number; readonly bytesOf?: (item: T) => number },
): { readonly page: readonly T[]; readonly more: boolean } {
  const page: T[] = [];
  let bytes = 0;
  for (const item of items) {
    bytes += bytesOf(item);
    if (page.length === limit || (page.length > 0 && bytes > MAX_PAGE_BYTES)) {
      return { page, more: true };
    }
    page.push(item);
  }
  return { page, more: false };
}

/** A place between two events and the direction to read on from there. */
export interface Cursor {
  readonly direction: "forward" | "backward";
  readonly position: number;
}

/** The token of a cursor, in the shape of AWS's: `f/` or `b/` and 56 digits. */
export function formatCursor({ direction, position }: Cursor): string {
  return `${direction === "forward" ? "f" : "b"}/${eventIdOf(position)}`;
}

/** The cursor of a token, or `undefined` when no cursor has such a token. */
export function parseCursor(token: string): Cursor | undefined {
  const [, direction, digits] = /^([fb])\/(\d{56})$/.exec(token) ?? [];
  const position = Number(digits);
  if (!Number.isSafeInteger(position)) return undefined;
  return { direction: direction === "f" ? "forward" : "backward", position };
}

/** 56 digits, as many as AWS's ids of events have. */
export function eventIdOf(order: number): string {
  return String(order).padStart(56, "0");
}

/** AWS's text, seen in 2018 on FilterLogEvents. */
export function refusedToken(): Answer<never> {
  return refused("InvalidParameterException", "The specified nextToken is invalid.");
}
