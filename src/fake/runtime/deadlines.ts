import { DRIVEN, type DrivenClock, type EpochMs } from "../../time/clock.ts";
import { type Due, DueQueue } from "../../time/due-queue.ts";

/**
 * What comes first at one instant: expiry, then what the agents do, then the records of a new command, then the stop by
 * MaxErrors and the dispatch (our specification's order; between equals, the order of scheduling).
 */
export const RANK = { expiry: 0, agent: 1, records: 2, dispatch: 3 } as const;

export type DeadlineType =
  | "expandTargets"
  | "makeRecords"
  | "expire"
  | "pollAlarm"
  | "drive"
  | "agentSilent"
  | "startStep"
  | "endProcess"
  | "uploadLogs"
  | "timeUp"
  | "reply"
  | "kill";

/** Something that falls due, as data. `index` is the invocation's, or -1 for the command as a whole. */
export interface Deadline extends Due {
  readonly type: DeadlineType;
  readonly commandId: string;
  readonly index: number;
}

/** Every deadline of the service in one heap, with one wake-up on the clock. */
export class Deadlines {
  readonly #clock: DrivenClock;
  readonly #queue = new DueQueue<Deadline>();
  readonly #handle: (deadline: Deadline) => void;
  #order = 0;
  #wakeUp: { readonly at: EpochMs; readonly cancel: () => void } | undefined;
  #running = false;
  readonly #wake = () => {
    this.#wakeUp = undefined;
    this.runDue();
  };

  constructor(clock: DrivenClock, handle: (deadline: Deadline) => void) {
    this.#clock = clock;
    this.#handle = handle;
  }

  /** Answers with the deadline's order, by which its owner knows it again. */
  schedule(deadline: Omit<Deadline, "order">): number {
    const order = this.#order++;
    const { at, rank, type, commandId, index } = deadline;
    this.#queue.push({ at, rank, order, type, commandId, index });
    if (!this.#running) this.#setWakeUp();
    return order;
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
      () => `${first.type} of command ${first.commandId}`,
    );
    this.#wakeUp = cancel === undefined ? undefined : { at: first.at, cancel };
  }
}
