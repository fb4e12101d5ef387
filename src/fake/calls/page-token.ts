import { seedOf } from "../../time/random.ts";
import { ok, type Result, refuse } from "../result.ts";

/** Where a page ends: numbers that sort like the items. The next page begins after them; after none, it is at the beginning. */
export type Cursor = readonly number[];

/**
 * The `NextToken` of a listing, in a form of its own (our decision). It carries the cursor and a fingerprint of the
 * question, so that a token that was made elsewhere, for another operation or for another question is refused.
 */
export function encodeToken(cursor: Cursor, question: string): string {
  const body = cursor.join(".");
  return btoa(`${body}:${fingerprint(`${body}:${question}`)}`);
}

/**
 * The member of an answer that says where the next page begins; the last page has none. A page without an end is empty: the next
 * one begins where it did.
 */
export function nextToken(
  end: Cursor | undefined,
  { more, question }: { readonly more: boolean; readonly question: string },
): { readonly NextToken?: string } {
  return more ? { NextToken: encodeToken(end ?? [], question) } : {};
}

/**
 * The cursor after which a page begins: that of its token, or `first` without a token, and after an empty first page. A token that is not ours is
 * InvalidNextToken.
 */
export function cursorBefore(
  token: string | undefined,
  { question, first }: { readonly question: string; readonly first: Cursor },
): Result<Cursor> {
  const cursor = token === undefined ? [] : decodeToken(token, question);
  if (cursor !== undefined) return ok(cursor.length === 0 ? first : cursor);
  const why =
    "The NextToken is none of this listing: it has to come from the page before, with the same filters.";
  return refuse("InvalidNextToken", undefined, why);
}

/** The cursor of a token that was made for this question, otherwise undefined. */
export function decodeToken(token: string, question: string): Cursor | undefined {
  const [, body, sum] = /^([\d.]*):([0-9a-f]{8})$/.exec(fromBase64(token) ?? "") ?? [];
  if (body === undefined || sum !== fingerprint(`${body}:${question}`)) return undefined;
  return body === "" ? [] : body.split(".").map(Number);
}

/** It distinguishes our tokens from changed ones. It is not a secret. */
function fingerprint(text: string): string {
  return seedOf(text).toString(16).padStart(8, "0");
}

function fromBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
