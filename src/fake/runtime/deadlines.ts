import { DRIVEN, type DrivenClock, type EpochMs } from "../../time/clock.ts";
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

/** Every deadline of the service in one heap, with one wake-up on the clock. */
export class Deadlines<C extends Named = CommandRecord> {
  readonly #clock: DrivenClock;
  readonly #queue = new DueQueue<Deadline<C>>();
  readonly #handle: (deadline: Deadline<C>) => void;
  #order = 0;
  #wakeUp: { readonly at: EpochMs; readonly cancel: () => void } | undefined;
  #running = false;
  readonly #wake = () => {
    this.#wakeUp = undefined;
    this.runDue();
  };

  constructor(clock: DrivenClock, handle: (deadline: Deadline<C>) => void) {
    this.#clock = clock;
    this.#handle = handle;
  }

  schedule({ type, at, command, index }: Omit<Deadline<C>, "order" | "rank">): void {
    this.#queue.push({ at, rank: RANK[type], order: this.#order++, type, command, index });
    if (!this.#running) this.#setWakeUp();
  }

  /** Runs what is due, each at its own instant. */
  runDue(): void {
    if (this.#running) return;
    this.#running = true;
    try {
      const now = this.#clock.now();
      for (let next = this.#queue.first(); next !== undefined && next.at <= now; ) {
        this.#queue.shift();
        this.#handle(next);
        next = this.#queue.first();
      }
    } finally {
      this.#running = false;
      this.#setWakeUp();
    }
  }

  clear(): void {
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
