import type { Command } from "@aws-sdk/client-ssm";
import type { CommandOutcome } from "../client/outcomes/outcome.ts";
import { RunCommandClient } from "../client/run-command-client.ts";
import type { SentCommand } from "../client/sent-command.ts";
import type { CallOptions, RunCommandApi } from "../domain/run-command-api.ts";

/** A command whose output is followed until it ends. */
export interface FollowedCommand {
  /** What SendCommand returned or ListCommands shows of it; undefined while the service does not show it yet. */
  find(options: CallOptions): Promise<Command | undefined>;
  /** Waits for its end, as `RunCommandClient.waitForTerminal` does. */
  wait(signal: AbortSignal): Promise<CommandOutcome>;
}

/** A {@link SentCommand} holds its command already; with an id alone, the api is asked for it. */
export function followedCommand(
  sent: SentCommand | { readonly api: RunCommandApi; readonly commandId: string },
): FollowedCommand {
  if ("waitForTerminal" in sent) {
    return {
      find: async () => sent.command,
      wait: (signal) => sent.waitForTerminal({ signal }),
    };
  }
  const { api, commandId } = sent;
  return {
    find: async (options) => {
      const { Commands } = await api.listCommands({ CommandId: commandId }, options);
      return Commands?.[0];
    },
    wait: async (signal) => new RunCommandClient(api).waitForTerminal(commandId, { signal }),
  };
}
