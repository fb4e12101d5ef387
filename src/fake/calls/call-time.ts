import { type ClockDriver, DRIVEN, type DrivenClock, realTime } from "../../time/clock.ts";
import { ClockResetError } from "../../time/clock-reset-error.ts";
import { type Duration, toMs } from "../../time/duration.ts";
import type { StallWatch } from "./watches/stall-watch.ts";

/** What the latency of a fake says of calls, in milliseconds. */
export interface CallLatency {
  readonly callDelay: number;
  readonly sendAnswerDelay: number;
}

/** What decides how long calls take. */
export interface CallTimeParts {
  readonly clock: DrivenClock;
  readonly stalls: StallWatch;
  readonly latency: CallLatency;
  /** What every call takes instead, on every clock. */
  readonly callTakes: Duration | undefined;
}

/** How long a call takes, in milliseconds. */
export interface CallTakes {
  /** Before the service looks at it. */
  readonly beforeLook: number;
  /** From then on to its answer. */
  readonly beforeAnswer: number;
  /** In real time, once its answer has left the service. */
  readonly onTheWay: number;
}

/** What decides how long a call takes. */
export interface CallSurroundings {
  readonly operation: string;
  readonly latency: CallLatency;
  /** Milliseconds that every call takes instead. */
  readonly callTakes: number | undefined;
  /** Whether it is a virtual clock that skips, one of ours that runs by itself, or any other. */
  readonly clock: "skips" | "wall" | "other";
  /** Whether the call comes over HTTP. */
  readonly isServed: boolean;
  /** Whether a behavior or a handler is under way, which may be what calls. */
  readonly isInside: boolean;
  /** Whether time flows with the wall clock, while real work runs. */
  readonly isFlowing: boolean;
}

/**
 * How long a call takes: nothing where time would have to be waited for. The service looks at SendCommand at once, as
 * RequestedDateTime shows, and at other calls when their time has passed, so that a poll sees what is true then (our
 * decision; [rec-2026-09-27-managed-execution] has the instants of the answers only). On a wall clock the only call whose
 * duration tells is SendCommand, over HTTP: code that looks when it is answered finds the records of ids, and, unless the
 * clock runs about three times as fast or faster, not those of tags.
 */
export function timeOfCall(surroundings: CallSurroundings): CallTakes {
  const { operation, latency, callTakes, clock, isServed, isInside, isFlowing } = surroundings;
  const isSend = operation === "SendCommand";
  if (isInside) return NOTHING;
  if (callTakes !== undefined) return { beforeLook: callTakes, beforeAnswer: 0, onTheWay: 0 };
  const { callDelay, sendAnswerDelay } = latency;
  if (clock === "wall" && isServed && isSend) {
    return { beforeLook: 0, beforeAnswer: 0, onTheWay: sendAnswerDelay };
  }
  if (clock !== "skips" || isFlowing) return NOTHING;
  return isSend
    ? { beforeLook: 0, beforeAnswer: sendAnswerDelay, onTheWay: 0 }
    : { beforeLook: callDelay, beforeAnswer: 0, onTheWay: 0 };
}

/** A call, and the time that it takes. A reset of the fake ends each of these with {@link ClockResetError}. */
export interface TimedCall {
  readonly operation: string;
  /** Resolves when the service looks at it. */
  readonly untilLook: () => Promise<void>;
  /** Resolves when a delay of the test is over. */
  readonly delay: (duration: Duration) => Promise<void>;
  /**
   * Resolves when its answer arrives.
   *
   * @param leaves - Called when it leaves the service.
   */
  readonly untilAnswer: (leaves?: () => void) => Promise<void>;
  /** Resolves when its caller gives up waiting for an answer that is lost. */
  readonly untilGivenUp: () => Promise<void>;
}

/** How long a caller waits for an answer that is lost, in milliseconds (our decision). */
const PATIENCE_MS = 30_000;

/** Lets the time pass that calls take. */
export class CallTime {
  readonly #parts: CallTimeParts;
  readonly #callTakes: number | undefined;
  #resets = 0;

  constructor(parts: CallTimeParts) {
    this.#parts = parts;
    const { callTakes } = parts;
    this.#callTakes = callTakes === undefined ? undefined : toMs(callTakes, "callTakes");
  }

  /** A call begins. What it takes is decided now. */
  begin(operation: string, { isServed }: { readonly isServed: boolean }): TimedCall {
    const { clock, latency, stalls } = this.#parts;
    const driver = clock[DRIVEN];
    const virtual = driver?.virtual;
    const isInside = virtual?.codeUnderWay.isThere ?? false;
    const isFlowing = virtual?.state() === "flowing";
    const isWall = driver !== undefined && virtual === undefined;
    const skips = virtual?.skips() ?? false;
    const takes = timeOfCall({
      operation,
      latency,
      callTakes: this.#callTakes,
      clock: skips ? "skips" : isWall ? "wall" : "other",
      isServed,
      isInside,
      isFlowing,
    });
    // Every so often time may move on in such a turn: code that polls without a wait may be what a handler waits for.
    const mayMove = stalls.needsTurn();
    const holdsTime = isInside && !isFlowing && !mayMove;
    const needsTurn = isInside || isFlowing || mayMove;
    const resets = this.#resets;
    const isReset = () => this.#resets !== resets;
    // Whatever has ended the wait: a reset that takes a while lets it come to its end.
    const passes = (wait: Promise<void>) =>
      wait.then(
        () => {
          if (isReset()) throw endedByReset(operation);
        },
        (error: unknown) => {
          throw isReset() ? endedByReset(operation) : error;
        },
      );
    return {
      operation,
      untilLook: async () => {
        if (takes.beforeLook > 0) await passes(this.#sleep(operation, `${takes.beforeLook}ms`));
        // Code that polls without a wait must not keep a shell, or what a behavior waits for, from going on.
        else if (needsTurn) await passes(turn(holdsTime ? driver : undefined));
      },
      delay: (duration) => passes(this.#sleep(operation, duration)),
      untilAnswer: async (leaves) => {
        // Also when another fake has reset the clock: the command is there.
        const leave = () => {
          if (!isReset()) leaves?.();
        };
        if (takes.beforeAnswer === 0) leave();
        else await passes(this.#beforeAnswer(operation, takes.beforeAnswer).finally(leave));
        if (takes.onTheWay > 0) await passes(realTime.sleep(takes.onTheWay));
        if (isReset()) throw endedByReset(operation);
      },
      untilGivenUp: async () => {
        if (!skips || isInside || isFlowing) return;
        await passes(this.#beforeAnswer(operation, PATIENCE_MS));
      },
    };
  }

  /** Ends the calls that are under way. */
  reset(): void {
    this.#resets++;
  }

  async #sleep(operation: string, duration: Duration, signal?: AbortSignal): Promise<void> {
    const end = this.#parts.stalls.takesTime(operation);
    try {
      await this.#parts.clock.sleep(duration, signal);
    } finally {
      end();
    }
  }

  /** A behavior that holds time still may wait for what the test does next: it lets the answer out at once. */
  async #beforeAnswer(operation: string, ms: number): Promise<void> {
    const code = this.#parts.clock[DRIVEN]?.virtual?.codeUnderWay;
    if (code?.isThere) return;
    const letOut = new AbortController();
    const stopListening = code?.whenHeld(() => letOut.abort());
    try {
      await this.#sleep(operation, `${ms}ms`, letOut.signal);
    } catch (error) {
      if (error !== letOut.signal.reason) throw error;
    } finally {
      stopListening?.();
    }
  }
}

/** A turn of the event loop, in which time stands still on this clock. */
async function turn(driver: ClockDriver | undefined): Promise<void> {
  const release = driver?.hold?.();
  await realTime.nextTurn();
  release?.();
}

function endedByReset(operation: string): ClockResetError {
  return new ClockResetError(
    `The fake was reset while a call of ${operation} was under way. End the code that makes it, or await it, before you reset the fake.`,
  );
}

/** Whether a call was under way when its fake, or the clock of that, was reset. */
export function isEndedByReset(error: unknown): error is ClockResetError {
  return error instanceof ClockResetError;
}

/** The same call; when a reset ends it, and the test has left it behind, nobody has to handle that. */
export function forgivingReset<T>(call: Promise<T>): Promise<T> {
  const result = call.catch((error: unknown) => {
    if (isEndedByReset(error)) result.catch(() => {});
    throw error;
  });
  return result;
}

const NOTHING: CallTakes = { beforeLook: 0, beforeAnswer: 0, onTheWay: 0 };
