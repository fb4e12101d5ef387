import {
  type Clock,
  clockOfBubble,
  DRIVEN,
  type DrivenClock,
  type EpochMs,
  realTime,
} from "../../../time/clock.ts";
import type { Duration } from "../../../time/duration.ts";
import { fakedTimer } from "../../../time/faked-timers.ts";
import { noteRunningTest } from "../../../time/running-test.ts";
import type { OperationName } from "../operation-name.ts";
import { LooksInVain } from "./looks-in-vain.ts";
import { type StallReason, type Standstill, stallSentence } from "./stall-sentences.ts";

/**
 * The id of a command that is open, if there is one: of the one that is named, unless it is over on the node that is named;
 * of any if none is named, or one that does not exist.
 */
export type OpenCommand = (named?: {
  readonly commandId?: string;
  readonly instanceId?: string;
}) => string | undefined;

/** A call that has ended, and how to find a command that is open. */
export interface CallSeen {
  readonly operation: string;
  readonly input: unknown;
  readonly openCommand: OpenCommand;
  /** Whether it came over HTTP. */
  readonly isServed: boolean;
  /** Where time stood when it began. */
  readonly begun: Mark;
}

/** A look at a command that was open then. */
interface Look {
  readonly operation: string;
  /** Its command, while that is open. */
  readonly open: () => string | undefined;
  readonly isServed: boolean;
  /** The clock of the bubble that it came from, if it came from one. */
  readonly bubbleOn: Clock | undefined;
  /** Whether the test is over that ran then. */
  readonly isTestOver: () => boolean;
}

/** Somebody who listens to notifications. */
interface Listener {
  readonly openCommand: OpenCommand;
  readonly isTestOver: () => boolean;
}

/** Where time stood when something began. */
export interface Mark {
  readonly real: EpochMs;
  readonly virtual: EpochMs;
  /** What calls had taken until then. */
  readonly taken: number;
}

/** A call that waits: for a handler of the test, or for the time that it takes on the clock of the fake. */
interface WaitingCall extends Mark {
  readonly type: "handler" | "call";
  readonly operation: string;
  readonly isTestOver: () => boolean;
}

/** The piece of real time that is watched. */
interface Period extends Mark {
  /** The looks in it, by the commands that were open. */
  readonly looks: Map<string, Look>;
  /** Those of the period before it. */
  readonly earlier: ReadonlyMap<string, Look>;
}

/** Finds the watch when its timer rings: a fake that nobody has any more need not be kept for that. */
interface Grip {
  readonly weak: WeakRef<StallWatch>;
  /** Kept while a call or a listener waits, because nothing else may keep what waits. */
  strong: StallWatch | undefined;
}

/** The operations that look how commands stand, or at their output. */
const LOOKS: { readonly [Name in OperationName]?: true } = {
  GetCommandInvocation: true,
  ListCommands: true,
  ListCommandInvocations: true,
  DescribeLogStreams: true,
  FilterLogEvents: true,
  GetLogEvents: true,
  GetObject: true,
  HeadObject: true,
  ListObjects: true,
  ListObjectsV2: true,
};

/** How many calls that take no time go without a turn of the event loop. */
const CALLS_PER_TURN = 1_000;

/** Slower than real time: by more than two clocks differ that are not read at the same instant, in milliseconds. */
const READ_APART = 2;
/** The same of very short periods. */
const SLOWER = 0.9;

/** The first part of a period. The rest gives the test its turns, should the process have been busy through all of this. */
const FIRST_PART = 0.9;
/** What is watched at least, however long time has stood still: the code may be about to wait. */
const LAST_PART = 0.1;

/**
 * Notices tests that hang because the fake's time stands still, or moves only by what calls themselves take, while real time
 * passes. A timer in real time, which keeps no process alive, is set by a look at a command that is open, by a listener to
 * notifications while one is open, and by a call that waits. They get one warning, which says what to do; who sends and never
 * looks is left alone, and so is a fake that a test has left behind.
 */
export class StallWatch {
  readonly #clock: DrivenClock;
  readonly #afterMs: number;
  readonly #callTakes: Duration | undefined;
  readonly #grip: Grip = { weak: new WeakRef(this), strong: undefined };
  readonly #listeners = new Set<Listener>();
  readonly #waiting = new Set<WaitingCall>();
  #period: Period | undefined;
  #still: Mark | undefined;
  #disarm: () => void = () => {};
  /** How long at least one call slept, and since when one does. */
  #taken = 0;
  #sleeping = { calls: 0, since: 0 };
  #warned = false;
  readonly #inVain: LooksInVain;
  #calls = 0;

  /**
   * @param afterMs - How much real time is watched at once, in milliseconds.
   * @param callTakes - What every call takes, for the sentence.
   */
  constructor(clock: DrivenClock, afterMs: number, callTakes?: Duration) {
    this.#clock = clock;
    this.#afterMs = afterMs;
    this.#callTakes = callTakes;
    this.#inVain = new LooksInVain(afterMs);
  }

  /**
   * Whether a call has to give the event loop a turn: one of many, perhaps by code that does not wait between them. Else no
   * timer would ever run, neither that of the runner nor one of this watch.
   */
  needsTurn(): boolean {
    return ++this.#calls % CALLS_PER_TURN === 0;
  }

  /** Takes note of a call that has ended, however it ended. */
  sawCall({ operation, input, openCommand, isServed, begun }: CallSeen): void {
    if (this.#warned) return;
    // Since when time has stood still: perhaps since long before somebody looks for the first time.
    if (this.#still === undefined || !this.#since(this.#still).isStalled) this.#still = begun;
    if (Object.hasOwn(LOOKS, operation)) {
      const named = namedIn(input);
      const open = () => openCommand(named);
      const commandId = open();
      if (commandId !== undefined) {
        const about = {
          operation,
          isServed,
          bubbleOn: clockOfBubble(),
          isTestOver: noteRunningTest(),
        };
        this.#watchLooks(this.#still).looks.set(commandId, { ...about, open });
      } else if (named.commandId !== undefined) {
        this.#say(this.#inVain.saw({ operation, ...named, commandId: named.commandId }));
      }
    }
    if (this.#period === undefined && this.#listenedTo() !== undefined) this.#watch();
  }

  /** Takes note that a call waits for the handlers of the test. Returns what ends that. */
  waitsForHandler(operation: string): () => void {
    return this.#wait("handler", operation);
  }

  /** Takes note that a call takes time on the clock of the fake. Returns what ends that. */
  takesTime(operation: string): () => void {
    // A virtual clock that skips goes on by itself, and what holds it is told of elsewhere.
    const end = this.#clock[DRIVEN]?.virtual?.skips() ? undefined : this.#wait("call", operation);
    const sleeping = this.#sleeping;
    if (sleeping.calls++ === 0) sleeping.since = this.#clock.now();
    return () => {
      end?.();
      if (--sleeping.calls > 0) return;
      // Not what was counted before a reset.
      if (sleeping === this.#sleeping) this.#taken += this.#clock.now() - sleeping.since;
    };
  }

  /**
   * Watches while somebody listens to notifications: with a command open, and time standing still, none will come.
   *
   * @returns A function that ends it.
   */
  watchListener(openCommand: OpenCommand): () => void {
    const listener = { openCommand, isTestOver: noteRunningTest() };
    this.#listeners.add(listener);
    this.#hold();
    if (!this.#warned && this.#listenedTo() !== undefined) this.#watch();
    return () => {
      this.#listeners.delete(listener);
      this.#hold();
    };
  }

  clear(): void {
    this.#disarm();
    this.#period = undefined;
    this.#still = undefined;
    this.#listeners.clear();
    this.#waiting.clear();
    this.#hold();
    this.#taken = 0;
    this.#sleeping = { calls: 0, since: 0 };
    this.#warned = false;
    this.#inVain.clear();
  }

  #say(sentence: string | undefined): void {
    if (sentence === undefined) return;
    this.#warned = true;
    console.warn(sentence);
  }

  /** Looks back at the period that is over. */
  ring(): void {
    const period = this.#period;
    this.#period = undefined;
    if (period === undefined || this.#warned) return;
    const found = this.#found(period);
    const waiting = [...this.#waiting].find(({ isTestOver }) => !isTestOver());
    const left = waiting === undefined ? 0 : waiting.real + this.#afterMs - realTime.now();
    if (left > 0 && (found === undefined || left < this.#afterMs / 2)) {
      // Until that call has waited for long enough to be what is wrong.
      this.#watchOn(period, left);
      return;
    }
    const call = left > 0 ? undefined : waiting;
    const standstill = call ?? found?.standstill;
    if (standstill === undefined) return;
    const virtual = this.#clock[DRIVEN]?.virtual;
    // There are warnings of their own for behaviors that hold time still, and for sleepers on a clock that never skips.
    if ((virtual?.state() ?? "free") !== "free" || virtual?.hasWarned()) {
      this.#watch({ looks: new Map([...period.earlier, ...period.looks]) });
      return;
    }
    const { isStalled, movedMs, realMs } = this.#since(call ?? period);
    // A bubble itself says when nothing moves in it.
    const isSaidElsewhere = movedMs === 0 && found?.look?.bubbleOn === this.#clock;
    if (isStalled && !isSaidElsewhere) {
      const reason = this.#reason(standstill, found?.look);
      const callTakes = this.#callTakes;
      this.#say(stallSentence({ standstill, reason, realMs, movedMs, callTakes }));
      return;
    }
    const goesOn = standstill.type !== "look" || firstOpen(period.looks) !== undefined;
    if (goesOn) this.#watch({ earlier: period.looks });
  }

  /** The period that is watched; begins one if there is none. */
  #watch(seen: Partial<Pick<Period, "looks" | "earlier">> = {}): Period {
    if (this.#period !== undefined) return this.#period;
    const { looks = new Map(), earlier = new Map() } = seen;
    return this.#watchOn({ ...this.mark(), looks, earlier }, this.#afterMs);
  }

  /** The period in which somebody looks. Before that, time may have stood still for a while. */
  #watchLooks(still: Mark): Period {
    const period = this.#period;
    if (period !== undefined && period.looks.size + period.earlier.size > 0) return period;
    const left = this.#afterMs - (realTime.now() - still.real);
    const looks = { looks: new Map(), earlier: new Map() };
    return this.#watchOn({ ...still, ...looks }, Math.max(left, this.#afterMs * LAST_PART));
  }

  #watchOn(period: Period, ms: number): Period {
    this.#disarm();
    this.#period = period;
    this.#disarm = ringAfter(ms, this.#grip);
    return period;
  }

  #wait(type: WaitingCall["type"], operation: string): () => void {
    const call = { type, operation, isTestOver: noteRunningTest(), ...this.mark() };
    this.#waiting.add(call);
    this.#hold();
    if (!this.#warned) this.#watch();
    return () => {
      this.#waiting.delete(call);
      this.#hold();
    };
  }

  #hold(): void {
    const isWaitedFor = this.#waiting.size > 0 || this.#listeners.size > 0;
    this.#grip.strong = isWaitedFor ? this : undefined;
  }

  #listenedTo(): string | undefined {
    for (const { openCommand, isTestOver } of this.#listeners) {
      const commandId = isTestOver() ? undefined : openCommand();
      if (commandId !== undefined) return commandId;
    }
    return undefined;
  }

  /** Who looks at a command that is still open, or else who listens while one is. */
  #found({ looks, earlier }: Period): { standstill: Standstill; look?: Look } | undefined {
    const listenedTo = this.#listenedTo();
    const looked = firstOpen(looks) ?? firstOpen(earlier);
    if (looked !== undefined) {
      const { commandId, look } = looked;
      const { operation } = look;
      const isListening = listenedTo !== undefined;
      return { standstill: { type: "look", commandId, operation, isListening }, look };
    }
    if (listenedTo === undefined) return undefined;
    return { standstill: { type: "listener", commandId: listenedTo } };
  }

  /** Where time stands. */
  mark(): Mark {
    const virtual = this.#clock.now();
    const { calls, since } = this.#sleeping;
    const taken = this.#taken + (calls === 0 ? 0 : virtual - since);
    return { real: realTime.now(), virtual, taken };
  }

  /** Whether time has moved since then by what calls take only, and slower than real time. */
  #since(then: Mark): { isStalled: boolean; movedMs: number; realMs: number } {
    const now = this.mark();
    const realMs = now.real - then.real;
    const moved = now.virtual - then.virtual;
    const byCallsOnly = moved >= 0 && moved <= now.taken - then.taken;
    // The wall clock moves by itself, also while a call takes its time on it.
    const isSlower = moved < Math.max(realMs * SLOWER, realMs - READ_APART);
    const isStalled = this.#isWallClock() ? moved <= 0 : byCallsOnly && isSlower;
    return { isStalled, movedMs: Math.max(0, moved), realMs };
  }

  #isWallClock(): boolean {
    const driver = this.#clock[DRIVEN];
    return driver !== undefined && driver.virtual === undefined;
  }

  #reason(standstill: Standstill, look: Look | undefined): StallReason {
    const virtual = this.#clock[DRIVEN]?.virtual;
    if (virtual === undefined) return this.#isWallClock() ? "stoppedWallClock" : "ownClock";
    if (look?.isServed) return "isServed";
    if (!virtual.skips()) return "neverSkips";
    if (look?.bubbleOn !== undefined) {
      return look.bubbleOn === this.#clock ? "inBubble" : "inBubbleOfOther";
    }
    return standstill.type === "look" && fakedTimer() !== undefined ? "fakeTimers" : "nobodySleeps";
  }
}

function ringAfter(ms: number, grip: Grip): () => void {
  const first = Math.floor(ms * FIRST_PART);
  const watch = () => grip.strong ?? grip.weak.deref();
  const ring = () => watch()?.ring();
  const goOn = () => {
    if (watch() !== undefined) disarm = realTime.after(ms - first, ring, { background: true });
  };
  let disarm = realTime.after(first, goOn, { background: true });
  return () => disarm();
}

function firstOpen(
  looks: ReadonlyMap<string, Look>,
): { readonly commandId: string; readonly look: Look } | undefined {
  for (const look of looks.values()) {
    const commandId = look.isTestOver() ? undefined : look.open();
    if (commandId !== undefined) return { commandId, look };
  }
  return undefined;
}

/** What the input of a call, which may not have been checked, says of a command. */
function namedIn(input: unknown): { commandId?: string; instanceId?: string } {
  const [commandId, instanceId] = [textIn(input, "CommandId"), textIn(input, "InstanceId")];
  return {
    ...(commandId === undefined ? {} : { commandId }),
    ...(instanceId === undefined ? {} : { instanceId }),
  };
}

function textIn(input: unknown, member: string): string | undefined {
  const isObject = typeof input === "object" && input !== null;
  const text: unknown = isObject ? Reflect.get(input, member) : undefined;
  return typeof text === "string" ? text : undefined;
}
