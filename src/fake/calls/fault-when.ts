import type { OptionTable } from "../../domain/options.ts";
import type { EpochMs } from "../../time/clock.ts";
import { type Duration, toMs } from "../../time/duration.ts";

/**
 * From when on a fault strikes, and until when: durations since it was ordered, on the fake's clock. Outside of its window a
 * fault neither strikes nor counts a call.
 *
 * @inline
 */
export type FaultWindow = {
  /** When the window begins; a call at this very instant is in it. @default "0s", at once */
  readonly from?: Duration | undefined;
  /** When the window ends; a call at this very instant is behind it. @default never */
  readonly until?: Duration | undefined;
};

/**
 * When a fault strikes: every N calls, the next N calls, or at random, each in a window of time if one is given. A window
 * alone is every call in it.
 *
 * @inline
 */
export type FaultWhen =
  | (FaultWindow & {
      /** Every N calls of the operation: 1 is every call, 3 the third, the sixth, and so on. */
      readonly every: number;
    })
  | (FaultWindow & {
      /** The next N calls of the operation, and then no more. */
      readonly times: number;
    })
  | (FaultWindow & {
      /** Any call, with this probability: 0 is never, 1 always. The fake's seed decides which calls. */
      readonly probability: number;
    })
  | (FaultWindow &
      (
        | {
            /** When the window begins, in which every call is struck; a call at this very instant is in it. */
            readonly from: Duration;
          }
        | {
            /** When the window ends, in which every call is struck; a call at this very instant is behind it. */
            readonly until: Duration;
          }
      ));

/** Every member that one of a union's types has. */
export type AllMembers<Union> = {
  readonly [Name in Union extends unknown ? keyof Union : never]: unknown;
};

/** The window of a fault. */
export const WINDOW_OPTIONS = {
  from: "any",
  until: "any",
} as const satisfies OptionTable<FaultWindow>;

/** When a fault strikes: one of these, or a window, or both. */
export const WHEN_OPTIONS = {
  every: "any",
  times: "any",
  probability: "any",
  ...WINDOW_OPTIONS,
} as const satisfies OptionTable<AllMembers<FaultWhen>>;

/** Which values each member of a `when` takes that says which of the calls are struck. */
const WHICH: Readonly<Record<string, (value: number) => boolean>> = {
  every: (value) => Number.isInteger(value) && value > 0,
  times: (value) => Number.isInteger(value) && value > 0,
  probability: (value) => value >= 0 && value <= 1,
};

/** A fault, as messages name it. */
export interface NamedFault {
  /** The method that orders it. */
  readonly label: string;
  readonly operation: string;
}

/**
 * Refuses a `when` that never strikes, or not as it was meant.
 *
 * @throws RangeError, or TypeError for what is no duration.
 */
export function checkWhen(when: FaultWhen, fault: NamedFault): void {
  // JavaScript callers may leave it out, and the types allow two of the three at once.
  const given = Object.entries(when ?? {}).filter(([, value]) => value !== undefined);
  const which = given.filter(([name]) => Object.hasOwn(WHICH, name));
  const [first, ...more] = which;
  const isSaid =
    first === undefined
      ? given.some(([name]) => Object.hasOwn(WINDOW_OPTIONS, name))
      : more.length === 0 && WHICH[first[0]]?.(Number(first[1])) === true;
  if (isSaid) {
    checkWindow(when, fault);
    return;
  }
  const said = which.map(([each, of]) => `${each}: ${String(of)}`).join(", ");
  throw new RangeError(
    `The fault "${fault.label} ${fault.operation}" strikes ${said === "" ? "at no time" : `{ ${said} }`}. Say one of { every: N }, { times: N } with a whole number above zero, or { probability: P } from 0 to 1; or say in which window of time it strikes, alone or beside one of these: { from: "1m", until: "2m" }.`,
  );
}

/**
 * Refuses a window that has no instant.
 *
 * @throws RangeError, or TypeError for what is no duration.
 */
export function checkWindow(window: FaultWindow, { label, operation }: NamedFault): void {
  const { from, until } = window;
  const begins = from === undefined ? 0 : toMs(from, `from of fake.faults.${label}()`);
  const ends = until === undefined ? Infinity : toMs(until, `until of fake.faults.${label}()`);
  if (ends > begins) return;
  const said = from === undefined ? "" : `from: "${from}", `;
  throw new RangeError(
    `The fault "${label} ${operation}" has a window with nothing in it, { ${said}until: "${until}" }. Both count from now: write an until that is later than from, such as { from: "1m", until: "2m" }.`,
  );
}

/** Whether an instant is in the window of a fault that was ordered at another. */
export function inWindow({
  from = "0s",
  until,
}: FaultWindow): (orderedAt: EpochMs, at: EpochMs) => boolean {
  const begins = toMs(from);
  const ends = until === undefined ? Infinity : toMs(until);
  return (orderedAt, at) => at - orderedAt >= begins && at - orderedAt < ends;
}

/** What a fault has counted in its window. */
export interface FaultCounts {
  /** The calls, this one included. */
  readonly calls: number;
  /** Those that it struck. */
  readonly strikes: number;
}

/** The members of all kinds of {@link FaultWhen}. */
type AnyWhen = FaultWindow & {
  readonly every?: number | undefined;
  readonly times?: number | undefined;
  readonly probability?: number | undefined;
};

/** Whether a fault is due at a call in its window. The `when` has been checked. */
export function dueBy(when: FaultWhen, random: () => number): (counts: FaultCounts) => boolean {
  const { every, times, probability }: AnyWhen = when;
  if (every !== undefined) return ({ calls }) => calls % every === 0;
  if (times !== undefined) return ({ strikes }) => strikes < times;
  return probability === undefined ? () => true : () => random() < probability;
}
