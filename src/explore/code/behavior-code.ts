import type { AgentBehavior } from "../../fake/index.ts";
import { type Code, call, members } from "./code-layout.ts";
import { given, type Helper, keyOf, literal, type Uses } from "./literal.ts";

/** A behavior as the call that makes it, where there is one; else as data, or as the function that it is. */
export function behaviorCode(behavior: AgentBehavior, uses: Uses): Code {
  if (typeof behavior === "function") return literal(behavior, uses);
  const each = (of: AgentBehavior) => behaviorCode(of, uses);
  const made = (helper: Helper, args: readonly Code[]) => {
    uses(helper);
    return call(helper, args);
  };
  const otherwise = (of: { readonly otherwise?: AgentBehavior | undefined }) =>
    of.otherwise === undefined ? [] : [each(of.otherwise)];
  switch (behavior.type) {
    case "exits": {
      const { exitCode = 0, ...process } = behavior;
      if (exitCode === 0) return made("succeeds", optionsOf(process, uses));
      return made(
        "fails",
        optionsOf({ ...(exitCode === 1 ? {} : { exitCode }), ...process }, uses),
      );
    }
    case "killed": {
      const { signal, ...process } = behavior;
      return made(
        "killed",
        optionsOf({ ...(signal === "killed" ? {} : { signal }), ...process }, uses),
      );
    }
    case "hangs":
    case "reboots":
      return made(behavior.type, optionsOf(behavior, uses));
    case "inOrder":
      return made("inOrder", behavior.runs.map(each));
    case "byPlugin":
    case "byDocument": {
      const byName = Object.entries(behavior.behaviors);
      const table = members(byName.map(([name, of]) => [keyOf(name), each(of)]));
      return made(behavior.type, [table, ...otherwise(behavior)]);
    }
    case "when": {
      const predicate = literal(behavior.predicate, uses);
      return made("when", [predicate, each(behavior.behavior), ...otherwise(behavior)]);
    }
    case "notStarted":
    case "neverReplies":
    case "inRealTime":
      return literal(behavior, uses);
  }
}

/** Whether a behavior is that of a node which is told none. */
export function isDefault(behavior: AgentBehavior): boolean {
  if (typeof behavior === "function" || behavior.type !== "exits") return false;
  const { exitCode = 0, ...process } = behavior;
  return exitCode === 0 && stated(process).length === 0;
}

/** The options of a call; none if they say nothing. */
function optionsOf(process: object, uses: Uses): readonly Code[] {
  const options = stated(process);
  if (options.length === 0) return [];
  return [
    members(
      options.map(([name, value]) => [
        name,
        // Only what a rerun comes to is a behavior, in a member of this name.
        name === "then" ? behaviorCode(value as AgentBehavior, uses) : literal(value, uses),
      ]),
    ),
  ];
}

/** What a process says beside its type and what holds of every process. */
function stated(process: object): readonly (readonly [string, unknown])[] {
  return given(process).filter(([name, value]) => name !== "type" && !holdsAnyway(name, value));
}

function holdsAnyway(name: string, value: unknown): boolean {
  switch (name) {
    case "stdout":
    case "stderr":
      return value === "";
    case "writes":
      return Array.isArray(value) && value.length === 0;
    case "after":
    case "takes":
    case "killTakes":
      return typeof value === "string" && /^0(?:\.0+)?(?:ms|s|m|h|d)$/.test(value);
    default:
      return false;
  }
}
