/** A policy document of which statements allow, as far as these tests need it. */
export interface Policy {
  readonly Statement: readonly {
    readonly Action: readonly string[];
    readonly Resource: "*" | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  }[];
}

/** What somebody wants to do; without a resource, to anything that the policy names. */
export interface Wish {
  readonly action: string;
  readonly resource?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Whether a policy allows an action: as IAM decides, by patterns with `*` and conditions on the tags of the resource. */
export function isAllowed(policy: Policy, { action, resource, tags = {} }: Wish): boolean {
  return policy.Statement.some(({ Action, Resource, Condition = {} }) => {
    const isNamed =
      resource === undefined || [Resource].flat().some((pattern) => isLike(pattern, resource));
    const isTagged = Object.entries(Condition["StringLike"] ?? {}).every(([key, values]) => {
      const tag = tags[key.replace("ssm:resourceTag/", "")];
      return tag !== undefined && values.some((value) => isLike(value, tag));
    });
    return Action.includes(action) && isNamed && isTagged;
  });
}

/** The policies that lack one of the actions, or one of the resources, of this one. */
export function narrower(
  policy: Policy,
): readonly { readonly without: string; readonly policy: Policy }[] {
  const { Statement } = policy;
  return Statement.flatMap((statement, at) => {
    const lacking = (without: string, changed: Partial<typeof statement>) => ({
      without,
      policy: { Statement: Statement.with(at, { ...statement, ...changed }) },
    });
    const { Action, Resource } = statement;
    const actions = Action.map((each) =>
      lacking(each, { Action: Action.filter((other) => other !== each) }),
    );
    const list = Resource === "*" ? [] : Resource;
    const resources = list.map((each) =>
      lacking(`${Action} on ${each}`, { Resource: list.filter((other) => other !== each) }),
    );
    return [...actions, ...resources];
  });
}

function isLike(pattern: string, text: string): boolean {
  const escaped = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`).test(text);
}
