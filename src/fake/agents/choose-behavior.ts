import {
  type AgentBehavior,
  type BehaviorByName,
  type BehaviorFunction,
  type PluginRun,
  type RealTimeBehavior,
  succeeds,
} from "./behavior.ts";
import type { PluginResult } from "./plugin-result.ts";

/** A behavior that leaves no further choice: data, a function, or real work. */
export type LeafBehavior = PluginResult | BehaviorFunction | RealTimeBehavior;

/** What a choice depends on besides the behavior itself. */
export interface ChoiceContext {
  readonly run: () => PluginRun;
  /** How often this list has been asked for this node before. */
  readonly timesAsked: (list: object) => number;
  /** Told of each part that is chosen, by its key as `partsOf` has it. */
  readonly noteChosen: (of: object, key: string, part: AgentBehavior) => void;
  /** What holds when nothing was chosen: the fake's own behavior. */
  readonly fallback: AgentBehavior;
}

/** Whether a behavior leaves no further choice. */
export function isLeaf(behavior: AgentBehavior): behavior is LeafBehavior {
  return typeof behavior === "function" || behavior.type === "inRealTime" || isPlain(behavior);
}

/** Whether a behavior is data that describes the result of a process. */
export function isPlain(behavior: AgentBehavior): behavior is PluginResult {
  if (typeof behavior === "function") return false;
  switch (behavior.type) {
    case "exits":
    case "hangs":
    case "killed":
    case "notStarted":
    case "reboots":
    case "neverReplies":
      return true;
    case "inRealTime":
    case "byPlugin":
    case "byDocument":
    case "inOrder":
    case "when":
      return false;
  }
}

/** Follows the choices of a behavior to the one that holds for this run. */
export function chooseBehavior(behavior: AgentBehavior, context: ChoiceContext): LeafBehavior {
  if (typeof behavior === "function") return behavior;
  switch (behavior.type) {
    case "byPlugin":
      return chooseByName(context.run().plugin.name, { choice: behavior, context });
    case "byDocument":
      return chooseByName(context.run().documentName, { choice: behavior, context });
    case "inOrder": {
      const last = behavior.runs.length - 1;
      const index = Math.min(context.timesAsked(behavior), last);
      const chosen = behavior.runs[index];
      if (chosen !== undefined) context.noteChosen(behavior, String(index), chosen);
      return chooseOrFallBack(chosen, context);
    }
    case "when": {
      const { predicate, behavior: then, otherwise } = behavior;
      if (!isPicked(predicate(context.run()))) return chooseOrFallBack(otherwise, context);
      context.noteChosen(behavior, "then", then);
      return chooseOrFallBack(then, context);
    }
    case "exits":
    case "hangs":
    case "killed":
    case "notStarted":
    case "reboots":
    case "neverReplies":
    case "inRealTime":
      return behavior;
  }
}

/** What a predicate has returned. A promise would count as true, whatever it resolves with. */
function isPicked(picked: unknown): boolean {
  if (typeof picked === "object" && picked !== null && "then" in picked) {
    throw new TypeError(
      "The function of when() returned a promise. Let it return true or false at once; for code that waits give the node a function: async (run) => fails().",
    );
  }
  return Boolean(picked);
}

/** The fake's own behavior holds when nothing was chosen; if that one chooses nothing either, the process succeeds. */
function chooseOrFallBack(
  behavior: AgentBehavior | undefined,
  context: ChoiceContext,
): LeafBehavior {
  if (behavior !== undefined) return chooseBehavior(behavior, context);
  return chooseBehavior(context.fallback, { ...context, fallback: succeeds() });
}

function chooseByName(
  name: string,
  { choice, context }: { readonly choice: BehaviorByName; readonly context: ChoiceContext },
): LeafBehavior {
  const { behaviors, otherwise } = choice;
  const named = Object.hasOwn(behaviors, name) ? behaviors[name] : undefined;
  if (named === undefined) return chooseOrFallBack(otherwise, context);
  context.noteChosen(choice, name, named);
  return chooseBehavior(named, context);
}
