import type { Command } from "@aws-sdk/client-ssm";
import type { CommandOutcome } from "../client/outcomes/outcome.ts";
import { RunCommandClient } from "../client/run-command-client.ts";
import type { SentCommand } from "../client/sent-command.ts";
import type { CallOptions, RunCommandApi } from "../domain/run-command-api.ts";

/** A command whose output is followed until it ends. */
export interface FollowedCommand {
  /**
   * What SendCommand returned or ListCommands shows of it, of all its parts if it was sent in several; nothing while the
   * service does not show it yet.
   */
  find(options: CallOptions): Promise<readonly Command[]>;
  /** Waits for its end, as `RunCommandClient.waitForTerminal` does. */
  wait(signal: AbortSignal): Promise<CommandOutcome>;
}

/** Nodes beyond the fifty of one call are sent to in parts, each a command with an id of its own. */
type InParts = SentCommand & { readonly parts?: readonly SentCommand[] };

/** A {@link SentCommand} holds its command already; with an id alone, the api is asked for it. */
export function followedCommand(
  sent: InParts | { readonly api: RunCommandApi; readonly commandId: string },
): FollowedCommand {
  if ("waitForTerminal" in sent) {
    const { parts = [sent] } = sent;
    return {
      find: async () => parts.map(({ command }) => command),
      wait: (signal) => sent.waitForTerminal({ signal }),
    };
  }
  const { api, commandId } = sent;
  return {
    find: async (options) => {
      const { Commands = [] } = await api.listCommands({ CommandId: commandId }, options);
      return Commands.slice(0, 1);
    },
    wait: async (signal) => new RunCommandClient(api).waitForTerminal(commandId, { signal }),
  };
}
