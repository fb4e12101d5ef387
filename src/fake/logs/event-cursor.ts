import { type Result, refuse } from "../result.ts";

/** A place between two events and the direction to read on from there. */
export interface EventCursor {
  readonly direction: "forward" | "backward";
  readonly position: number;
}

/** The token of a cursor, in the shape of AWS's: `f/` or `b/` and 56 digits. */
export function formatCursor({ direction, position }: EventCursor): string {
  return `${direction === "forward" ? "f" : "b"}/${eventIdOf(position)}`;
}

/** The cursor of a token, or `undefined` when no cursor has such a token. */
export function parseCursor(token: string): EventCursor | undefined {
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
export function refusedToken(): Result<never> {
  return refuse("InvalidParameterException", "The specified nextToken is invalid.");
}
