import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import { type AbortOptions, callOptions, type RunCommandApi } from "../domain/run-command-api.ts";
import type { CommandLook } from "./outcomes/command-look.ts";
import type { CommandOutcome } from "./outcomes/outcome.ts";
import { checkIds } from "./requests/check-ids.ts";
import type { InvocationsRequest } from "./requests/requests.ts";
import type { WaitOptions } from "./waiting/wait-options.ts";

/**
 * A command that was sent: its id, and what can be done with it. All of it can also be done with the id alone, from any
 * process.
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
  /**
   * What SendCommand returned: always `Pending`, and with `TargetCount` 0 if it was sent to `Targets`. Of a command that was
   * adopted, what ListCommands showed.
   */
  readonly command: Command;
  /**
   * Whether the command was there already: sent earlier with the same key (`once`), or by this very call, whose answer was
   * lost.
   */
  readonly adopted: boolean;
  /**
   * Waits until the command is over; see {@link RunCommandClient.waitForTerminal}.
   *
   * @param options - How to wait.
   */
  waitForTerminal(options?: WaitOptions): Promise<CommandOutcome>;
  /**
   * Looks at it once, and never sleeps; see {@link RunCommandClient.look}.
   *
   * @param options - `abortSignal`, to end it early.
   */
  look(options?: AbortOptions): Promise<CommandLook>;
  /**
   * Lists its invocations as they stand now, item by item; see {@link RunCommandClient.invocations}.
   *
   * @param request - Further members of the request, such as `Details: true`.
   * @param options - `abortSignal`, to end it early.
   */
  invocations(
    request?: Omit<InvocationsRequest, "CommandId">,
    options?: AbortOptions,
  ): AsyncIterable<CommandInvocation>;
  /**
   * Asks the service to stop the command. Resolves when the service has accepted that. The command ends later, and need not
   * end as `cancelled`.
   *
   * @param instanceIds - Only on these nodes. An empty list does nothing (AWS would stop the command everywhere).
   * @param options - `abortSignal`, to end the call early.
   */
  cancel(instanceIds?: readonly string[], options?: AbortOptions): Promise<void>;
}

/** What a {@link SentCommand} calls. */
export interface CommandKeeper extends Pick<RunCommandApi, "cancelCommand"> {
  invocations(
    request: InvocationsRequest,
    options?: AbortOptions,
  ): AsyncIterable<CommandInvocation>;
  waitForTerminal(commandId: string, options?: WaitOptions): Promise<CommandOutcome>;
  look(commandId: string, options?: AbortOptions): Promise<CommandLook>;
}

/** The {@link SentCommand} of a command that SendCommand returned, or that was found and adopted. */
export function sentCommand(
  keeper: CommandKeeper,
  command: Command,
  adopted: boolean,
): SentCommand {
  const { CommandId: commandId = "" } = command;
  return {
    commandId,
    command,
    adopted,
    waitForTerminal: (options) => keeper.waitForTerminal(commandId, options),
    look: (options) => keeper.look(commandId, options),
    invocations: (request, options) =>
      keeper.invocations({ ...request, CommandId: commandId }, options),
    cancel: async (instanceIds, options) => {
      const call = callOptions(options, "cancel()");
      if (instanceIds !== undefined) checkIds(instanceIds, "cancel()");
      if (instanceIds?.length === 0) return;
      const nodes = instanceIds === undefined ? {} : { InstanceIds: [...instanceIds] };
      await keeper.cancelCommand({ CommandId: commandId, ...nodes }, call);
    },
  };
}
