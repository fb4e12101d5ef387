import { inMessage } from "../../domain/in-message.ts";
import { nearestName } from "../../domain/nearest-name.ts";
import { checkOptions } from "../../domain/options.ts";
import {
  type AgentBehavior,
  byDocument,
  byPlugin,
  fails,
  hangs,
  inOrder,
  killed,
  reboots,
  succeeds,
  when,
} from "./behavior.ts";
import { checkProcess, RESULT_OPTIONS } from "./behavior-options.ts";

/** What makes behaviors, and is easily given instead of one. */
const MAKERS: readonly ((...options: never[]) => unknown)[] = [
  ...[succeeds, fails, hangs, killed, reboots],
  ...[byPlugin, byDocument, inOrder, when],
];

const TYPES = [
  ...Object.keys(RESULT_OPTIONS),
  "inRealTime",
  "byPlugin",
  "byDocument",
  "inOrder",
  "when",
];

/**
 * Returns the behavior if it is valid. Plain data is checked when it is given, so that a duration without its unit is
 * reported where it was written and not where it is first used.
 */
export function checkBehavior(behavior: AgentBehavior, instanceId: string): AgentBehavior {
  if (typeof behavior === "function") {
    const maker = MAKERS.find((each) => each === behavior);
    if (maker === undefined) return behavior;
    throw new TypeError(
      `The behavior of ${instanceId} is the function ${maker.name} itself. Call it: ${maker.name}().`,
    );
  }
  // JavaScript callers, and functions that forget to return, may give anything.
  const given: unknown = behavior;
  if (typeof given !== "object" || given === null) {
    throw new TypeError(
      `The behavior of ${instanceId} is ${inMessage(given)}. Use succeeds(), fails(), hangs() and the like, or a function that returns one.`,
    );
  }
  const place = `the behavior of ${instanceId}`;
  switch (behavior.type) {
    case "exits":
    case "hangs":
    case "killed":
      checkProcess(behavior, RESULT_OPTIONS[behavior.type], place);
      return behavior;
    case "reboots":
      checkProcess(behavior, RESULT_OPTIONS.reboots, place);
      if (behavior.then !== undefined) checkBehavior(behavior.then, instanceId);
      return behavior;
    case "notStarted":
      checkOptions(behavior, RESULT_OPTIONS.notStarted, place);
      if (typeof behavior.reason === "string") return behavior;
      throw new TypeError(
        `reason of ${place} is ${inMessage(behavior.reason)}. Write why it does not start.`,
      );
    case "neverReplies":
      checkOptions(behavior, RESULT_OPTIONS.neverReplies, place);
      return behavior;
    case "inRealTime":
      return behavior;
    case "byPlugin":
    case "byDocument":
      for (const each of Object.values(behavior.behaviors)) checkBehavior(each, instanceId);
      if (behavior.otherwise !== undefined) checkBehavior(behavior.otherwise, instanceId);
      return behavior;
    case "inOrder":
      for (const each of behavior.runs) checkBehavior(each, instanceId);
      return behavior;
    case "when":
      checkBehavior(behavior.behavior, instanceId);
      if (behavior.otherwise !== undefined) checkBehavior(behavior.otherwise, instanceId);
      return behavior;
  }
  // Every type of a behavior has returned above, or this does not compile. JavaScript callers may still give another type.
  behavior satisfies never;
  const type: unknown = Reflect.get(given, "type");
  const nearest = nearestName(String(type), TYPES);
  const meant = nearest === undefined ? "" : ` Did you mean ${JSON.stringify(nearest)}?`;
  throw new TypeError(
    `The behavior of ${instanceId} has the type ${JSON.stringify(type)}.${meant} Use succeeds(), fails(), hangs() and the like, or a function that returns one.`,
  );
}
