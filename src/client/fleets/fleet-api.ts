import type {
  CancelCommandCommandInput,
  Command,
  ListCommandInvocationsCommandInput,
  ListCommandsCommandInput,
} from "@aws-sdk/client-ssm";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import { findCommand } from "../once/find-command.ts";
import type { SendRequest } from "../requests/requests.ts";
import type { SentCommand } from "../sent-command.ts";
import { isOpen, merged } from "./merged-command.ts";

/** An api that shows the parts of what was sent as one command, for everything that asks about one. */
export function fleetApi(
  api: RunCommandApi,
  parts: readonly SentCommand[],
  request: SendRequest,
): RunCommandApi {
  const seen = new Map(parts.map(({ commandId, command }) => [commandId, command]));
  const ids = [...seen.keys()];
  const $metadata = {};
  return { ...api, listCommands, listCommandInvocations, cancelCommand };

  /**
   * Lists those that are open together: one call for each fifty commands of their document that were requested in the same
   * time. What was seen to end is not asked for again.
   */
  async function listCommands({ Filters }: ListCommandsCommandInput, options?: CallOptions) {
    const open = [...seen.values()].filter(isOpen);
    const times = open.map(({ RequestedDateTime }) => Number(RequestedDateTime ?? 0));
    const left = new Set(open.map(({ CommandId }) => CommandId));
    // Filters are in whole seconds.
    const since = Math.min(...times) - 1_000;
    const last = Math.max(...times);
    const before = last && last + 2_000;
    const matches = (command: Command) => {
      const { CommandId = "" } = command;
      if (left.delete(CommandId)) seen.set(CommandId, command);
      return left.size === 0;
    };
    const document = open[0]?.DocumentName;
    if (document) await findCommand(api, { document, since, before, matches }, options);
    // With filters it is asked whether a status that this version does not know is the end: not before its time is up.
    return { $metadata, Commands: Filters ? [] : [merged([...seen.values()], request)] };
  }

  /** The pages of one part after the other. A token says which part, and then its own. */
  async function listCommandInvocations(
    { NextToken = "0 ", ...input }: ListCommandInvocationsCommandInput,
    options?: CallOptions,
  ) {
    const index = Number.parseInt(NextToken, 10);
    const token = NextToken.replace(/^\d+ /, "");
    const asked = { ...input, CommandId: ids[index], ...(token && { NextToken: token }) };
    const page = await api.listCommandInvocations(asked, options);
    const rest = page.NextToken ? `${index} ${page.NextToken}` : `${index + 1} `;
    return { ...page, NextToken: page.NextToken || ids[index + 1] ? rest : undefined };
  }

  /** Asks for all of them, whatever becomes of one. A node that no part has is the service's to refuse. */
  async function cancelCommand({ InstanceIds }: CancelCommandCommandInput, options?: CallOptions) {
    const partOf = (id: string) =>
      parts.find(({ command }) => command.InstanceIds?.includes(id)) ?? parts[0];
    const asked = await Promise.allSettled(
      parts.map((part) =>
        part.cancel(
          InstanceIds?.filter((id) => partOf(id) === part),
          options,
        ),
      ),
    );
    for (const each of asked) if (each.status === "rejected") throw each.reason;
    return { $metadata };
  }
}
