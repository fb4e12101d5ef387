import { type EpochMs, realTime } from "../../../time/clock.ts";

/** How many looks at something that is over are a loop (our decision). */
const MANY_LOOKS = 1_000;
/** How many commands and nodes are kept apart. */
const MOST_KEYS = 1_000;

/** A look at a command that is over. */
export interface LateLook {
  readonly operation: string;
  readonly commandId: string;
  readonly instanceId?: string;
}

/** Notices code that looks at a command again and again although it is over: it waits for a status that never comes. */
export class LooksInVain {
  readonly #afterMs: number;
  readonly #seen = new Map<string, { looks: number; readonly since: EpochMs }>();

  /** @param afterMs - For how long, in real milliseconds, it may do so. */
  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /** Takes note of a look. Returns what to say of it, if it is time to. */
  saw({ operation, commandId, instanceId = "" }: LateLook): string | undefined {
    const key = `${operation} ${commandId} ${instanceId}`;
    const seen = this.#seen.get(key) ?? { looks: 0, since: realTime.now() };
    if (seen.looks++ === 0 && this.#seen.size < MOST_KEYS) this.#seen.set(key, seen);
    if (seen.looks < MANY_LOOKS) return undefined;
    const realMs = realTime.now() - seen.since;
    if (realMs < this.#afterMs) return undefined;
    return `Command ${commandId} is over, and ${operation} was called ${seen.looks} times since, for ${(realMs / 1_000).toFixed(1)} real seconds: the code waits for a status that the command does not get. Compare what it waits for with \`fake.timeline()\`; the statuses that are ends are Success, Failed, TimedOut and Cancelled.`;
  }

  clear(): void {
    this.#seen.clear();
  }
}
