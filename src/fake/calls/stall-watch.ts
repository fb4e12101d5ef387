import { DRIVEN, type DrivenClock, type EpochMs, realTime } from "../../time/clock.ts";

/** How many reads of one open command, without time moving, look like polling in vain. */
const READS = 3;

/** Somebody who listens to notifications, and what was seen at the last look. */
interface ListenerWatch {
  readonly openCommand: () => string | undefined;
  seen?: { readonly commandId: string | undefined; readonly virtual: EpochMs };
  /** Cancels the next look; undefined while none is planned. */
  stop?: () => void;
}

/**
 * Notices tests that hang because virtual time stands still while real time passes: code that polls an open command with
 * timers of its own, and a test that waits to be woken by a notification. They get one warning that says what to do.
 */
export class StallWatch {
  readonly #clock: DrivenClock;
  readonly #afterMs: number;
  readonly #reads = new Map<string, { count: number; real: EpochMs; virtual: EpochMs }>();
  readonly #listeners = new Set<ListenerWatch>();
  #warned = false;

  constructor(clock: DrivenClock, afterMs: number) {
    this.#clock = clock;
    this.#afterMs = afterMs;
  }

  /**
   * Takes note of a call that was answered. A caller that reads an open command again and again, without virtual time
   * moving, is stuck.
   */
  sawCall(input: unknown, isOpen: (commandId: string) => boolean): void {
    for (const watch of this.#listeners) if (watch.stop === undefined) this.#look(watch);
    if (typeof input !== "object" || input === null || !("CommandId" in input)) return;
    const { CommandId: commandId } = input;
    if (typeof commandId === "string" && isOpen(commandId)) this.#sawOpen(commandId);
  }

  /**
   * Watches while somebody listens to notifications: with a command open, and virtual time standing still, none will come.
   *
   * @param openCommand - The id of a command that is open.
   * @returns A function that ends it.
   */
  watchListener(openCommand: () => string | undefined): () => void {
    // On a clock that runs by itself, notifications come by themselves.
    if (this.#clock[DRIVEN]?.hold === undefined) return () => {};
    const watch: ListenerWatch = { openCommand };
    this.#listeners.add(watch);
    this.#look(watch);
    return () => {
      this.#listeners.delete(watch);
      watch.stop?.();
    };
  }

  clear(): void {
    for (const { stop } of this.#listeners) stop?.();
    this.#listeners.clear();
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
    this.#warn(
      `Command ${commandId} was read ${seen.count} times in ${((real - seen.real) / 1_000).toFixed(1)} real seconds, and virtual time has not moved: the code that polls it waits on timers of its own. Wait on the fake's clock (RunCommandClient finds it; a wrapped request handler must keep its \`clock\`), call \`await fake.clock.advance(…)\`, give the fake \`callTakes: "1s"\`, or use \`systemClock\` under your runner's fake timers.`,
    );
  }

  /** Looks whether a listener waits in vain, and looks again later as long as a command is open; a call begins it again. */
  #look(watch: ListenerWatch): void {
    const { openCommand, seen } = watch;
    const now = { commandId: openCommand(), virtual: this.#clock.now() };
    watch.seen = now;
    delete watch.stop;
    if (now.commandId === undefined) return;
    if (seen?.commandId === now.commandId && seen.virtual === now.virtual) {
      this.#warn(
        `Somebody listens to notifications while command ${now.commandId} is open, and virtual time has not moved for ${(this.#afterMs / 1_000).toFixed(1)} real seconds: listening does not move it. Wait for the command (waitForTerminal of RunCommandClient), or call \`await fake.clock.advance(…)\`.`,
      );
      return;
    }
    watch.stop = realTime.after(this.#afterMs, () => this.#look(watch), { background: true });
  }

  #warn(sentence: string): void {
    if (this.#warned) return;
    this.#warned = true;
    console.warn(sentence);
  }
}
