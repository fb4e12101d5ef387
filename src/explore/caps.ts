import type { Bubble } from "../fake/bubble/bubble.ts";
import { hasAsyncHooks } from "../fake/bubble/runtime.ts";
import type { FakeSsm } from "../fake/fake-ssm.ts";
import { DRIVEN, type EpochMs, realTime } from "../time/clock.ts";
import { isOpen } from "./judging/truth.ts";

/** How a function was seen to hang, or that it was given up. */
export type HungBy =
  | "budget"
  | "hours"
  | "callsAfterEnd"
  | "callsAtOnce"
  | "standstill"
  | "clock"
  | "realTime";

const HOUR_MS = 3_600_000;
/** How long a function may go on after its command has ended, or from the start if it sent nothing. */
const MOST_MS = 3 * HOUR_MS;
/** How many calls it may make after that, and how many in ten minutes. */
const MOST_CALLS = 5_000;
const TEN_MINUTES_MS = 600_000;
/** How many turns of the event loop nothing may be left that could go on. */
const TURNS = 10;
/** How often that is looked for, in real time. */
const LOOK_EVERY_MS = 5;
/** For how long, in real time, nothing may move that a bubble can see; and real work that it sees, but that moves nothing. */
const UNSEEN_MS = 1_000;
const STILL_WORK_MS = 30_000;
/** In how many looks that has to be so: on a busy machine a second is soon over. */
const LOOKS = 50;

/** Plays a world on until all of its commands have ended. */
export async function playOn(fake: FakeSsm): Promise<void> {
  // The longest time-outs of a command are four days together.
  for (let hours = 0; hours < 200 && fake.records().some(isOpen); hours++) {
    await fake.clock.advance("1h");
  }
}

/** Watches a function in a world, and says when it hangs. */
export class Caps {
  /** Resolves when the function hangs. */
  readonly hung: Promise<HungBy>;
  readonly #fake: FakeSsm;
  readonly #mostCalls: number;
  readonly #startedAt: EpochMs;
  /** When the function made its calls. */
  readonly #calls: EpochMs[] = [];
  #answers = 0;
  #timers = 0;
  #reach: (by: HungBy) => void = () => {};
  #stopHours: () => void = () => {};
  #stopLooking: () => void = () => {};
  #isOver = false;
  /** Where it was seen in real time, since when, and how many looks have seen the same. */
  #still: {
    readonly looks: number;
    readonly since: number;
    readonly passed: number;
    readonly work: object | undefined;
    readonly place: number;
  } = { looks: 0, since: 0, passed: -1, work: undefined, place: 0 };

  /** @param mostCalls - With more calls it is given up. */
  constructor(fake: FakeSsm, mostCalls: number) {
    this.#fake = fake;
    this.#mostCalls = mostCalls;
    this.#startedAt = fake.clock.now();
    this.hung = new Promise((resolve) => {
      this.#reach = (by) => {
        this.stop();
        resolve(by);
      };
    });
    this.#armHours(this.#startedAt + MOST_MS);
  }

  /** How many calls the function has made. */
  get calls(): number {
    return this.#calls.length;
  }

  /** Takes note of a call. */
  sawCall(): void {
    if (this.#isOver) return;
    const now = this.#fake.clock.now();
    const calls = this.#calls;
    calls.push(now);
    if (calls.length > this.#mostCalls) this.#reach("budget");
    if (calls.length < MOST_CALLS) return;
    const first = calls[calls.length - MOST_CALLS] ?? now;
    const isAtOnce = now - first <= TEN_MINUTES_MS;
    if (isAtOnce || first > (this.#endedAt() ?? Infinity)) {
      this.#reach(isAtOnce ? "callsAtOnce" : "callsAfterEnd");
    }
  }

  /** What the function has cost: a call counts one, a timer a tenth. */
  get cost(): number {
    return this.#calls.length + Math.floor(this.#timers / 10);
  }

  /** Takes note of a timer that fires. */
  sawTimer(): void {
    this.#timers++;
    if (this.cost > this.#mostCalls && !this.#isOver) this.#reach("budget");
  }

  /** Takes note of an answer. */
  sawAnswer(): void {
    this.#answers++;
  }

  /** Looks, in real time, for a function that nothing can wake any more. */
  watch(bubble: Bubble): void {
    void bubble.failure.catch(() => {
      if (!this.#isOver) this.#reach("clock");
    });
    const arm = () => {
      if (!this.#isOver) this.#stopLooking = realTime.after(LOOK_EVERY_MS, () => void look());
    };
    const look = async () => {
      if (this.#hasStoodStill(bubble)) return this.#reach("realTime");
      if (!(await this.#standsStill(bubble))) return arm();
      this.#reach(mayWorkUnseen(bubble) ? "realTime" : "standstill");
    };
    arm();
  }

  /** Watches no more. */
  stop(): void {
    this.#isOver = true;
    this.#stopHours();
    this.#stopLooking();
  }

  /** Whether nothing is left that could wake the function: not now, and not when its commands have ended. */
  async #standsStill(bubble: Bubble): Promise<boolean> {
    for (const moment of ["now", "at the end"] as const) {
      if (moment === "at the end") await playOn(this.#fake);
      const since = realTime.now();
      const made = this.#calls.length;
      for (let turns = 0; turns < TURNS || this.#mayBeUnseen(bubble, since); turns++) {
        if (this.#isOver || !this.#isIdle(bubble) || this.#calls.length > made) return false;
        await realTime.nextTurn();
      }
    }
    return !this.#isOver;
  }

  #isIdle(bubble: Bubble): boolean {
    const { virtual } = this.#fake.clock[DRIVEN];
    return bubble.isIdle && virtual.sleepers() === 0 && virtual.state() === "free";
  }

  /** Whether real work may still be under way that nobody sees. */
  #mayBeUnseen(bubble: Bubble, since: number): boolean {
    return mayWorkUnseen(bubble) && realTime.now() - since < UNSEEN_MS;
  }

  /** Whether nothing has moved for long in real time: no call, no virtual time, no byte of real work. */
  #hasStoodStill({ work }: Bubble): boolean {
    const oldest = work.oldest();
    const { clock } = this.#fake;
    // While real work is under way, time flows by itself.
    const place = oldest === undefined ? clock.now() : (oldest.bytes?.() ?? 0);
    // Many calls side by side take real time at one virtual instant.
    const passed = this.#calls.length + this.#answers;
    const { looks, since, passed: until, work: before, place: at } = this.#still;
    const hasMoved = until !== passed || before !== oldest || at !== place;
    this.#still = hasMoved
      ? { looks: 0, since: realTime.now(), passed, work: oldest, place }
      : { ...this.#still, looks: looks + 1 };
    const most = oldest === undefined ? UNSEEN_MS : STILL_WORK_MS;
    return !hasMoved && looks >= LOOKS && realTime.now() - since > most;
  }

  /** When all commands had ended; undefined while one is open, and without any. */
  #endedAt(): EpochMs | undefined {
    const commands = this.#fake.records();
    if (commands.length === 0 || commands.some(isOpen)) return undefined;
    return Math.max(...commands.map(({ closedAt }) => closedAt ?? this.#fake.clock.now()));
  }

  #armHours(at: EpochMs): void {
    const { clock } = this.#fake;
    const wake = () => {
      const isAnyOpen = this.#fake.records().some(isOpen);
      // Beyond the end of what is open now are at least as many hours from now on.
      const due = isAnyOpen
        ? clock.now() + MOST_MS
        : (this.#endedAt() ?? this.#startedAt) + MOST_MS;
      if (clock.now() >= due) this.#reach("hours");
      else this.#armHours(due);
    };
    this.#stopHours = clock[DRIVEN].wakeAt(at, wake, () => "the cap of explore");
  }
}

/** Whether code may do real work that its bubble does not see: in a worker, and all of it on some runtimes. */
function mayWorkUnseen({ hasWorkers }: Bubble): boolean {
  return hasWorkers || !hasAsyncHooks();
}
