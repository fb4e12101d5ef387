import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import type { CallOptions, RunCommandApi } from "../domain/run-command-api.ts";
import { RunCommandError } from "./errors/errors.ts";
import type { CommandOutcome } from "./outcomes/outcome.ts";
import type { InvocationsRequest } from "./requests/requests.ts";
import type { WaitOptions } from "./waiting/wait-options.ts";

/**
 * A command that was sent: its id, and what can be done with it. Everything here can also be done with the id alone, from
 * any process.
 *
 * @example
 * ```ts
 * const sent = await runCommand.send({ ...runShellScript("uptime"), InstanceIds: ["i-0123456789abcdef0"] });
 * (await sent.waitForTerminal()).kind; //=> "succeeded"
 * ```
 */
export interface SentCommand {
  /** The command's id. */
  readonly commandId: string;
  /** What SendCommand answered: always `Pending`, and of targets by tag not counted yet. */
  readonly command: Command;
  /**
   * Waits until it is over; see {@link RunCommandClient.waitForTerminal}.
   *
   * @param options - How to wait.
   */
  waitForTerminal(options?: WaitOptions): Promise<CommandOutcome>;
  /**
   * Its invocations as they stand now, item by item; see {@link RunCommandClient.invocations}.
   *
   * @param request - Further members of the request, such as `Details: true`.
   * @param options - `abortSignal`, to end it early.
   */
  invocations(
    request?: Omit<InvocationsRequest, "CommandId">,
    options?: CallOptions,
  ): AsyncIterable<CommandInvocation>;
  /**
   * Asks for it to be stopped. Resolves when the service has accepted that: the end comes later, and need not be
   * `cancelled`.
   *
   * @param instanceIds - Only on these nodes. An empty list asks for nothing (AWS would stop it everywhere).
   * @param options - `abortSignal`, to end it early.
   */
  cancel(instanceIds?: readonly string[], options?: CallOptions): Promise<void>;
}

/** Who carries out what a {@link SentCommand} is asked for. */
export interface CommandKeeper extends Pick<RunCommandApi, "cancelCommand"> {
  invocations(request: InvocationsRequest, options?: CallOptions): AsyncIterable<CommandInvocation>;
  waitForTerminal(commandId: string, options?: WaitOptions): Promise<CommandOutcome>;
}

/** The handle of a command that SendCommand answered with. */
export function sentCommand(keeper: CommandKeeper, command: Command = {}): SentCommand {
  const commandId = command.CommandId;
  if (commandId === undefined) {
    throw new RunCommandError(
      "SendCommand answered without a CommandId, so the command cannot be followed. Look at what stands between you and the service.",
    );
  }
  return {
    commandId,
    command,
    waitForTerminal: (options) => keeper.waitForTerminal(commandId, options),
    invocations: (request, options) =>
      keeper.invocations({ ...request, CommandId: commandId }, options),
    cancel: async (instanceIds, options) => {
      if (instanceIds?.length === 0) return;
      const nodes = instanceIds === undefined ? {} : { InstanceIds: [...instanceIds] };
      await keeper.cancelCommand({ CommandId: commandId, ...nodes }, options);
    },
  };
}
