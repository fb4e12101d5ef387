import { type Result, refuse } from "../result.ts";

/** A place between two events, and the direction in which to read on from there. */
export interface EventCursor {
  readonly direction: "forward" | "backward";
  readonly position: number;
}

/** The token of a cursor: `f/` or `b/` and 56 digits (our decision). */
export function formatCursor({ direction, position }: EventCursor): string {
  return `${direction === "forward" ? "f" : "b"}/${eventIdOf(position)}`;
}

/** The cursor that a token stands for, or `undefined` when the token is malformed. */
export function parseCursor(token: string): EventCursor | undefined {
  const [, direction, digits] = /^([fb])\/(\d{56})$/.exec(token) ?? [];
  const position = Number(digits);
  if (!Number.isSafeInteger(position)) return undefined;
  return { direction: direction === "f" ? "forward" : "backward", position };
}

/** The id of an event: its order, in 56 digits (our decision). */
export function eventIdOf(order: number): string {
  return String(order).padStart(56, "0");
}

/** AWS's message [logs-seen-token-2018]. */
export function refusedToken(): Result<never> {
  return refuse("InvalidParameterException", "The specified nextToken is invalid.");
}
