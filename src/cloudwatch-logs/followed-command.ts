import type { Command } from "@aws-sdk/client-ssm";
import { commandsOf, firstOf } from "../client/listings.ts";
import type { CommandOutcome } from "../client/outcomes/outcome.ts";
import { RunCommandClient } from "../client/run-command-client.ts";
import type { SentCommand } from "../client/sent-command.ts";
import type { WaitOptions } from "../client/waiting/wait-options.ts";
import type { CallOptions, RunCommandApi } from "../domain/run-command-api.ts";

/** A command whose output is followed until it ends. */
export interface FollowedCommand {
  /** How many nodes it has, as far as SendCommand returned that; 0 while it is not known. */
  readonly nodes: number;
  /**
   * What SendCommand returned or ListCommands shows of it, of all its parts if it was sent in several; nothing while the
   * service does not show it yet.
   */
  find(options: CallOptions): Promise<readonly Command[]>;
  /** Asks how many nodes it has: of one that was sent to Targets, SendCommand does not know yet. */
  countNodes(options: CallOptions): Promise<number>;
  /** Waits for its end, as `RunCommandClient.waitForTerminal` does. */
  wait(options: WaitOptions): Promise<CommandOutcome>;
}

/** Nodes beyond the fifty of one call are sent to in parts, each a command with an id of its own. */
type InParts = SentCommand & { readonly parts?: readonly SentCommand[] };

/** A {@link SentCommand} holds its command already; with an id alone, the api is asked for it. */
export function followedCommand(
  sent: InParts | { readonly api: RunCommandApi; readonly commandId: string },
): FollowedCommand {
  if ("waitForTerminal" in sent) {
    const { parts = [sent] } = sent;
    const commands = parts.map(({ command }) => command);
    return {
      nodes: nodesOf(commands),
      find: async () => commands,
      countNodes: async (options) => {
        const look = await sent.look(options);
        return "command" in look ? nodesOf([look.command]) : 0;
      },
      wait: (options) => sent.waitForTerminal(options),
    };
  }
  const { api, commandId } = sent;
  const find = async (options: CallOptions) => {
    const command = await firstOf(
      commandsOf({ CommandId: commandId }, (page) => api.listCommands(page, options)),
    );
    return command === undefined ? [] : [command];
  };
  return {
    nodes: 0,
    find,
    countNodes: async (options) => nodesOf(await find(options)),
    wait: async (options) => new RunCommandClient(api).waitForTerminal(commandId, options),
  };
}

/** How many nodes commands have, as far as they show it. */
export function nodesOf(commands: readonly Command[]): number {
  return commands.reduce((sum, { TargetCount = 0 }) => sum + TargetCount, 0);
}
