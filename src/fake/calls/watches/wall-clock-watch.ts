import {
  DRIVEN,
  type DrivenClock,
  type EpochMs,
  globalTime,
  realTime,
} from "../../../time/clock.ts";
import type { OperationName } from "../operation-name.ts";

const DAY_MS = 86_400_000;

/** From how far on two clocks tell different times: nobody who means the fake's time misses it by a year (our decision). */
const APART_MS = 365 * DAY_MS;

/**
 * How near to the present an instant lies that code has computed from it: "the last hour", "the last week", and also "the
 * last 30 days", since AWS keeps commands no longer; a day more for time zones. Forward as far as backward, for what is
 * made from an expiry (our decision).
 */
const NEAR_MS = 31 * DAY_MS;

/** An instant that a request names. */
export interface NamedInstant {
  /** The member that holds it, in the words of the sentence. */
  readonly what: string;
  readonly at: EpochMs;
}

/** The times that an instant may have come of. */
export interface TimesOfDay {
  /** The fake's. */
  readonly fake: EpochMs;
  /** The real present. */
  readonly real: EpochMs;
  /** What `Date` says, which the runner may have faked. */
  readonly date: EpochMs;
}

type Finder = (input: object) => readonly { readonly what: string; readonly value: unknown }[];

const INVOKED = ofFilters("InvokedAfter", "InvokedBefore");
const LOG_TIMES = ofMembers("startTime", "endTime");
const MODIFIED = ofMembers("IfModifiedSince", "IfUnmodifiedSince");

/** Where requests have an instant that the service compares with its own: all others have none. */
const INSTANTS: { readonly [Name in OperationName]?: Finder } = {
  ListCommands: INVOKED,
  ListCommandInvocations: INVOKED,
  GetLogEvents: LOG_TIMES,
  FilterLogEvents: LOG_TIMES,
  GetObject: MODIFIED,
  HeadObject: MODIFIED,
};

/** The instants of a request, which has not been checked. */
export function instantsIn(operation: string, input: unknown): readonly NamedInstant[] {
  const finders: Readonly<Record<string, Finder | undefined>> = INSTANTS;
  const find = Object.hasOwn(finders, operation) ? finders[operation] : undefined;
  if (find === undefined || typeof input !== "object" || input === null) return [];
  return find(input).flatMap(({ what, value }) => {
    const at = typeof value === "string" ? Date.parse(value) : value;
    return typeof at === "number" && !Number.isNaN(at) ? [{ what, at }] : [];
  });
}

/**
 * Whether an instant can only have come of the wall clock: it lies a year or more away from the fake's time, and near the
 * present, be it the real one or that of a faked `Date`. A fake whose clock shows the real present has nothing to mistake.
 */
export function isOfWallClock(at: EpochMs, { fake, real, date }: TimesOfDay): boolean {
  const isApart = Math.abs(fake - real) >= APART_MS && Math.abs(at - fake) >= APART_MS;
  return isApart && (isNear(at, real) || isNear(at, date));
}

function isNear(at: EpochMs, present: EpochMs): boolean {
  return Math.abs(at - present) <= NEAR_MS;
}

/**
 * Notices calls of code that takes the time from the wall clock while the fake's clock shows another year. Such a filter
 * matches nothing, or everything, and the answer does not tell why. A fake says it once, until it is reset.
 */
export class WallClockWatch {
  readonly #clock: DrivenClock;
  #said = false;

  constructor(clock: DrivenClock) {
    this.#clock = clock;
  }

  /** Takes note of a call that the service answers. */
  sawCall(operation: string, input: unknown): void {
    if (this.#said || this.#isWallClock()) return;
    const instants = instantsIn(operation, input);
    if (instants.length === 0) return;
    const times = { fake: this.#clock.now(), real: realTime.now(), date: globalTime.now() };
    const found = instants.find(({ at }) => isOfWallClock(at, times));
    if (found === undefined) return;
    this.#said = true;
    console.warn(sentenceOf(operation, found, times));
  }

  clear(): void {
    this.#said = false;
  }

  /** Whether the clock is one of ours that shows what `Date` says. */
  #isWallClock(): boolean {
    const driver = this.#clock[DRIVEN];
    return driver !== undefined && driver.virtual === undefined;
  }
}

function sentenceOf(
  operation: string,
  { what, at }: NamedInstant,
  { fake, date }: TimesOfDay,
): string {
  // A clock that begins "now" believes `Date`.
  const made = isNear(at, date) ? "" : " (made while `Date` is real)";
  return `${operation} has ${what} ${iso(at)}, which looks as if it came of the wall clock, but the fake's time is ${iso(fake)}, so that it matches nothing or everything: give the fake a clock that begins at the present, \`new FakeSsm({ clock: new VirtualClock({ start: "now" }) })\`${made}, or run the code inside \`inVirtualTime(fake, …)\` of ssm-run-command/fake/node, where \`Date\` agrees by itself.`;
}

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}

function ofMembers(...members: readonly string[]): Finder {
  return (input) => members.map((what) => ({ what, value: Reflect.get(input, what) }));
}

function ofFilters(...keys: readonly string[]): Finder {
  return (input) => {
    const given: unknown = Reflect.get(input, "Filters");
    const filters: readonly unknown[] = Array.isArray(given) ? given : [];
    return filters.flatMap((filter) => {
      if (typeof filter !== "object" || filter === null) return [];
      const key = keys.find((each) => each === Reflect.get(filter, "key"));
      if (key === undefined) return [];
      return [{ what: `the filter ${key}`, value: Reflect.get(filter, "value") }];
    });
  };
}
