import type {
  ListCommandInvocationsRequest,
  ListCommandInvocationsResult,
} from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../../../domain/limits.ts";
import type { Account } from "../../account/account.ts";
import { type CommandRecord, indexOfNode } from "../../account/command-record.ts";
import { decodeToken, encodeToken, type Place } from "../../calls/page-token.ts";
import type { Invocation } from "../../engine/invocation.ts";
import { type Answer, answered, refused } from "../../result.ts";
import { asksPendingOfNode, filterTest } from "./filters.ts";
import { shownStatus, toInvocation } from "./views.ts";

interface Item {
  readonly command: CommandRecord;
  readonly invocation: Invocation;
  readonly place: Place;
}

/**
 * ListCommandInvocations: the newest record first, so that of one command the largest id leads, since records are made in
 * the order of ids (recorded 2026-10). An unknown CommandId gives an empty list (recorded 2026-09).
 */
export function listCommandInvocations(
  request: ListCommandInvocationsRequest,
  { account }: { readonly account: Account },
): Answer<ListCommandInvocationsResult> {
  const { CommandId, InstanceId, Filters = [], NextToken, MaxResults = MAX_PAGE_SIZE } = request;
  const passes = filterTest(Filters, "ListCommandInvocations");
  if (passes === undefined || asksPendingOfNode(request)) return refused("InvalidFilterKey");
  const question = JSON.stringify(["ListCommandInvocations", CommandId, InstanceId, Filters]);
  const after = NextToken === undefined ? [Infinity, 0] : decodeToken(NextToken, question);
  if (after === undefined) return refused("InvalidNextToken");

  const page: Item[] = [];
  for (const item of newestFirst(account, { CommandId, InstanceId, after })) {
    const { Status, StatusDetails } = shownStatus(item.invocation, account.rules);
    const isAsked = passes({
      requestedAt: item.command.made?.at ?? item.command.requestedAt,
      documentName: item.command.request.DocumentName,
      status: Status,
      details: StatusDetails,
    });
    if (isAsked) page.push(item);
    if (page.length > MaxResults) break;
  }
  const shown = page.slice(0, MaxResults);
  const end = shown.at(-1);
  const shows = { ...account, details: request.Details ?? false };
  return answered({
    CommandInvocations: shown.map(({ command, invocation }) =>
      toInvocation(command, invocation, shows),
    ),
    ...(page.length > MaxResults && end !== undefined
      ? { NextToken: encodeToken(end.place, question) }
      : {}),
  });
}

/** The invocations that are asked for, from the place after `after` on; a step costs one look. */
function* newestFirst(
  { commands }: Account,
  {
    CommandId,
    InstanceId,
    after: [afterCommand = Infinity, afterIndex = 0],
  }: {
    readonly CommandId: string | undefined;
    readonly InstanceId: string | undefined;
    readonly after: Place;
  },
): Generator<Item> {
  const { made } = commands;
  const one = CommandId === undefined ? undefined : commands.get(CommandId)?.made?.ordinal;
  const first = CommandId === undefined ? Math.min(afterCommand, made.length - 1) : (one ?? -1);
  const last = CommandId === undefined ? 0 : first;
  for (let ordinal = first; ordinal >= last && ordinal >= 0; ordinal--) {
    const command = made[ordinal];
    if (command === undefined) continue;
    const end = ordinal === afterCommand ? afterIndex : command.invocations.length;
    const only = InstanceId === undefined ? undefined : indexOfNode(command, InstanceId);
    if (only !== undefined && (only < 0 || only >= end)) continue;
    for (let index = only ?? end - 1; index >= (only ?? 0); index--) {
      const invocation = command.invocations[index];
      if (invocation !== undefined) yield { command, invocation, place: [ordinal, index] };
    }
  }
}
