import type { InstanceInformation, InstanceInformationFilterKey } from "@aws-sdk/client-ssm";
import type { ManagedNode } from "../../account/node.ts";
import type { FilterRow, FilterTable } from "../../calls/filter-table.ts";

/** What filters look at: a node as the service shows it, and its tags. */
export interface FilterableNode {
  readonly information: InstanceInformation;
  readonly node: Pick<ManagedNode, "tags">;
}

const RESOURCE_TYPES: readonly string[] = ["EC2Instance", "ManagedInstance"];

/** The keys of the old form, `InstanceInformationFilterList`. Some look at members that the fake's nodes never have. */
export const OLD_NODE_FILTERS: FilterTable<FilterableNode, InstanceInformationFilterKey> = {
  InstanceIds: member(({ InstanceId }) => InstanceId),
  AgentVersion: member(({ AgentVersion }) => AgentVersion),
  PingStatus: member(({ PingStatus }) => PingStatus),
  PlatformTypes: member(({ PlatformType }) => PlatformType),
  ActivationIds: member(({ ActivationId }) => ActivationId),
  IamRole: member(({ IamRole }) => IamRole),
  ResourceType: {
    ...member(({ ResourceType }) => ResourceType),
    refuse: (values) => {
      // Both messages are AWS's [report-instance-filter] [report-instance-filter-value].
      const message =
        values.length > 1
          ? "ResourceType filter may contain only one value."
          : "ResourceType filter is invalid, valid values are EC2Instance, ManagedInstance";
      const isWrong = values.length > 1 || !RESOURCE_TYPES.includes(values[0] ?? "");
      return isWrong ? { name: "InvalidInstanceInformationFilterValue", message } : undefined;
    },
  },
  AssociationStatus: member(({ AssociationStatus }) => AssociationStatus),
};

/** The keys of the newer form, `Filters`: those of the old form, and also sources and tags. */
export const NODE_FILTERS: FilterTable<FilterableNode> = {
  ...OLD_NODE_FILTERS,
  SourceIds: member(({ SourceId }) => SourceId),
  SourceTypes: member(({ SourceType }) => SourceType),
  "tag-key": { holds: ({ node }, value) => Object.hasOwn(node.tags, value) },
  "tag:": {
    holds: ({ node }, value, tag) => Object.hasOwn(node.tags, tag) && node.tags[tag] === value,
  },
};

function member(
  of: (information: InstanceInformation) => string | undefined,
): FilterRow<FilterableNode> {
  return { holds: ({ information }, value) => (of(information) ?? "") === value };
}
