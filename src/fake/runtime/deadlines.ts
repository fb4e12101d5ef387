import { DRIVEN, type DrivenClock, type EpochMs, realTime } from "../../time/clock.ts";
import { type Due, DueQueue } from "../../time/due-queue.ts";
import type { CommandRecord } from "../account/command-record.ts";
import type { CommandDeadline } from "../engine/command.ts";

/** What a deadline is for: something of a command as a whole, or of an agent's run. */
export type DeadlineType = CommandDeadline | "agentDue" | "pollLogs" | "kill" | "offer";

/**
 * What comes first at one instant: expiry, then what the agents do, then the records of a new command, then the stop by
 * MaxErrors and the dispatch ([rules-instant-order]; between equals, the order of scheduling).
 */
const RANK: Readonly<Record<DeadlineType, number>> = {
  expire: 0,
  agentDue: 1,
  pollLogs: 1,
  kill: 1,
  offer: 1,
  expandTargets: 2,
  makeRecords: 2,
  pollAlarm: 2,
  advance: 3,
};

/** A command, as far as messages need it. */
interface Named {
  readonly commandId: string;
}

/** Something that falls due, as data. `index` is that of the invocation, or -1 for the command as a whole. */
export interface Deadline<C extends Named = CommandRecord> extends Due {
  readonly type: DeadlineType;
  readonly command: C;
  readonly index: number;
}

/** What handles deadlines, and may stop in between when it has done much. */
export interface DeadlineHandler<C extends Named> {
  readonly handle: (deadline: Deadline<C>) => void;
  /** Goes on where it stopped, and then stops again after `count` events. @default nothing stops */
  readonly allow?: (count: number) => void;
  /** Whether it has stopped, and something is left to do. */
  readonly isHalted?: () => boolean;
}

/** How many events are handled before other code gets its turn: a fleet of 100,000 must not hold the event loop. */
const EVENTS_PER_TURN = 2_000;

/** Every deadline of the service in one heap, with one wake-up on the clock. */
export class Deadlines<C extends Named = CommandRecord> {
  readonly #clock: DrivenClock;
  readonly #queue = new DueQueue<Deadline<C>>();
  readonly #handler: DeadlineHandler<C>;
  #order = 0;
  #wakeUp: { readonly at: EpochMs; readonly cancel: () => void } | undefined;
  #running = false;
  #clears = 0;
  readonly #wake = () => {
    this.#wakeUp = undefined;
    if (!this.runSome()) void this.#runRest();
  };

  constructor(clock: DrivenClock, handler: DeadlineHandler<C>) {
    this.#clock = clock;
    this.#handler = handler;
  }

  schedule({ type, at, command, index }: Omit<Deadline<C>, "order" | "rank">): void {
    this.#queue.push({ at, rank: RANK[type], order: this.#order++, type, command, index });
    if (!this.#running) this.#setWakeUp();
  }

  /** Runs what is due, each at its own instant. */
  runDue(): void {
    this.#run(Number.POSITIVE_INFINITY);
  }

  /** Runs a part of what is due. Returns whether that was all. */
  runSome(): boolean {
    return this.#run(EVENTS_PER_TURN);
  }

  #run(count: number): boolean {
    if (this.#running) return true;
    this.#running = true;
    const { handle, allow, isHalted } = this.#handler;
    const isOver = () => isHalted?.() !== true;
    try {
      const now = this.#clock.now();
      allow?.(count);
      for (let next = this.#queue.first(); next !== undefined && next.at <= now && isOver(); ) {
        this.#queue.shift();
        handle(next);
        next = this.#queue.first();
      }
      return isOver();
    } finally {
      this.#running = false;
      this.#setWakeUp();
    }
  }

  /** Runs the rest of what is due, part by part. Time stands still meanwhile, and other code gets its turns. */
  async #runRest(): Promise<void> {
    const release = this.#clock[DRIVEN]?.hold?.();
    const clears = this.#clears;
    try {
      do await realTime.nextTurn();
      while (this.#clears === clears && !this.runSome());
    } finally {
      release?.();
    }
  }

  clear(): void {
    this.#clears++;
    this.#queue.clear();
    this.#wakeUp?.cancel();
    this.#wakeUp = undefined;
  }

  #setWakeUp(): void {
    const first = this.#queue.first();
    if (first === undefined || (this.#wakeUp !== undefined && this.#wakeUp.at <= first.at)) return;
    this.#wakeUp?.cancel();
    const cancel = this.#clock[DRIVEN]?.wakeAt(
      first.at,
      this.#wake,
      () => `${first.type} of command ${first.command.commandId}`,
    );
    this.#wakeUp = cancel === undefined ? undefined : { at: first.at, cancel };
  }
}
