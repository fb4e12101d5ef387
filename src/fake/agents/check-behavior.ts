import { toMs } from "../../time/duration.ts";
import type { AgentBehavior } from "./behavior.ts";
import type { ProcessOutput } from "./plugin-result.ts";

/**
 * Returns the behavior if it is valid. Plain data is checked when it is given, so that a duration without its unit is
 * reported where it was written and not where it is first used.
 */
export function checkBehavior(behavior: AgentBehavior, instanceId: string): AgentBehavior {
  if (typeof behavior === "function") return behavior;
  // JavaScript callers, and functions that forget to return, may give anything.
  const given: unknown = behavior;
  if (typeof given !== "object" || given === null) {
    throw new TypeError(
      `The behavior of ${instanceId} is ${String(given)}. Use succeeds(), fails(), hangs() and the like, or a function that returns one.`,
    );
  }
  const of = `of the behavior of ${instanceId}`;
  switch (behavior.type) {
    case "exits":
      if (behavior.exitCode !== undefined && !Number.isInteger(behavior.exitCode)) {
        throw new TypeError(`exitCode ${of} is ${behavior.exitCode}. Write a whole number.`);
      }
      toMs(behavior.after ?? "0s", `after ${of}`);
      return checkOutput(behavior, of);
    case "hangs":
      return checkOutput(behavior, of);
    case "killed":
      toMs(behavior.after ?? "0s", `after ${of}`);
      return checkOutput(behavior, of);
    case "reboots":
      toMs(behavior.after ?? "0s", `after ${of}`);
      toMs(behavior.takes ?? "0s", `takes ${of}`);
      if (behavior.then !== undefined) checkBehavior(behavior.then, instanceId);
      return checkOutput(behavior, of);
    case "notStarted":
      if (typeof behavior.reason === "string") return behavior;
      throw new TypeError(
        `reason ${of} is ${String(behavior.reason)}. Write why it does not start.`,
      );
    case "neverReplies":
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
  throw new TypeError(
    `The behavior of ${instanceId} has the type ${JSON.stringify(Reflect.get(given, "type"))}. Use succeeds(), fails(), hangs() and the like, or a function that returns one.`,
  );
}

function checkOutput<B extends ProcessOutput>(behavior: B, of: string): B {
  toMs(behavior.killTakes ?? "0s", `killTakes ${of}`);
  for (const { at } of behavior.writes ?? []) toMs(at, `at of a write ${of}`);
  return behavior;
}
