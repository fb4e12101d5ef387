import type { ListCommandsRequest, ListCommandsResult } from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../../../domain/limits.ts";
import type { Account } from "../../account/account.ts";
import { type CommandRecord, indexOfNode } from "../../account/command-record.ts";
import { decodeToken, encodeToken } from "../../calls/page-token.ts";
import { rollUpInvocations } from "../../engine/roll-up.ts";
import { type Answer, answered, refused } from "../../result.ts";
import { asksPendingOfNode, filterTest } from "./filters.ts";
import { toCommand } from "./views.ts";

/** ListCommands: newest first. An unknown CommandId gives an empty list (recorded 2026-09). */
export function listCommands(
  request: ListCommandsRequest,
  { account }: { readonly account: Account },
): Answer<ListCommandsResult> {
  const { CommandId, InstanceId, Filters = [], NextToken, MaxResults = MAX_PAGE_SIZE } = request;
  const passes = filterTest(Filters, "ListCommands");
  if (passes === undefined || asksPendingOfNode(request)) return refused("InvalidFilterKey");
  const question = JSON.stringify(["ListCommands", CommandId, InstanceId, Filters]);
  const place = NextToken === undefined ? [Infinity] : decodeToken(NextToken, question);
  if (place === undefined) return refused("InvalidNextToken");

  const isAsked = (command: CommandRecord) => {
    if (InstanceId !== undefined && indexOfNode(command, InstanceId) < 0) return false;
    const { status, details } = rollUpInvocations(command.rollout, account.rules);
    const { requestedAt, request: sent } = command;
    return passes({ requestedAt, documentName: sent.DocumentName, status, details });
  };
  const { sent } = account.commands;
  const one = CommandId === undefined ? undefined : account.commands.get(CommandId);
  const page: CommandRecord[] = [];
  let next =
    CommandId === undefined ? Math.min(place[0] ?? 0, sent.length) - 1 : (one?.ordinal ?? -1);
  const last = CommandId === undefined ? 0 : next;
  for (; next >= last && next >= 0 && page.length <= MaxResults; next--) {
    const command = sent[next];
    if (command !== undefined && isAsked(command)) page.push(command);
  }
  const shown = page.slice(0, MaxResults);
  const end = shown.at(-1);
  return answered({
    Commands: shown.map((command) => toCommand(command, account)),
    ...(page.length > MaxResults && end !== undefined
      ? { NextToken: encodeToken([end.ordinal], question) }
      : {}),
  });
}
