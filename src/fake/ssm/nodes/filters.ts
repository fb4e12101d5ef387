import type {
  DescribeInstanceInformationRequest,
  InstanceInformation,
  InstanceInformationFilterKey,
} from "@aws-sdk/client-ssm";
import type { ManagedNode } from "../../account/node.ts";
import {
  type Filter,
  type FilterRow,
  type FilterTable,
  filterTest,
} from "../../calls/filter-table.ts";
import { type Result, refuse } from "../../result.ts";

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
  "tag:": { of: ({ node }, tag) => (Object.hasOwn(node.tags, tag) ? node.tags[tag] : undefined) },
};

function member(
  of: (information: FilterableNode["information"]) => string | undefined,
): FilterRow<FilterableNode> {
  return { of: ({ information }) => of(information) ?? "" };
}

/** The most values of a filter by tag [report-tag-values]. */
const MOST_TAG_VALUES = 5;

/** The filters of a request, in one of two forms. */
export interface NodeFilters {
  readonly filters: readonly Filter[];
  readonly oldFilters: readonly Filter[];
}

/** The filters of a request, in the form of ours. */
export function filtersIn({
  Filters = [],
  InstanceInformationFilterList = [],
}: DescribeInstanceInformationRequest): NodeFilters {
  return {
    filters: Filters.map(({ Key = "", Values = [] }) => ({ key: Key, values: Values })),
    oldFilters: InstanceInformationFilterList.map(({ key = "", valueSet = [] }) => {
      return { key, values: valueSet };
    }),
  };
}

/**
 * The test that the filters of DescribeInstanceInformation make. Messages: of two forms in one request and of an unknown key
 * [rec-2026-09-27-control-edges], of a tag beside another filter [report-tag-filter], of too many values
 * [report-tag-values].
 */
export function nodeTest({
  filters,
  oldFilters,
}: NodeFilters): Result<(item: FilterableNode) => boolean> {
  if (filters.length > 0 && oldFilters.length > 0) {
    return invalid("Cannot use both legacy and new filter simultaneously.");
  }
  const test = filterTest(filters, NODE_FILTERS);
  for (const { key, values } of filters) {
    const isTag = key.startsWith("tag:") || key === "tag-key";
    if (isTag && filters.length > 1) {
      return invalid("Cannot mix tag or inventory filter with any other filter.");
    }
    if (isTag && values.length > MOST_TAG_VALUES) {
      return invalid(
        `The number of tag values for ${key} was ${values.length}. Max: ${MOST_TAG_VALUES}.`,
      );
    }
    const isUnknown = !test.ok && test.refusal.name === "InvalidFilterKey";
    if (isUnknown && !filterTest([{ key, values }], NODE_FILTERS).ok) {
      return invalid(`${key} filter Key is invalid.`);
    }
  }
  return filters.length > 0 ? test : filterTest(oldFilters, OLD_NODE_FILTERS);
}

function invalid(message: string): Result<never> {
  return refuse("ValidationException", message);
}
