import type { IamPolicy, IamStatement } from "../../domain/iam-policy.ts";

/** Actions on resources, under a condition or none. */
export type Grant = Pick<IamStatement, "Action" | "Condition"> & {
  readonly Resource: readonly string[];
};

/**
 * The policy that grants these and nothing else, in as few statements as there can be: what another grant of the same action
 * covers is left out, grants of one action are joined, then actions on the same resources. Everything is sorted, so that the
 * same grants make the same policy, in whatever order they come. That of SendCommand stand first.
 */
export function policyOf(grants: readonly Grant[]): IamPolicy {
  const byAction = joined(grants, "Action", "Resource");
  const needed = byAction.map((grant) => ({
    ...grant,
    Resource: grant.Resource.filter((arn) => !isCovered(arn, grant, byAction)),
  }));
  const Statement = joined(needed, "Resource", "Action")
    .filter(({ Resource }) => Resource.length > 0)
    .map(
      ({ Action, Resource, ...condition }): IamStatement => ({
        Effect: "Allow",
        Action,
        Resource: Resource.includes("*") ? "*" : Resource,
        ...condition,
      }),
    )
    .sort((one, other) => compare(rankOf(one), rankOf(other)));
  return { Version: "2012-10-17", Statement };
}

/** Grants with the same condition and the same members `by` as one, which has the other member of all. */
function joined(
  grants: readonly Grant[],
  by: "Action" | "Resource",
  other: "Action" | "Resource",
): readonly Grant[] {
  const found = new Map<string, Grant>();
  for (const grant of grants) {
    const key = JSON.stringify([grant[by], grant.Condition]);
    const all = new Set([...(found.get(key)?.[other] ?? []), ...grant[other]]);
    found.set(key, { ...grant, [other]: [...all].sort() });
  }
  return [...found.values()];
}

/** Whether the same grant has a wider pattern, or a grant of the same action without a condition has this one or a wider. */
function isCovered(arn: string, grant: Grant, all: readonly Grant[]): boolean {
  return all.some((other) => {
    const isSame = other === grant;
    if (!isSame && (other.Condition !== undefined || other.Action[0] !== grant.Action[0]))
      return false;
    return other.Resource.some((pattern) => {
      if (pattern === arn) return !isSame;
      return pattern.endsWith("*") && arn.startsWith(pattern.slice(0, -1));
    });
  });
}

/** What statements are sorted by: SendCommand first, without a condition before with one; then by their actions. */
function rankOf({ Action, Condition }: IamStatement): string {
  const isSending = Action.includes("ssm:SendCommand");
  return JSON.stringify([!isSending, Condition, Action]);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
