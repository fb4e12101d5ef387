import type {
  ListCommandInvocationsRequest,
  ListCommandInvocationsResult,
} from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../../../domain/limits.ts";
import type { Account } from "../../account/account.ts";
import { type CommandRecord, indexOfNode } from "../../account/command-record.ts";
import { type Cursor, cursorBefore, nextToken } from "../../calls/page-token.ts";
import { takePage } from "../../calls/paging.ts";
import type { Invocation } from "../../engine/invocation.ts";
import { ok } from "../../result.ts";
import { commandListing, flag } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { commandTest, refusePendingOfNode } from "./filters.ts";
import { shownStatus, toInvocation } from "./views.ts";

interface Item {
  readonly command: CommandRecord;
  readonly invocation: Invocation;
  readonly cursor: Cursor;
}

/**
 * ListCommandInvocations: the newest record first. Within one command the largest id comes first, since records are made in
 * the order of ids [rec-2026-10-01-alarms]. An unknown CommandId gives an empty list [rec-2026-09-27-control-edges].
 */
export const listCommandInvocations = ssmOperation<
  ListCommandInvocationsRequest,
  ListCommandInvocationsResult
>({ ...commandListing, Details: flag }, (request, { account }) => {
  const { CommandId, InstanceId, Filters = [], NextToken, MaxResults = MAX_PAGE_SIZE } = request;
  const passes = commandTest(Filters, "ListCommandInvocations");
  if (!passes.ok) return passes;
  const refusal = refusePendingOfNode(request);
  if (refusal !== undefined) return { ok: false, refusal };
  const question = JSON.stringify(["ListCommandInvocations", CommandId, InstanceId, Filters]);
  const after = cursorBefore(NextToken, { question, first: [Infinity, 0] });
  if (!after.ok) return after;

  const isAsked = ({ command, invocation }: Item) => {
    const { Status, StatusDetails } = shownStatus(invocation, account.settings);
    return passes.value({
      requestedAt: command.recorded?.at ?? command.requestedAt,
      documentName: command.request.DocumentName,
      status: Status,
      details: StatusDetails,
    });
  };
  const found = newestFirst(account, {
    CommandId,
    InstanceId,
    after: after.value,
    where: isAsked,
  });
  const { page, more } = takePage(found, {
    limit: MaxResults,
    token: NextToken,
    pages: account.pages,
  });
  const shows = { ...account, details: request.Details ?? false };
  return ok({
    CommandInvocations: page.map(({ command, invocation }) =>
      toInvocation(command, invocation, shows),
    ),
    ...nextToken(page.at(-1)?.cursor, { more, question }),
  });
});

/** The invocations that a request asks for, from the cursor `after` on; each step looks at one record. */
function* newestFirst(
  { commands }: Account,
  {
    CommandId,
    InstanceId,
    after: [afterCommand = Infinity, afterIndex = 0],
    where,
  }: {
    readonly CommandId: string | undefined;
    readonly InstanceId: string | undefined;
    readonly after: Cursor;
    readonly where: (item: Item) => boolean;
  },
): Generator<Item> {
  const { recorded } = commands;
  const one = CommandId === undefined ? undefined : commands.get(CommandId)?.recorded?.ordinal;
  const first = CommandId === undefined ? Math.min(afterCommand, recorded.length - 1) : (one ?? -1);
  const last = CommandId === undefined ? 0 : first;
  for (let ordinal = first; ordinal >= last && ordinal >= 0; ordinal--) {
    const command = recorded[ordinal];
    if (command === undefined) continue;
    const end = ordinal === afterCommand ? afterIndex : command.invocations.length;
    const only = InstanceId === undefined ? undefined : indexOfNode(command, InstanceId);
    if (only !== undefined && (only < 0 || only >= end)) continue;
    for (let index = only ?? end - 1; index >= (only ?? 0); index--) {
      const invocation = command.invocations[index];
      if (invocation === undefined) continue;
      const item = { command, invocation, cursor: [ordinal, index] };
      if (where(item)) yield item;
    }
  }
}
