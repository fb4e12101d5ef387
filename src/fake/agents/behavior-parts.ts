import type { AgentBehavior, BehaviorByName } from "./behavior.ts";
import { isLeaf } from "./choose-behavior.ts";

/** A part of a behavior that holds for some runs only. */
export interface BehaviorPart {
  /** The choice that it is a part of. */
  readonly of: object;
  /** Which part: a name, the number of a run, or `then` for what a predicate picks. */
  readonly key: string;
  readonly behavior: AgentBehavior;
  /** How a message names it, without its node. */
  readonly label: string;
}

/** The parts of a choice that were written for certain runs; what holds for all others is none, and a leaf has none. */
export function partsOf(behavior: AgentBehavior): readonly BehaviorPart[] {
  if (isLeaf(behavior)) return [];
  switch (behavior.type) {
    case "byPlugin":
    case "byDocument":
      return Object.entries(behavior.behaviors).map(([name, each]) => ({
        of: behavior,
        key: name,
        behavior: each,
        label: `${JSON.stringify(name)} of ${behavior.type}()`,
      }));
    case "inOrder":
      return behavior.runs.map((each, index) => ({
        of: behavior,
        key: String(index),
        behavior: each,
        label: `run ${index + 1} of inOrder()`,
      }));
    case "when":
      return [
        { of: behavior, key: "then", behavior: behavior.behavior, label: "the pick of when()" },
      ];
  }
}

/** A document that a command runs, with the plugins that it reports. */
export interface PluginNames {
  readonly document: string;
  readonly plugins: readonly string[];
}

/** A plugin that a behavior names and no document of the command has. */
export interface UnknownPlugin {
  readonly name: string;
  readonly documents: readonly PluginNames[];
}

/**
 * The plugins that `byPlugin()` names and none of these documents has, in all that a behavior says of these documents.
 *
 * @param fallback - What holds where nothing is chosen: the fake's own behavior.
 */
export function unknownPlugins(
  behavior: AgentBehavior,
  documents: readonly PluginNames[],
  fallback: AgentBehavior | undefined,
): readonly UnknownPlugin[] {
  if (isLeaf(behavior) || documents.length === 0) return [];
  const within = (part: AgentBehavior, of = documents) => unknownPlugins(part, of, fallback);
  /** What holds for the rest: itself without a fallback of its own. */
  const rest = (otherwise: AgentBehavior | undefined, of = documents) => {
    if (otherwise !== undefined) return within(otherwise, of);
    return fallback === undefined ? [] : unknownPlugins(fallback, of, undefined);
  };
  switch (behavior.type) {
    case "byPlugin":
      return [
        ...missing(behavior, documents),
        ...Object.values(behavior.behaviors).flatMap((each) => within(each)),
        ...rest(behavior.otherwise),
      ];
    case "byDocument": {
      const isNamed = ({ document }: PluginNames) => Object.hasOwn(behavior.behaviors, document);
      const named = documents.filter(isNamed).flatMap((each) => {
        const chosen = behavior.behaviors[each.document];
        return chosen === undefined ? [] : within(chosen, [each]);
      });
      return [
        ...named,
        ...rest(
          behavior.otherwise,
          documents.filter((each) => !isNamed(each)),
        ),
      ];
    }
    // Their parts hold for certain runs, perhaps of other documents: they are looked at when they are chosen.
    case "inOrder":
    case "when":
      return [];
  }
}

function missing(
  { behaviors }: BehaviorByName,
  documents: readonly PluginNames[],
): readonly UnknownPlugin[] {
  return Object.keys(behaviors)
    .filter((name) => !documents.some(({ plugins }) => plugins.includes(name)))
    .map((name) => ({ name, documents }));
}
