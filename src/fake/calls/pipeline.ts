import {
  DRIVEN,
  type DrivenClock,
  frozenInBubble,
  noteAnswerInBubble,
  noteCallInBubble,
  noteFaultInBubble,
} from "../../time/clock.ts";
import type { Refusal, Result } from "../result.ts";
import type { CallTime, TimedCall } from "./call-time.ts";
import { connectionReset, noAnswer } from "./connection-errors.ts";
import type { Faults } from "./faults.ts";
import type { Handlers } from "./handlers.ts";
import type { CallJournal, CallMade } from "./journal.ts";
import type { OpenCommand, StallWatch } from "./watches/stall-watch.ts";
import type { WallClockWatch } from "./watches/wall-clock-watch.ts";
import type { WrongTypes } from "./watches/wrong-types.ts";

/** An answer whose body is cut in the middle, and what it would have been. */
export interface BrokenAnswer {
  readonly ok: "broken";
  readonly whole: Result<unknown>;
}

/** The result of a call, for an adapter. */
export type CallResult = Result<unknown> | BrokenAnswer;

/**
 * A call as adapters make it.
 *
 * @throws An error with the code `ECONNRESET` for a connection that breaks off, and one with the code `ETIMEDOUT` for an answer
 *   that does not come, as real handlers of the SDK do.
 */
export type Call = (operation: string, input: unknown) => Promise<CallResult>;

/** A service of the account in one region. */
export interface Service {
  /** The prefix of its actions in a policy: `ssm`, `logs`. */
  readonly name: string;
  readonly region: string;
  readonly call: (operation: string, input: unknown) => Promise<Result<unknown>>;
  /** Called when what `call` has returned leaves as the answer, for what the service does then. */
  readonly answerLeaves?: (operation: string, answer: unknown) => void;
  /** The refusal of a call that the caller may not make, with its user, action and resource. */
  readonly denial: (operation: string, input: unknown) => Refusal;
  /** A refusal that faults have in the words of most services, in those of this one. @default as it is */
  readonly inOwnWords?: (refusal: Refusal) => Refusal;
  /** Finds a command of the region that is open. */
  readonly openCommand: OpenCommand;
}

/** What every call of every service passes through. All services of a fake share these objects. */
export interface PipelineParts {
  readonly clock: DrivenClock;
  readonly journal: CallJournal;
  readonly faults: Faults;
  readonly handlers: Handlers;
  readonly stalls: StallWatch;
  readonly wallClocks: WallClockWatch;
  readonly wrongTypes: WrongTypes;
  readonly callTime: CallTime;
  /** Whether the calls come over HTTP. @default false */
  readonly isServed?: boolean;
}

/**
 * What stands between an adapter and a service. A call first takes its time, then meets the faults, then the handlers of
 * the test, then the service. The journal gets every fault, answer and refusal.
 */
export function throughPipeline(service: Service, parts: PipelineParts): Call {
  const {
    clock,
    journal,
    faults,
    handlers,
    stalls,
    wallClocks,
    wrongTypes,
    callTime,
    isServed = false,
  } = parts;
  const { region, openCommand, inOwnWords = (refusal: Refusal) => refusal } = service;

  return async (operation, input) => {
    noteCallInBubble();
    const isLeftBehind = frozenInBubble();
    if (isLeftBehind !== undefined) await isLeftBehind;
    const begun = stalls.mark();
    try {
      return await pass(operation, input);
    } finally {
      stalls.sawCall({ operation, input, openCommand, isServed, begun });
      noteAnswerInBubble();
      // The code that has called may have been left behind meanwhile.
      const frozen = frozenInBubble();
      if (frozen !== undefined) await frozen;
    }
  };

  async function pass(operation: string, input: unknown): Promise<CallResult> {
    const call = callTime.begin(operation, { isServed });
    await call.untilLook();
    const denial = () => service.denial(operation, input);
    const drawn = faults.draw({ operation, denial });
    const fault = drawn?.type === "refuse" ? { ...drawn, ...inOwnWords(drawn) } : drawn;
    if (fault !== undefined) {
      const name = fault.type === "refuse" ? { name: fault.name } : {};
      journal.recordFault({ ...made(operation, input), fault: fault.type, ...name });
      const { message } = fault.type === "refuse" ? fault : {};
      noteFaultInBubble({ fault: fault.type, ...name, message });
    }
    switch (fault?.type) {
      case undefined:
        return answer(call, input);
      case "refuse":
        await call.untilAnswer();
        return { ok: false, refusal: fault };
      case "resetConnection":
        await call.untilAnswer();
        throw connectionReset("socket hang up");
      case "delay":
        await call.delay(fault.by);
        return answer(call, input);
      case "breakBody":
        return { ok: "broken", whole: await answer(call, input) };
      case "loseAnswer":
        await answer(call, input);
        if (fault.as === "reset") throw connectionReset("socket hang up");
        // Over HTTP the client decides how long it waits.
        if (!isServed) await call.untilGivenUp();
        throw noAnswer(operation);
    }
  }

  async function answer(call: TimedCall, input: unknown): Promise<Result<unknown>> {
    const { operation } = call;
    const handled = inWords(await handle(operation, input));
    const given = handled ?? (await service.call(operation, input));
    journal.record(made(operation, input), given.ok ? undefined : given.refusal);
    if (handled === undefined) wallClocks.sawCall(operation, input);
    // A client of another process may be of any language, and its refusals are in the log of the server.
    if (!given.ok && !isServed) wrongTypes.sawRefusal(operation, given.refusal);
    const isAnswer = handled === undefined && given.ok;
    await call.untilAnswer(() => isAnswer && service.answerLeaves?.(operation, given.value));
    return given;
  }

  async function handle(operation: string, input: unknown): Promise<Result<object> | undefined> {
    if (!handlers.has(operation)) return undefined;
    const end = stalls.waitsForHandler(operation);
    const enter = () => clock[DRIVEN]?.virtual?.codeUnderWay.begin({ holdsTime: false });
    try {
      return await handlers.handle(made(operation, input), enter);
    } finally {
      end();
    }
  }

  /** What a handler of the test refuses has the service's name for it, and the message that the test gave. */
  function inWords(handled: Result<object> | undefined): Result<object> | undefined {
    if (handled === undefined || handled.ok) return handled;
    const { message } = handled.refusal;
    const said = message === undefined ? {} : { message };
    return { ok: false, refusal: { ...inOwnWords(handled.refusal), ...said } };
  }

  function made(operation: string, input: unknown): CallMade {
    return { at: clock.now(), region, operation, input };
  }
}
