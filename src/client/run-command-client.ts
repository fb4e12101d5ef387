import type {
  Command,
  CommandInvocation,
  ListCommandInvocationsCommandInput,
  ListCommandsCommandInput,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { notTaken } from "../domain/in-message.ts";
import { MAX_PAGE_SIZE } from "../domain/limits.ts";
import { checkOptions, type OptionTable } from "../domain/options.ts";
import type { PluginRef } from "../domain/output-names.ts";
import { type AbortOptions, callOptions, type RunCommandApi } from "../domain/run-command-api.ts";
import type { Clock } from "../time/clock.ts";
import { findClock, findRandom, isClock } from "./find-clock.ts";
import { sendAll } from "./fleets/send-all.ts";
import type { SentFleet } from "./fleets/sent-fleet.ts";
import { fromSsmClient } from "./from-ssm-client.ts";
import { commandsOf, invocationsOf } from "./listings.ts";
import { type Sending, sendOnce } from "./once/send-once.ts";
import { SEND_OPTIONS, type SendOptions } from "./once/send-options.ts";
import type { CommandLook } from "./outcomes/command-look.ts";
import type { CommandOutcome } from "./outcomes/outcome.ts";
import type { PluginOutcome } from "./outcomes/plugin-outcome.ts";
import { readOutput } from "./outcomes/read-output.ts";
import {
  type CommandsRequest,
  checkListing,
  checkRequest,
  type InvocationsRequest,
  type SendRequest,
} from "./requests/requests.ts";
import { type SentCommand, sentCommand } from "./sent-command.ts";
import { lookAt } from "./waiting/look.ts";
import type { Waiter } from "./waiting/polling.ts";
import { waitForTerminal } from "./waiting/wait-for-terminal.ts";
import type { WaitOptions } from "./waiting/wait-options.ts";
import { type ManagedOptions, waitUntilManaged } from "./waiting/wait-until-managed.ts";

/**
 * Options of a {@link RunCommandClient}.
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
  /** The clock to wait on. @default the clock of the service or of its request handler, else {@link systemClock} */
  readonly clock?: Clock | undefined;
  /** Random numbers for the poll intervals, at least 0, below 1. @default those of a fake, by seed, else `Math.random` */
  readonly random?: (() => number) | undefined;
  /**
   * Whether {@link RunCommandClient.send} looks up the nodes after an `InvalidInstanceId`, which does not say which node is
   * meant and why. It makes one DescribeInstanceInformation call and throws a {@link NodesUnavailableError}, which says
   * both. If that call fails, the `InvalidInstanceId` is thrown as it is. @default false
   */
  readonly diagnoseNodes?: boolean | undefined;
}

/** The options of {@link RunCommandClient}. */
export const CLIENT_OPTIONS = {
  clock: "any",
  random: "a function",
  diagnoseNodes: "a boolean",
} as const satisfies OptionTable<RunCommandClientOptions>;

/**
 * Run Command, with what the five operations leave to their caller: typed requests, paging, waiting, and an outcome that
 * says how the command ended.
 *
 * - Wraps anything that speaks Run Command: an `SSMClient`, the aggregated `SSM`, or any other {@link RunCommandApi}. It is
 *   a RunCommandApi itself, and passes the operations through unchanged.
 * - Finds its clock, so that it need not be configured twice: the `clock` of what it wraps, or of its request handler.
 * - Errors of the service are thrown unchanged, but an `InvalidDocument` of {@link RunCommandClient.send} gets the message
 *   that the service leaves empty, and keeps its class.
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
  /** The clock that this client waits on. */
  readonly clock: Clock;
  /** Random numbers for the intervals between polls, at least 0 and below 1. */
  readonly random: () => number;
  /** SendCommand, passed through. Like the other five it needs no `this`, so it can be handed on by itself. */
  declare readonly sendCommand: RunCommandApi["sendCommand"];
  /** CancelCommand, passed through. */
  declare readonly cancelCommand: RunCommandApi["cancelCommand"];
  /** GetCommandInvocation, passed through. */
  declare readonly getCommandInvocation: RunCommandApi["getCommandInvocation"];
  /** ListCommands, passed through: one page. */
  declare readonly listCommands: RunCommandApi["listCommands"];
  /** ListCommandInvocations, passed through: one page. */
  declare readonly listCommandInvocations: RunCommandApi["listCommandInvocations"];
  /** DescribeInstanceInformation, passed through; missing if what the client wraps does not have it. */
  declare readonly describeInstanceInformation?: NonNullable<
    RunCommandApi["describeInstanceInformation"]
  >;
  readonly #waiter: Waiter;
  readonly #sending: Sending;

  /**
   * @param ssm - What speaks Run Command: an `SSMClient`, an `SSM`, or another {@link RunCommandApi}.
   * @param options - Clock and random numbers, if not the usual ones; whether refused nodes are looked up.
   * @throws TypeError when `ssm` has neither `sendCommand` nor `send`.
   */
  constructor(ssm: SSMClient | RunCommandApi, options: RunCommandClientOptions = {}) {
    checkOptions(options, CLIENT_OPTIONS, "new RunCommandClient()");
    const api = fromSsmClient(ssm);
    const { clock = findClock(ssm), diagnoseNodes = false } = options;
    if (!isClock(clock)) {
      throw notTaken(clock, "clock of new RunCommandClient()", "an object with now() and sleep()");
    }
    const { random = findRandom(ssm) ?? (() => Math.random()) } = options;
    this.#waiter = { api, clock, random };
    this.clock = clock;
    this.random = random;
    // The six methods that are declared above.
    Object.assign(this, api);
    const { sendCommand } = this;
    // A client in a client sends as that one does.
    const inner = #sending in ssm ? ssm.#sending : undefined;
    this.#sending = {
      wrapped: inner?.wrapped ?? ssm,
      waiter: this.#waiter,
      latest: {},
      diagnoseNodes,
      sendCommand: (input, call) => this.sendCommand(input, call),
      isReplaced: () => this.sendCommand !== sendCommand || inner?.isReplaced() === true,
      sent: (command, adopted) => sentCommand(this, command, adopted),
      over: (other) => clientOf(other, { clock, random }),
    };
  }

  /**
   * Sends a command to nodes, once: after a failure that leaves open whether it was sent, neither this client nor the SDK
   * under it sends it again. Throttling, and what fails before there is a connection, the SDK tries again as ever. (An api of
   * your own that tries again by itself has to leave SendCommand out of that.)
   *
   * @param request - What to run, and where; {@link runShellScript} and {@link tagTargets} make its members.
   * @param options - `once`: a key, with which the command is found if it is there already; `abortSignal`.
   * @throws (as a rejection) MaybeSentError when it is not known whether it was sent; KeyTakenError when the key is that of
   *   another request; RangeError for more than 50 `InstanceIds`, for a limit that is neither a count nor a percentage, and
   *   for a Comment that is too long with its key; TypeError for an option that does not exist; NodesUnavailableError with
   *   `diagnoseNodes`; whatever the service throws, where the message of an InvalidDocument names document, version and
   *   region.
   *
   * @example
   * ```ts
   * const sent = await runCommand.send({ ...runShellScript("uptime"), InstanceIds: ["i-0123456789abcdef0"] });
   * sent.command.Status; //=> "Pending"
   * ```
   */
  async send(request: SendRequest, options: SendOptions = {}): Promise<SentCommand> {
    checkRequest(request, "send()");
    checkOptions(options, SEND_OPTIONS, "send()");
    const sending = sendOnce(this.#sending, { requests: [request], given: options });
    // One request is one command.
    return (await sending.next()).value as SentCommand;
  }

  /**
   * Sends a command to any number of nodes: as commands of fifty, with one handle and one outcome.
   *
   * - An id that is given twice runs once. To `Targets` it is one command, as it is to fifty nodes or fewer.
   * - MaxConcurrency is shared out, so that the whole never runs on more nodes at once; so is MaxErrors. Percentages are of
   *   the whole, rounded down, and what is left out counts as AWS's defaults, `"50"` and `"0"`, for the whole. Each part
   *   stops by itself, when it has more errors than its share: together they may have one more than MaxErrors per part, and
   *   where the errors are in one part, that part stops earlier.
   * - The parts are sent one after the other. One that is throttled is tried again for ten minutes. When one is refused, those
   *   that were sent go on, and the others are not sent.
   * - With `once`, each part has a mark of its own, such as `[once:KEY 2/5]`, and the ids are sorted, so that the same
   *   nodes make the same parts. All parts are looked for in one listing before the first is sent. A key that was sent in
   *   another number of parts is that of another request.
   * - A wait costs one call per poll (one for each fifty commands of the document that were requested in the same time), and
   *   one for each fifty nodes at the end.
   *
   * @param request - What to run, and where.
   * @param options - As those of {@link RunCommandClient.send}.
   * @throws (as a rejection) RangeError for fewer places than parts; PartlySentError when a part is refused, or nobody knows
   *   whether it was sent, after others were sent; what `send` throws where nothing was sent.
   *
   * @example
   * ```ts
   * const InstanceIds = Array.from({ length: 120 }, () => fake.nodes.add().instanceId);
   * const sent = await runCommand.sendAll({ ...runShellScript("./deploy.sh"), InstanceIds });
   * const { kind, invocations } = await sent.waitForTerminal();
   * [kind, invocations.length]; //=> ["succeeded", 120]
   * ```
   */
  async sendAll(request: SendRequest, options: SendOptions = {}): Promise<SentFleet> {
    checkRequest(request, "sendAll()");
    checkOptions(options, SEND_OPTIONS, "sendAll()");
    return sendAll(this.#sending, request, options);
  }

  /**
   * Lists commands, newest first, item by item. Pages are asked for as they are needed, 50 items each unless the request
   * says otherwise. The request is never changed.
   *
   * @param request - Which commands; all of them (AWS keeps them for 30 days) when left out.
   * @param options - `abortSignal`, to end it early.
   * @throws RepeatedTokenError while iterating, when the service returns a page token that it has returned before.
   *
   * @example
   * ```ts
   * for await (const command of runCommand.commands({ Filters: [{ key: "ExecutionStage", value: "Executing" }] })) {
   *   command.Status; //=> "InProgress"
   * }
   * ```
   */
  commands(request: CommandsRequest = {}, options?: AbortOptions): AsyncIterable<Command> {
    const call = callOptions(options, "commands()");
    checkListing(request, "commands()");
    const input: ListCommandsCommandInput = { MaxResults: MAX_PAGE_SIZE, ...request };
    return commandsOf(input, (page) => this.listCommands(page, call), call?.abortSignal);
  }

  /**
   * Lists invocations, newest first, item by item, as {@link RunCommandClient.commands} lists commands.
   *
   * @param request - Which invocations; with `Details: true` they come with their plugins.
   * @param options - `abortSignal`, to end it early.
   * @throws RepeatedTokenError while iterating, when the service returns a page token that it has returned before.
   *
   * @example
   * ```ts
   * await sent.waitForTerminal();
   * for await (const invocation of runCommand.invocations({ CommandId: sent.commandId, Details: true })) {
   *   invocation.CommandPlugins?.[0]?.Output; //=> "deployed\n"
   * }
   * ```
   */
  invocations(
    request: InvocationsRequest = {},
    options?: AbortOptions,
  ): AsyncIterable<CommandInvocation> {
    const call = callOptions(options, "invocations()");
    checkListing(request, "invocations()");
    const input: ListCommandInvocationsCommandInput = { MaxResults: MAX_PAGE_SIZE, ...request };
    const ask = (page: ListCommandInvocationsCommandInput) =>
      this.listCommandInvocations(page, call);
    return invocationsOf(input, ask, call?.abortSignal);
  }

  /**
   * Waits until a command and all of its invocations have ended, and returns how they ended.
   *
   * - Calls `ListCommands` once per poll, and reads the invocations once, at the end (at every poll with `onProgress`), in
   *   pages of 50. If some are missing or open at the end, they are read again, at most three times. For the first five
   *   nodes that failed, in the order of their ids, both streams of the plugin that failed are read separately.
   * - Resolves for failure, too: a failed command is an outcome, not an exception. `Cancelling` is not terminal.
   * - A command with a status that this version does not know ends as `"unrecognized"`: when the service calls it complete,
   *   or when its own time and 60 s more are over.
   * - A command that is not visible yet counts as pending for 30 s, from the first answer on.
   * - Retries after throttling, 5xx, network errors and cut answers until the deadline, at growing intervals; any other error
   *   is thrown at once, unchanged.
   * - Rejects with {@link StillRunningError} after `timeout`; the command itself keeps running. If there was trouble all the
   *   time, and the command was never seen, it rejects with the trouble.
   *
   * @param commandId - The command's id; it may have been sent elsewhere.
   * @param options - How long to wait, how often to poll, and a callback for progress.
   * @throws (as a rejection) StillRunningError; CommandNotFoundError; `signal.reason`; RangeError or TypeError for an
   *   invalid `pollEvery` or `timeout`; what `onProgress` throws; whatever the service throws.
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
   * Looks at a command once, and never sleeps: for code that is called again later, such as a Lambda function, a cron job or
   * a step of Step Functions.
   *
   * - Calls `ListCommands` once, and reads the invocations in pages of 50; of a command that has ended, the streams of failed
   *   plugins, too, as {@link RunCommandClient.waitForTerminal} does.
   * - A command that has ended is the same outcome that a wait resolves with. One that has not is `"running"`, with the
   *   invocations that have ended; one that ListCommands does not show is `"unknown"`: just after the send, too.
   *
   * @param commandId - The command's id; it may have been sent elsewhere.
   * @param options - `abortSignal`, to end it early.
   * @throws (as a rejection) whatever the service throws, throttling and network errors, too, when the SDK's own retries
   *   are used up.
   *
   * @example
   * ```ts
   * node.behavior = hangs();
   * const { commandId } = await runCommand.send(request);
   * const { kind } = await runCommand.look(commandId);
   * kind; //=> "running"
   * ```
   */
  look(commandId: string, options?: AbortOptions): Promise<CommandLook> {
    return lookAt(this.#waiter, commandId, options);
  }

  /**
   * Reads both streams of one plugin separately, by GetCommandInvocation, whether it failed or not. `stdout` and `stderr`
   * are missing until the invocation has ended.
   *
   * @param at - Command, node, and plugin; the plugin may be left out if there is only one.
   * @param options - `abortSignal`, to end the call early.
   * @throws RunCommandError (as a rejection) that lists the plugins, when none has that name, or when there are several and
   *   none was named; whatever the service throws, such as `InvocationDoesNotExist` just after the send.
   *
   * @example
   * ```ts
   * const { stdout, truncated } = await runCommand.readOutput({ commandId, instanceId: "i-0123456789abcdef0" });
   * stdout; //=> "deployed\n"
   * ```
   */
  readOutput(at: PluginRef, options?: AbortOptions): Promise<PluginOutcome> {
    return readOutput(this.#waiter.api, { at, options });
  }

  /**
   * Waits until nodes can take commands: until Systems Manager knows all of them and calls them Online. A new node runs for
   * a while before that.
   *
   * - Calls DescribeInstanceInformation once per 50 nodes and poll, at the intervals of
   *   {@link RunCommandClient.waitForTerminal}, and retries after the same errors.
   * - A node that was stopped a minute ago may still be called Online [rec-2026-09-27-timeouts].
   *
   * @param instanceIds - The ids of the nodes.
   * @param options - How long to wait, ten minutes by default, and a signal to end it.
   * @throws (as a rejection) NodesUnavailableError when the time is up; `signal.reason`; whatever the service throws;
   *   TypeError for a `timeout` that is not a duration, or when what is wrapped has no `describeInstanceInformation`.
   *
   * @example
   * ```ts
   * await runCommand.waitUntilManaged(["i-0123456789abcdef0"], { timeout: "5m" });
   * await runCommand.send({ ...runShellScript("./install.sh"), InstanceIds: ["i-0123456789abcdef0"] });
   * ```
   */
  waitUntilManaged(instanceIds: readonly string[], options?: ManagedOptions): Promise<void> {
    return waitUntilManaged(this.#waiter, { options, instanceIds });
  }
}

/** Outside of the class: a class that names itself is renamed by bundlers. */
function clientOf(api: RunCommandApi, options: RunCommandClientOptions): RunCommandClient {
  return new RunCommandClient(api, options);
}
