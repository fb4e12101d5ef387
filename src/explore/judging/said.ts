import { inMessage } from "../../domain/in-message.ts";
import type { SaidWord } from "../report.ts";

/** The words that a function may say. */
export const SAID_WORDS = [
  "succeeded",
  "failed",
  "partly",
  "cancelled",
  "none",
  "running",
] as const satisfies readonly SaidWord[];

/** What each kind of an outcome of `RunCommandClient`, or of a look, says. */
const OF_KINDS: Readonly<Record<string, SaidWord>> = {
  succeeded: "succeeded",
  incomplete: "partly",
  noTargets: "none",
  failed: "failed",
  deliveryTimedOut: "failed",
  cancelled: "cancelled",
  limitExceeded: "failed",
  accessDenied: "failed",
  unrecognized: "failed",
  running: "running",
  unknown: "running",
};

/**
 * What the result of a function says by itself: one of the words, a boolean, or an outcome. Nothing is `succeeded`, as of a
 * function that throws when something is wrong, and an error is `failed`.
 */
export function saidByDefault(result: unknown, error: unknown): SaidWord | undefined {
  if (error !== undefined) return "failed";
  if (result === undefined || result === true) return "succeeded";
  if (result === false) return "failed";
  if (isSaidWord(result)) return result;
  const isObject = typeof result === "object" && result !== null && "kind" in result;
  const { kind } = isObject ? result : { kind: undefined };
  return typeof kind === "string" && Object.hasOwn(OF_KINDS, kind) ? OF_KINDS[kind] : undefined;
}

/** Whether something is one of the words. */
export function isSaidWord(given: unknown): given is SaidWord {
  return SAID_WORDS.some((word) => word === given);
}

/** The error when nobody knows what a result says. */
export function unknownResult(result: unknown, world: string): TypeError {
  return new TypeError(
    `Your function returned ${inMessage(result)} in the world ${JSON.stringify(world)}, and explore does not know what that says. Return one of ${SAID_WORDS.join(", ")}, a boolean or an outcome, or give explore the option said: (result, error) => word.`,
  );
}

/** The error when `said` says something that is no word. */
export function unknownWord(word: unknown, world: string): TypeError {
  return new TypeError(
    `The option said of explore returned ${inMessage(word)} in the world ${JSON.stringify(world)}. Return one of ${SAID_WORDS.join(", ")}.`,
  );
}
