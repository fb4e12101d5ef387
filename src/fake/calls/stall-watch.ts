import { type Clock, type EpochMs, realTime } from "../../time/clock.ts";

/** How many reads of one open command, without time moving, look like polling in vain. */
const READS = 3;

/**
 * Notices code that polls a virtual clock with timers of its own: an open command is read again and again, real time
 * passes, and virtual time does not. Such a test hangs, so it gets one warning that says what to do.
 */
export class StallWatch {
  readonly #clock: Clock;
  readonly #afterMs: number;
  readonly #reads = new Map<string, { count: number; real: EpochMs; virtual: EpochMs }>();
  #warned = false;

  constructor(clock: Clock, afterMs: number) {
    this.#clock = clock;
    this.#afterMs = afterMs;
  }

  /**
   * Takes note of a call that was answered. A caller that reads an open command again and again, without virtual time
   * moving, is stuck.
   */
  sawCall(input: unknown, isOpen: (commandId: string) => boolean): void {
    if (typeof input !== "object" || input === null || !("CommandId" in input)) return;
    const { CommandId: commandId } = input;
    if (typeof commandId === "string" && isOpen(commandId)) this.#sawOpen(commandId);
  }

  clear(): void {
    this.#reads.clear();
    this.#warned = false;
  }

  #sawOpen(commandId: string): void {
    if (this.#warned) return;
    const [real, virtual] = [realTime.now(), this.#clock.now()];
    const seen = this.#reads.get(commandId);
    if (seen === undefined || seen.virtual !== virtual) {
      this.#reads.set(commandId, { count: 1, real, virtual });
      return;
    }
    if (++seen.count < READS || real - seen.real < this.#afterMs) return;
    this.#warned = true;
    console.warn(
      `Command ${commandId} was read ${seen.count} times in ${((real - seen.real) / 1_000).toFixed(1)} real seconds, and virtual time has not moved: the code that polls it waits on timers of its own. Wait on the fake's clock (RunCommandClient finds it; a wrapped request handler must keep its \`clock\`), call \`await fake.clock.advance(…)\`, give the fake \`callTakes: "1s"\`, or use \`systemClock\` under your runner's fake timers.`,
    );
  }
}
