import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
} from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import type { ManagedNode } from "../../account/node.ts";
import { cursorBefore, nextToken } from "../../calls/page-token.ts";
import { takePage } from "../../calls/paging.ts";
import { ok } from "../../result.ts";
import { pageSize, text } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { type FilterableNode, filtersIn, nodeTest, OLD_NODE_FILTERS } from "./filters.ts";
import { toFiltered, toInformation } from "./views.ts";

/** Items on a page when a request does not set MaxResults [api-describe-instances]. */
const DEFAULT_PAGE_SIZE = 10;

/** The most filters of a request (our decision: each is a look at every node). */
const MOST_FILTERS = 50;

const filterValues = {
  type: "list",
  min: 1,
  max: 100,
  required: true,
  of: { type: "string", min: 1 },
} as const;

/** Of the newer filters, [rec-2026-09-27-empty-value] shows more constraints than [api-ssm-model] has. */
const newFilterValues = {
  ...filterValues,
  of: { type: "string", min: 1, max: 100_000, pattern: "^.{1,100000}$" },
} as const;

/**
 * DescribeInstanceInformation: the nodes that the service knows, without stopped ones [api-describe-instances]. It takes
 * both forms of filters; the old form cannot filter by tags.
 */
export const describeInstanceInformation = ssmOperation<
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult
>(
  {
    InstanceInformationFilterList: {
      type: "list",
      min: 0,
      max: MOST_FILTERS,
      hidden: true,
      of: {
        type: "structure",
        members: {
          key: { type: "string", oneOf: Object.keys(OLD_NODE_FILTERS), required: true },
          valueSet: filterValues,
        },
      },
    },
    Filters: {
      type: "list",
      min: 0,
      max: MOST_FILTERS,
      hidden: true,
      of: {
        type: "structure",
        members: { Key: { type: "string", min: 1, required: true }, Values: newFilterValues },
      },
    },
    MaxResults: pageSize(5, 50),
    NextToken: text,
  },
  (request, { account }) => {
    const { MaxResults = DEFAULT_PAGE_SIZE, NextToken } = request;
    const { filters, oldFilters } = filtersIn(request);
    const passes = nodeTest({ filters, oldFilters });
    if (!passes.ok) return passes;
    const question = JSON.stringify(["DescribeInstanceInformation", filters, oldFilters]);
    const cursor = cursorBefore(NextToken, { question, first: [-1] });
    if (!cursor.ok) return cursor;

    const found = nodesAfter(account, { after: cursor.value[0] ?? -1, where: passes.value });
    const { page, more } = takePage(found, {
      limit: MaxResults,
      token: NextToken,
      pages: account.pages,
    });
    const last = page.at(-1);
    return ok({
      InstanceInformationList: page.map(({ node }) => toInformation(node, account)),
      ...nextToken(last && [last.index], { more, question }),
    });
  },
);

/** The nodes that pass the filters, one by one, beginning after the index `after`. */
function* nodesAfter(
  account: Account,
  { after, where }: { readonly after: number; readonly where: (item: FilterableNode) => boolean },
): Generator<FilterableNode & { readonly node: ManagedNode; readonly index: number }, void> {
  const nodes = account.nodes.list();
  for (let index = after + 1; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined || node.state === "stopped") continue;
    const item = { node, information: toFiltered(node, account), index };
    if (where(item)) yield item;
  }
}
