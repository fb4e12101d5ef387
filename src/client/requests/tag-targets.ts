import type { Target } from "@aws-sdk/client-ssm";

/**
 * The `Targets` of a request that goes to every node with these tags: a node must have all of the tags, each with one of
 * the values given for it. Source: [api-target].
 *
 * @param tags - For each tag name its value, or several values.
 * @throws RangeError when no tag is given, or one without a value.
 *
 * @example
 * ```ts
 * tagTargets({ Role: "web", Env: ["prod", "staging"] });
 * //=> [{ Key: "tag:Role", Values: ["web"] }, { Key: "tag:Env", Values: ["prod", "staging"] }]
 * ```
 */
export function tagTargets(tags: Readonly<Record<string, string | readonly string[]>>): Target[] {
  return targetsOf(tags, "tagTargets");
}

/** The same for another function, which messages name. */
export function targetsOf(
  tags: Readonly<Record<string, string | readonly string[]>>,
  place: string,
): Target[] {
  if (Array.isArray(tags) || ("Key" in tags && "Values" in tags)) {
    throw new TypeError(
      `${place} was given tags in AWS's form. Name them, such as { Role: "web" }.`,
    );
  }
  const targets = Object.entries(tags).map(([tag, values]) => ({
    Key: `tag:${tag}`,
    Values: typeof values === "string" ? [values] : [...values],
  }));
  if (targets.length === 0) {
    throw new RangeError(
      `${place} was given no tag, so it would target nothing. Name at least one, such as { Role: "web" }.`,
    );
  }
  const empty = targets.find(({ Values }) => Values.length === 0);
  if (empty !== undefined) {
    throw new RangeError(
      `${empty.Key} has no value, so no node could match it. Give it one, or leave the tag out.`,
    );
  }
  return targets;
}
