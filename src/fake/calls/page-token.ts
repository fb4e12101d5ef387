import { seedOf } from "../../time/random.ts";
import { ok, type Result, refuse } from "../result.ts";

/** Where a page ends: the cursor, in order, after which the next one goes on. */
export type Cursor = readonly number[];

/**
 * `NextToken` of a listing: opaque, and ours alone. It carries the cursor and a fingerprint of the question, so that a token
 * of somebody else, of another operation or of another question is refused.
 */
export function encodeToken(cursor: Cursor, question: string): string {
  const body = cursor.join(".");
  return btoa(`${body}:${fingerprint(`${body}:${question}`)}`);
}

/** The member of an answer that says where the next page begins; the last page has none. */
export function nextToken(
  end: Cursor | undefined,
  { more, question }: { readonly more: boolean; readonly question: string },
): { readonly NextToken?: string } {
  return more && end !== undefined ? { NextToken: encodeToken(end, question) } : {};
}

/** The cursor that a page goes on after: that of its token, `first` without one. A token that is not ours is InvalidNextToken. */
export function cursorBefore(
  token: string | undefined,
  { question, first }: { readonly question: string; readonly first: Cursor },
): Result<Cursor> {
  const cursor = token === undefined ? first : decodeToken(token, question);
  return cursor === undefined ? refuse("InvalidNextToken") : ok(cursor);
}

/** The cursor of a token of ours to this question, else undefined. */
export function decodeToken(token: string, question: string): Cursor | undefined {
  const [, body, sum] = /^([\d.]+):([0-9a-f]{8})$/.exec(fromBase64(token) ?? "") ?? [];
  if (body === undefined || sum !== fingerprint(`${body}:${question}`)) return undefined;
  return body.split(".").map(Number);
}

/** It tells a changed token from ours, and is no secret. */
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
