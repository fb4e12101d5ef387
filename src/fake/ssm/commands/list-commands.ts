import type { ListCommandsRequest, ListCommandsResult } from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../../../domain/limits.ts";
import { type CommandRecord, indexOfNode } from "../../account/command-record.ts";
import { cursorBefore, nextToken } from "../../calls/page-token.ts";
import { takePage, walk } from "../../calls/paging.ts";
import { rollUpInvocations } from "../../engine/roll-up.ts";
import { ok } from "../../result.ts";
import { commandListing } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { commandTest, refusePendingOfNode } from "./filters.ts";
import { toCommand } from "./views.ts";

/** ListCommands: the newest command first. An unknown CommandId gives an empty list [rec-2026-09-27-control-edges]. */
export const listCommands = ssmOperation<ListCommandsRequest, ListCommandsResult>(
  commandListing,
  (request, { account }) => {
    const { CommandId, InstanceId, Filters = [], NextToken, MaxResults = MAX_PAGE_SIZE } = request;
    const passes = commandTest(Filters, "ListCommands");
    if (!passes.ok) return passes;
    const refusal = refusePendingOfNode(request);
    if (refusal !== undefined) return { ok: false, refusal };
    const question = JSON.stringify(["ListCommands", CommandId, InstanceId, Filters]);
    const cursor = cursorBefore(NextToken, { question, first: [Infinity] });
    if (!cursor.ok) return cursor;

    const isAsked = (command: CommandRecord) => {
      if (InstanceId !== undefined && indexOfNode(command, InstanceId) < 0) return false;
      const { status, details } = rollUpInvocations(command.state.rollout, account.settings);
      const { requestedAt, request: sent } = command;
      return passes.value({ requestedAt, documentName: sent.DocumentName, status, details });
    };
    const { sent } = account.commands;
    const one = CommandId === undefined ? undefined : account.commands.get(CommandId);
    const from = CommandId === undefined ? 0 : (one?.ordinal ?? 0);
    const end = CommandId === undefined ? (cursor.value[0] ?? 0) : one === undefined ? 0 : from + 1;
    const found = walk(sent, {
      from,
      to: Math.min(end, sent.length),
      backward: true,
      where: isAsked,
    });
    const { page, more } = takePage(found, {
      limit: MaxResults,
      token: NextToken,
      pages: account.pages,
    });
    const last = page.at(-1);
    return ok({
      Commands: page.map((command) => toCommand(command, account)),
      ...nextToken(last && [last.ordinal], { more, question }),
    });
  },
);
