import { seedOf } from "../../time/random.ts";
import { type Answer, answered, refused } from "../result.ts";

/** Where a page ends: the place, in order, after which the next one goes on. */
export type Place = readonly number[];

/**
 * `NextToken` of a listing: opaque, and ours alone. It carries the place and a fingerprint of the question, so that a token
 * of somebody else, of another operation or of another question is refused.
 */
export function encodeToken(place: Place, question: string): string {
  const body = place.join(".");
  return btoa(`${body}:${fingerprint(`${body}:${question}`)}`);
}

/** The member of an answer that says where the next page begins; the last page has none. */
export function nextToken(
  end: Place | undefined,
  { more, question }: { readonly more: boolean; readonly question: string },
): { readonly NextToken?: string } {
  return more && end !== undefined ? { NextToken: encodeToken(end, question) } : {};
}

/** The place that a page goes on after: that of its token, `first` without one. A token that is not ours is InvalidNextToken. */
export function placeBefore(
  token: string | undefined,
  { question, first }: { readonly question: string; readonly first: Place },
): Answer<Place> {
  const place = token === undefined ? first : decodeToken(token, question);
  return place === undefined ? refused("InvalidNextToken") : answered(place);
}

/** The place of a token of ours to this question, else undefined. */
export function decodeToken(token: string, question: string): Place | undefined {
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
