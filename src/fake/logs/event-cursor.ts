import type { EpochMs } from "../../time/clock.ts";
import { type Result, refuse } from "../result.ts";

/** A place between two events, and the direction in which to read on from there. */
export interface EventCursor {
  readonly direction: "forward" | "backward";
  readonly position: number;
}

/**
 * How long a token can be used, counted from when it was returned: 24 hours [logs-get-events] [logs-filter-events]
 * [logs-service-model].
 */
const TOKEN_MS = 24 * 3_600_000;

/** The refusal of a token that was returned too long ago, or undefined. */
export function refuseOldToken(returnedAt: EpochMs, now: EpochMs): Result<never> | undefined {
  return now - returnedAt > TOKEN_MS
    ? refusedToken("The nextToken is older than 24 hours.")
    : undefined;
}

/** The token of a cursor: `f/` or `b/`, 16 digits of the time at which it is returned, and 40 of the position (our decision). */
export function formatCursor({ direction, position }: EventCursor, at: EpochMs): string {
  const digits = String(Math.trunc(at)).padStart(16, "0") + String(position).padStart(40, "0");
  return `${direction === "forward" ? "f" : "b"}/${digits}`;
}

/** The cursor that a token stands for. A token that is malformed or too old is refused. */
export function readCursor(
  token: string,
  { now, returnedAt }: { readonly now: EpochMs; readonly returnedAt?: EpochMs | undefined },
): Result<EventCursor> {
  const [, direction, time, digits] = /^([fb])\/(\d{16})(\d{40})$/.exec(token) ?? [];
  const [madeAt, position] = [Number(time), Number(digits)];
  if (!Number.isSafeInteger(position) || !Number.isSafeInteger(madeAt)) return refusedToken();
  const old = refuseOldToken(Math.max(madeAt, returnedAt ?? 0), now);
  if (old !== undefined) return old;
  return {
    ok: true,
    value: { direction: direction === "f" ? "forward" : "backward", position },
  };
}

/** When tokens were returned that came back to their sender because nothing was left to read. */
export class ReturnedTokens {
  readonly #returnedAt = new Map<string, EpochMs>();

  get(token: string): EpochMs | undefined {
    return this.#returnedAt.get(token);
  }

  /** Notes that a token is returned again, and forgets those that are too old. */
  add(token: string, at: EpochMs): void {
    for (const [other, returnedAt] of this.#returnedAt) {
      if (at - returnedAt > TOKEN_MS) this.#returnedAt.delete(other);
    }
    this.#returnedAt.set(token, at);
  }
}

/** The id of an event: its order, in 56 digits (our decision). */
export function eventIdOf(order: number): string {
  return String(order).padStart(56, "0");
}

/** AWS's message [logs-seen-token-2018]. */
export function refusedToken(why?: string): Result<never> {
  return refuse("InvalidParameterException", "The specified nextToken is invalid.", why);
}
