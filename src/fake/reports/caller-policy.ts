import { type ArnHome, allNodeArns, bucketArn, nodeArn } from "../../domain/arns.ts";
import { checkStrings, type TagTarget, tagsCondition } from "../../domain/caller-calls.ts";
import type { IamPolicy } from "../../domain/iam-policy.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import { arnOf } from "../../domain/partition.ts";
import type { CallMade } from "../calls/journal.ts";
import { isNamingIds } from "../engine/targets.ts";
import { OPERATION_NEEDS, textsIn } from "./operation-needs.ts";
import { type Grant, policyOf } from "./policy-of-grants.ts";

/**
 * Where the policy holds.
 *
 * @inline
 */
export type JournalPolicyOptions = {
  /** The region, or a pattern. @default the region that each call asked */
  region?: string | undefined;
  /** The account, or a pattern. @default the account of the fake */
  accountId?: string | undefined;
};

/** The options of `fake.callerPolicy()`. */
export const JOURNAL_POLICY_OPTIONS = {
  region: "a string",
  accountId: "a string",
} as const satisfies OptionTable<JournalPolicyOptions>;

/**
 * The least policy for these calls, whether they were answered or not; without calls, one without statements.
 *
 * @param account - The account of the fake.
 * @throws Error for an operation that the fake does not answer: which permission it needs is not known.
 */
export function policyOfCalls(
  calls: Iterable<CallMade>,
  account: string,
  options: JournalPolicyOptions = {},
): IamPolicy {
  const place = "fake.callerPolicy()";
  checkOptions(options, JOURNAL_POLICY_OPTIONS, place);
  checkStrings(options, place);
  const grants = [...calls].flatMap((call) => {
    const { region = call.region, accountId = account } = options;
    return grantsOf(call, { region, accountId });
  });
  return policyOf(grants);
}

/** A target with both of its members. */
interface NamedTarget extends TagTarget {
  readonly Key: string;
  readonly Values: string[];
}

/** What a call needs. */
function grantsOf({ operation, input }: CallMade, home: ArnHome): readonly Grant[] {
  const known: Readonly<Record<string, (typeof OPERATION_NEEDS)[keyof typeof OPERATION_NEEDS]>> =
    OPERATION_NEEDS;
  const needs = Object.hasOwn(known, operation) ? known[operation] : undefined;
  if (needs === undefined) {
    throw new Error(
      `The journal has a call of ${operation.slice(0, 100)}, which the fake does not answer, so fake.callerPolicy() does not know what it needs. Call fake.callerPolicy() for a test without that call, and add its permission yourself.`,
    );
  }
  const [action, resourcesOf] = needs;
  const grant = { Action: [action], Resource: resourcesOf(input, home) };
  if (operation === "SendCommand") return [grant, ...sendingGrants(input, home)];
  // A document that is made with tags is tagged [iam-actions-ssm].
  if (operation === "CreateDocument" && itemsIn(input, "Tags").length > 0) {
    return [grant, { ...grant, Action: ["ssm:AddTagsToResource"] }];
  }
  return [grant];
}

/** What SendCommand needs beside the document: its nodes, the bucket and the role that it names. */
function sendingGrants(input: unknown, home: ArnHome): readonly Grant[] {
  const buckets = textsIn(input, "OutputS3BucketName");
  const roles = textsIn(input, "ServiceRoleArn");
  const bucketArns = buckets.map((name) => bucketArn(name, home.region));
  return [
    ...nodesGrants(input, home),
    // A bucket is among the resources of SendCommand [iam-actions-ssm].
    { Action: ["ssm:SendCommand"], Resource: bucketArns },
    {
      Action: ["iam:PassRole"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com"] } },
    },
  ];
}

/** The permission to send to the nodes that a request means: named ones, those with tags, those of a resource group. */
function nodesGrants(input: unknown, home: ArnHome): readonly Grant[] {
  const Action = ["ssm:SendCommand"];
  const named = textsIn(input, "InstanceIds");
  if (named.length > 0) return [{ Action, Resource: named.map((id) => nodeArn(id, home)) }];
  const targets = targetsIn(input);
  if (targets.length === 0) return [];
  const groups = targets.filter(({ Key }) => Key === "resource-groups:Name");
  const ids = targets.find(isNamingIds)?.Values;
  const Resource = ids?.map((id) => nodeArn(id, home)) ?? allNodeArns(home);
  const conditions = tagSets(targets).map((tags) =>
    tags.length === 0 ? { Action, Resource } : { Action, Resource, Condition: tagsCondition(tags) },
  );
  return [...conditions, ...groups.flatMap(({ Values }) => groupGrants(Values, home))];
}

/** What targets of resource groups need besides [api-list-group-resources]. */
function groupGrants(names: readonly string[], home: ArnHome): readonly Grant[] {
  const arns = names.map((name) =>
    name.startsWith("arn:")
      ? name
      : arnOf("resource-groups", { ...home, resource: `group/${name}` }),
  );
  return [
    { Action: ["resource-groups:ListGroupResources"], Resource: arns },
    { Action: ["tag:GetResources"], Resource: ["*"] },
  ];
}

/** The targets by tags, as sets of which a node has to fit one: `tag-key` lists tags of which one will do, with any value. */
function tagSets(targets: readonly NamedTarget[]): readonly (readonly NamedTarget[])[] {
  return targets.reduce<readonly (readonly NamedTarget[])[]>(
    (sets, { Key, Values }) => {
      if (Values.length === 0) return [];
      if (Key.startsWith("tag:")) {
        return sets.map((set) => [...set, { Key, Values: Values.map(literally) }]);
      }
      if (Key !== "tag-key") return sets;
      return sets.flatMap((set) => Values.map((tag) => withTag(set, tag)));
    },
    [[]],
  );
}

/** These tags and one more, whatever its value, unless it is among them. */
function withTag(tags: readonly NamedTarget[], name: string): readonly NamedTarget[] {
  const Key = `tag:${name}`;
  return tags.some((tag) => tag.Key === Key) ? tags : [...tags, { Key, Values: ["*"] }];
}

/** A value of a tag as a pattern that fits nothing else: targets have no patterns, conditions have. */
function literally(value: string): string {
  return value.replace(/[*?$]/g, (each) => `\${${each}}`);
}

/** The targets in the input of a call, which may not have been checked. */
function targetsIn(input: unknown): readonly NamedTarget[] {
  return itemsIn(input, "Targets").map((target) => ({
    Key: textsIn(target, "Key")[0] ?? "",
    Values: itemsIn(target, "Values").filter((each) => typeof each === "string"),
  }));
}

function itemsIn(input: unknown, name: string): readonly unknown[] {
  const held: unknown = Reflect.get(Object(input), name);
  return Array.isArray(held) ? held : [];
}
