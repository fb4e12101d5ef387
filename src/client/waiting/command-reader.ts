import type {
  Command,
  GetCommandInvocationCommandInput,
  ListCommandInvocationsCommandInput,
  ListCommandsCommandInput,
} from "@aws-sdk/client-ssm";
import { notTaken } from "../../domain/in-message.ts";
import { MAX_PAGE_SIZE } from "../../domain/limits.ts";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import { COMMAND_STATUSES, entryOf } from "../../domain/status.ts";
import { commandsOf, firstOf, invocationsOf } from "../listings.ts";
import { type CommandOutcome, commandOutcome, invocationOutcome } from "../outcomes/outcome.ts";
import { type Fleet, isFleetComplete, noteInvocation } from "./seen-invocations.ts";
import { withSeparateStreams } from "./separate-streams.ts";
import type { WaitOptions } from "./wait-options.ts";

/** Makes one call: a look makes it once, a wait makes it again after trouble. */
export type Ask = <T>(call: (options: CallOptions | undefined) => Promise<T>) => Promise<T>;

/** Reads how a command stands, for a look and for each poll of a wait. */
export interface CommandReader {
  /** The invocations that were read so far. */
  readonly fleet: Fleet;
  /** The command, if it is visible and matches the filters. */
  find(filters?: Pick<ListCommandsCommandInput, "Filters">): Promise<Command | undefined>;
  /**
   * Whether the command has ended. For a status that this version does not know, the service is asked once. If it says no,
   * the command has ended when its own time has.
   */
  isOver(command: Command, isTimeUp?: boolean): Promise<boolean>;
  /** Reads every page of invocations. Returns whether all invocations of the command were read and have ended. */
  readFleet(command: Command, ask?: Ask): Promise<boolean>;
  /** How the command ended, from what was read; the streams of plugins that failed are read now. */
  outcomeOf(
    command: Command,
    options: Pick<WaitOptions, "invocations" | "separateStreams">,
  ): Promise<CommandOutcome>;
}

/** A reader of one command. */
export function commandReader(
  api: RunCommandApi,
  {
    commandId,
    ask,
    signal,
  }: {
    readonly commandId: string;
    readonly ask: Ask;
    /** Ends the reading of streams, too, which are left out where they are refused. */
    readonly signal: AbortSignal | undefined;
  },
): CommandReader {
  const fleet: Fleet = new Map();
  /** Statuses that this version does not know, which the service calls open. */
  const openStatuses = new Set<Command["Status"]>();
  return { fleet, find, isOver, readFleet, outcomeOf };

  async function find(filters: Pick<ListCommandsCommandInput, "Filters"> = {}) {
    return firstOf(
      commandsOf({ CommandId: commandId, ...filters }, (page) =>
        ask((options) => api.listCommands(page, options)),
      ),
    );
  }

  async function isOver({ Status }: Command, isTimeUp = false): Promise<boolean> {
    const traits = entryOf(COMMAND_STATUSES, Status);
    if (traits !== undefined) return traits.terminal;
    if (isTimeUp) return true;
    if (openStatuses.has(Status)) return false;
    const complete = await find({ Filters: [{ key: "ExecutionStage", value: "Complete" }] });
    if (complete === undefined) openStatuses.add(Status);
    return complete !== undefined;
  }

  async function readFleet(command: Command, askFor = ask): Promise<boolean> {
    const input: ListCommandInvocationsCommandInput = {
      CommandId: commandId,
      Details: true,
      MaxResults: MAX_PAGE_SIZE,
    };
    const pages = invocationsOf(input, (page) =>
      askFor((options) => api.listCommandInvocations(page, options)),
    );
    for await (const invocation of pages) noteInvocation(fleet, invocation);
    return isFleetComplete(fleet, command);
  }

  async function outcomeOf(
    command: Command,
    {
      invocations,
      separateStreams: most = 5,
    }: Pick<WaitOptions, "invocations" | "separateStreams">,
  ): Promise<CommandOutcome> {
    const all = [...fleet.values()].map(invocationOutcome);
    const outcomes = all.filter(
      ({ kind }) =>
        (invocations ?? "all") === "all" || (invocations !== "none" && kind !== "succeeded"),
    );
    const read = await withSeparateStreams({ outcomes, most, ask: readStreams });
    return commandOutcome(command, read);
  }

  /** The streams of a plugin that failed, or undefined if they are refused: how it ended is known without them. */
  function readStreams(input: GetCommandInvocationCommandInput) {
    return ask((options) => api.getCommandInvocation(input, options)).catch(() => {
      signal?.throwIfAborted();
      return undefined;
    });
  }
}

/** @throws TypeError for what is no id. */
export function checkCommandId(commandId: unknown, place: string): void {
  if (typeof commandId === "string") return;
  throw notTaken(commandId, place, "the id of a command, such as sent.commandId");
}
