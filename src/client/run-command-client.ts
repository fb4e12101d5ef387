import type {
  Command,
  CommandInvocation,
  ListCommandInvocationsCommandInput,
  ListCommandsCommandInput,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../domain/limits.ts";
import type { PluginRef } from "../domain/output-names.ts";
import type { CallOptions, RunCommandApi } from "../domain/run-command-api.ts";
import type { Clock } from "../time/clock.ts";
import { explainRefusal } from "./errors/explain-refusal.ts";
import { findClock, findRandom } from "./find-clock.ts";
import { fromSsmClient, unbound } from "./from-ssm-client.ts";
import type { CommandOutcome } from "./outcomes/outcome.ts";
import type { PluginOutcome } from "./outcomes/plugin-outcome.ts";
import { readOutput } from "./outcomes/read-output.ts";
import { paginate } from "./paginate.ts";
import {
  type CommandsRequest,
  type InvocationsRequest,
  refuseTooManyIds,
  type SendRequest,
} from "./requests/requests.ts";
import { type SentCommand, sentCommand } from "./sent-command.ts";
import { type Waiter, waitForTerminal } from "./waiting/wait-for-terminal.ts";
import type { WaitOptions } from "./waiting/wait-options.ts";
import { type ManagedOptions, waitUntilManaged } from "./waiting/wait-until-managed.ts";

/**
 * What a {@link RunCommandClient} may be told.
 *
 * @example
 * ```ts
 * const runCommand = new RunCommandClient(ssm, { diagnoseNodes: true });
 * node.remove();
 * const sending = runCommand.send(request); // InvalidInstanceId, which does not say which one
 * await sending.catch((error: NodesUnavailableError) => error.unknown); //=> ["i-0123456789abcdef0"]
 * ```
 */
export interface RunCommandClientOptions {
  /** The clock to wait on. @default that of the service or of its request handler, else {@link systemClock} */
  readonly clock?: Clock;
  /** Chance for the intervals between polls: at least 0, below 1. @default that of a fake, by its seed, else `Math.random` */
  readonly random?: () => number;
  /**
   * Whether an `InvalidInstanceId` of {@link RunCommandClient.send}, which does not say which node is meant and why, is
   * followed by one DescribeInstanceInformation call and becomes a {@link NodesUnavailableError} that does. A refusal of that
   * call is swallowed. @default false
   */
  readonly diagnoseNodes?: boolean;
}

/**
 * Run Command, with what the five operations leave to their caller: sending what cannot be wrong by type, paging, waiting,
 * and saying how it ended.
 *
 * - Wraps anything that speaks Run Command: an `SSMClient`, the aggregated `SSM`, or any other {@link RunCommandApi}. It is
 *   one itself, and passes the five operations through unchanged.
 * - The clock is found, never configured twice: `clock` of what it wraps, or of its request handler.
 * - What the service throws comes out unchanged; an `InvalidDocument` of {@link RunCommandClient.send} gets the message that
 *   it lacks on the wire, and keeps its class.
 *
 * @example
 * ```ts
 * const runCommand = new RunCommandClient(new SSMClient({}));
 * const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), Targets: tagTargets({ Role: "web" }) });
 * const outcome = await sent.waitForTerminal();
 * outcome.kind; //=> "succeeded"
 * ```
 */
export class RunCommandClient implements RunCommandApi {
  /** The clock that it waits on. */
  readonly clock: Clock;
  /** Chance for the intervals between polls. */
  readonly random: () => number;
  /** SendCommand, passed through. As the other five it needs no `this`, so it can be handed on by itself. */
  declare readonly sendCommand: RunCommandApi["sendCommand"];
  /** CancelCommand, passed through. */
  declare readonly cancelCommand: RunCommandApi["cancelCommand"];
  /** GetCommandInvocation, passed through. */
  declare readonly getCommandInvocation: RunCommandApi["getCommandInvocation"];
  /** ListCommands, passed through: one page. */
  declare readonly listCommands: RunCommandApi["listCommands"];
  /** ListCommandInvocations, passed through: one page. */
  declare readonly listCommandInvocations: RunCommandApi["listCommandInvocations"];
  /** DescribeInstanceInformation, passed through; missing where what it wraps has none. */
  declare readonly describeInstanceInformation?: NonNullable<
    RunCommandApi["describeInstanceInformation"]
  >;
  readonly #wrapped: SSMClient | RunCommandApi;
  readonly #waiter: Waiter;
  readonly #diagnoseNodes: boolean;

  /**
   * @param ssm - Who speaks Run Command.
   * @param options - Clock and chance, if the usual ones will not do; whether refused nodes are looked up.
   * @throws TypeError when `ssm` has neither `sendCommand` nor `send`.
   */
  constructor(
    ssm: SSMClient | RunCommandApi,
    {
      clock = findClock(ssm),
      random = findRandom(ssm) ?? (() => Math.random()),
      diagnoseNodes = false,
    }: RunCommandClientOptions = {},
  ) {
    const api = fromSsmClient(ssm);
    this.#wrapped = ssm;
    this.#waiter = { api, clock, random };
    this.clock = clock;
    this.random = random;
    this.#diagnoseNodes = diagnoseNodes;
    // The six that are declared above: made from one list, so that none has to be written out.
    Object.assign(this, unbound(api));
  }

  /**
   * Sends a command to nodes.
   *
   * @param request - What to run, and where; {@link runShellScript} and {@link tagTargets} make its members.
   * @param options - `abortSignal`, to end it early.
   * @throws RangeError (as a rejection) for more than 50 `InstanceIds`; NodesUnavailableError with `diagnoseNodes`; whatever
   *   the service throws, an InvalidDocument with a message that names document, version and region.
   *
   * @example
   * ```ts
   * const sent = await runCommand.send({ ...runShellScript("uptime"), InstanceIds: ["i-0123456789abcdef0"] });
   * sent.command.Status; //=> "Pending"
   * ```
   */
  async send(request: SendRequest, options?: CallOptions): Promise<SentCommand> {
    refuseTooManyIds(request);
    try {
      const { Command: command } = await this.sendCommand(request, options);
      return sentCommand(this, command);
    } catch (error) {
      throw await explainRefusal(error, {
        api: this.#waiter.api,
        client: this.#wrapped,
        request,
        options,
        diagnoseNodes: this.#diagnoseNodes,
      });
    }
  }

  /**
   * Commands, newest first, item by item: pages are asked for as they are needed, 50 items each unless the request says
   * otherwise. The request is never written to.
   *
   * @param request - Which commands; all of them (AWS keeps them for 30 days) when left out.
   * @param options - `abortSignal`, to end it early.
   * @throws RepeatedTokenError while iterating, when the service goes round in circles.
   *
   * @example
   * ```ts
   * for await (const command of runCommand.commands({ Filters: [{ key: "ExecutionStage", value: "Executing" }] })) {
   *   command.Status; //=> "InProgress"
   * }
   * ```
   */
  commands(request: CommandsRequest = {}, options?: CallOptions): AsyncIterable<Command> {
    const input: ListCommandsCommandInput = { MaxResults: MAX_PAGE_SIZE, ...request };
    return paginate(input, {
      operation: "ListCommands",
      ask: (page) => this.listCommands(page, options),
      items: (page) => page.Commands,
      signal: options?.abortSignal,
    });
  }

  /**
   * Invocations, newest first, item by item, as {@link RunCommandClient.commands} lists commands.
   *
   * @param request - Which invocations; with `Details: true` they come with their plugins.
   * @param options - `abortSignal`, to end it early.
   * @throws RepeatedTokenError while iterating, when the service goes round in circles.
   *
   * @example
   * ```ts
   * for await (const invocation of runCommand.invocations({ CommandId: sent.commandId, Details: true })) {
   *   invocation.CommandPlugins?.[0]?.Output; //=> "deployed\n"
   * }
   * ```
   */
  invocations(
    request: InvocationsRequest = {},
    options?: CallOptions,
  ): AsyncIterable<CommandInvocation> {
    const input: ListCommandInvocationsCommandInput = { MaxResults: MAX_PAGE_SIZE, ...request };
    return paginate(input, {
      operation: "ListCommandInvocations",
      ask: (page) => this.listCommandInvocations(page, options),
      items: (page) => page.CommandInvocations,
      signal: options?.abortSignal,
    });
  }

  /**
   * Waits until every invocation of a command has ended, and says how it ended.
   *
   * - Asks `ListCommands` once per poll, and reads the invocations once, at the end (every poll with `onProgress`), in pages
   *   of 50. Invocations that are missing or open then are read again, at most three times. On the first five nodes that
   *   failed, by id, the plugin that did has its streams read apart.
   * - Resolves for failure, too: a failed command is an outcome, not an exception. `Cancelling` is not an end.
   * - A status that this version does not know ends as `"unrecognized"`: when the service calls it complete, or when the
   *   command's own time and 30 s more are over.
   * - A command that is not visible yet counts as pending for 30 s.
   * - Rides out throttling, 5xx and trouble of the network until the deadline, backing off; everything else is thrown at
   *   once, unchanged.
   * - Rejects with {@link StillRunningError} after `timeout`; the command goes on without you.
   *
   * @param commandId - Of a command that anybody sent.
   * @param options - How long to wait, how often to ask, what to be told.
   * @throws StillRunningError, CommandNotFoundError, `signal.reason`, RangeError or TypeError for a `pollEvery` or `timeout`
   *   that is none, what `onProgress` throws, or whatever the service throws (as a rejection).
   *
   * @example
   * ```ts
   * const outcome = await runCommand.waitForTerminal(commandId, { timeout: "5m" });
   * outcome.kind; //=> "succeeded"
   * ```
   */
  waitForTerminal(commandId: string, options?: WaitOptions): Promise<CommandOutcome> {
    return waitForTerminal(this.#waiter, commandId, options);
  }

  /**
   * The streams of one plugin apart, of nodes that succeeded, too: GetCommandInvocation. `stdout` and `stderr` are missing
   * until the invocation has ended.
   *
   * @param at - Command, node, and plugin; the plugin may be left out where there is one only.
   * @param options - `abortSignal`, to end it early.
   * @throws RunCommandError (as a rejection) that lists the plugins when there is none of that name, or several and none was
   *   named; whatever the service throws, such as `InvocationDoesNotExist` just after the send.
   *
   * @example
   * ```ts
   * const { stdout, truncated } = await runCommand.readOutput({ commandId, instanceId: "i-0123456789abcdef0" });
   * stdout; //=> "deployed\n"
   * ```
   */
  readOutput(at: PluginRef, options?: CallOptions): Promise<PluginOutcome> {
    return readOutput(this.#waiter.api, { at, options });
  }

  /**
   * Waits until nodes can take commands: until Systems Manager knows all of them and calls them Online. A node runs for a
   * while before that.
   *
   * - Asks DescribeInstanceInformation once per 50 nodes and poll, at the intervals of
   *   {@link RunCommandClient.waitForTerminal}, and rides out the same trouble.
   * - A node that was stopped a minute ago may still be called Online (recorded 2026-09).
   *
   * @param instanceIds - The nodes.
   * @param options - How long to wait; ten minutes unless it says otherwise.
   * @throws NodesUnavailableError when time is up, `signal.reason`, whatever the service throws, or TypeError when what is
   *   wrapped has no `describeInstanceInformation` (as a rejection).
   *
   * @example
   * ```ts
   * await runCommand.waitUntilManaged(["i-0123456789abcdef0"], { timeout: "5m" });
   * await runCommand.send({ ...runShellScript("./install.sh"), InstanceIds: ["i-0123456789abcdef0"] });
   * ```
   */
  waitUntilManaged(instanceIds: readonly string[], options?: ManagedOptions): Promise<void> {
    return waitUntilManaged(this.#waiter, { ...options, instanceIds });
  }
}
