import type { InstanceInformation } from "@aws-sdk/client-ssm";
import type { FakeNode } from "../../account/nodes.ts";
import type { Refusal } from "../../result.ts";

/** A filter of DescribeInstanceInformation, in either form. */
export interface NodeFilter {
  readonly key: string;
  readonly values: readonly string[];
  readonly isOldForm?: boolean;
}

type Test = (information: InstanceInformation, node: FakeNode) => boolean;
type Member = (information: InstanceInformation) => string | undefined;

/** What the keys look at; those without a member look at what the fake's nodes never have. */
const MEMBERS: Readonly<Record<string, Member>> = {
  ActivationIds: ({ ActivationId }) => ActivationId,
  AgentVersion: ({ AgentVersion }) => AgentVersion,
  AssociationStatus: ({ AssociationStatus }) => AssociationStatus,
  IamRole: ({ IamRole }) => IamRole,
  InstanceIds: ({ InstanceId }) => InstanceId,
  PingStatus: ({ PingStatus }) => PingStatus,
  PlatformTypes: ({ PlatformType }) => PlatformType,
  ResourceType: ({ ResourceType }) => ResourceType,
  SourceIds: ({ SourceId }) => SourceId,
  SourceTypes: ({ SourceType }) => SourceType,
};

const RESOURCE_TYPES: readonly string[] = ["EC2Instance", "ManagedInstance"];

/** The test that a filter makes, or why it is refused. Both texts about ResourceType were seen (2021). */
export function instanceFilter({ key, values, isOldForm = false }: NodeFilter): Test | Refusal {
  if (!isOldForm && key === "tag-key") {
    return (_, { tags }) => values.some((name) => Object.hasOwn(tags, name));
  }
  if (!isOldForm && key.startsWith("tag:")) {
    const name = key.slice("tag:".length);
    return (_, { tags }) => {
      const value = Object.hasOwn(tags, name) ? tags[name] : undefined;
      return value !== undefined && values.includes(value);
    };
  }
  const member = Object.hasOwn(MEMBERS, key) ? MEMBERS[key] : undefined;
  if (member === undefined) return { name: "InvalidFilterKey" };
  if (key === "ResourceType") {
    const message =
      values.length > 1
        ? "ResourceType filter may contain only one value."
        : "ResourceType filter is invalid, valid values are EC2Instance, ManagedInstance";
    const isWrong = values.length > 1 || !RESOURCE_TYPES.includes(values[0] ?? "");
    if (isWrong) return { name: "InvalidInstanceInformationFilterValue", message };
  }
  return (information) => values.includes(member(information) ?? "");
}
