import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import { isNamingIds } from "../../engine/targets.ts";
import type { Refusal } from "../../result.ts";

/** A rule about the targets of a request, and the message of a request that breaks it. */
interface TargetRule {
  readonly breaks: (asked: Asked) => boolean;
  readonly message: string;
}

interface Asked {
  readonly ids: number;
  readonly keys: readonly string[];
  /** How many names the target `resource-groups:Name` lists. */
  readonly groups: number;
  /** What the target `resource-groups:ResourceTypeFilters` lists; undefined without that target. */
  readonly types: readonly string[] | undefined;
  /** Whether one of the targets lists a value twice. */
  readonly hasValueTwice: boolean;
}

/** The types of resources that commands can be sent to. */
const NODE_TYPES: readonly string[] = ["AWS::EC2::Instance", "AWS::SSM::ManagedInstance"];

/** The keys of resource groups. */
const GROUP_KEYS: readonly string[] = [
  "resource-groups:Name",
  "resource-groups:ResourceTypeFilters",
];

const isGroup = (key: string) => GROUP_KEYS.includes(key);
const isTag = (key: string) => key.startsWith("tag:") || key === "tag-key";
const isIds = (key: string) => isNamingIds({ Key: key });

/**
 * The rules; the first one that is broken decides (their order is our decision). The messages about tags, ids, several
 * names, types and duplicates are AWS's, with the typographic apostrophe and the blanks that are missing
 * [rec-2026-10-01-resource-groups]. What AWS says to neither and to both is question
 * 32 of docs/settings.md, and what it says to an unknown key is not known: these messages are ours.
 */
const TARGET_RULES: readonly TargetRule[] = [
  {
    breaks: ({ ids, keys }) => ids === 0 && keys.length === 0,
    message: "InstanceIds or Targets must be specified.",
  },
  {
    breaks: ({ ids, keys }) => ids > 0 && keys.length > 0,
    message: "InstanceIds and Targets can't be specified together.",
  },
  {
    breaks: ({ keys }) => new Set(keys).size < keys.length,
    message:
      "Duplicate keys are not supported for targets. Remove the duplicate key, and try again.",
  },
  {
    breaks: ({ keys }) => keys.some(isGroup) && keys.some(isTag),
    message:
      "A tag-key name or tag key-value pair can’t be specified together in the same command as a resource group target. Remove one target type, and try again.",
  },
  {
    breaks: ({ keys }) => keys.some(isGroup) && keys.some(isIds),
    message:
      "Instance IDs and a target resource group can’t be specified together in the same command. Remove one target type, and try again.",
  },
  {
    breaks: ({ groups }) => groups > 1,
    message:
      "Multiple resource key values are not supported for resource group targets. Remove all but one value, and try again.",
  },
  {
    breaks: ({ types }) => types !== undefined && !types.some((type) => NODE_TYPES.includes(type)),
    message:
      "Resource type filters must specify at least one of the valid send-command resource types: AWS::EC2::Instance or AWS::SSM::ManagedInstance.Add one or all of these valid types, and try again.",
  },
  {
    breaks: ({ hasValueTwice }) => hasValueTwice,
    message:
      "Duplicate values are not supported for Instance IDs, tag or resource group targets.Remove the duplicate value from key, and try again.",
  },
  {
    breaks: ({ keys }) => keys.some((key) => !isGroup(key) && !isTag(key) && !isIds(key)),
    message:
      "Target keys must be InstanceIds, tag:NAME, tag-key, resource-groups:Name or resource-groups:ResourceTypeFilters.",
  },
];

/** Why the service refuses the targets of a request, or undefined. */
export function refuseTargets({ InstanceIds, Targets }: SendCommandRequest): Refusal | undefined {
  const targets = Targets ?? [];
  const valuesOf = (key: string) => targets.find(({ Key }) => Key === key)?.Values;
  const asked: Asked = {
    ids: InstanceIds?.length ?? 0,
    keys: targets.map(({ Key = "" }) => (isIds(Key) ? "InstanceIds" : Key)),
    groups: valuesOf("resource-groups:Name")?.length ?? 0,
    types: valuesOf("resource-groups:ResourceTypeFilters"),
    hasValueTwice: targets.some(({ Values = [] }) => new Set(Values).size < Values.length),
  };
  const broken = TARGET_RULES.find(({ breaks }) => breaks(asked));
  return broken && { name: "ValidationException", message: broken.message };
}
