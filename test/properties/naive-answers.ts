import type { Command, CommandFilter, CommandInvocation } from "@aws-sdk/client-ssm";
import type { Act } from "../support/fleet-acts.ts";
import { isOpen, limitOf, rollUp, STATUS_OF } from "./naive-roll-up.ts";
import type { NaiveCommand, NaiveInvocation, NaiveWorld } from "./naive-world.ts";

/** What both models say of a command. */
export type CommandWords = Pick<
  Command,
  | "CommandId"
  | "Status"
  | "StatusDetails"
  | "TargetCount"
  | "CompletedCount"
  | "ErrorCount"
  | "DeliveryTimedOutCount"
>;

/** What both models say of an invocation. */
export type InvocationWords = Pick<
  CommandInvocation,
  "CommandId" | "InstanceId" | "Status" | "StatusDetails"
> & { readonly ResponseCode: number | undefined };

/** What a list request asks for. */
export interface Question {
  readonly CommandId?: string;
  readonly InstanceId?: string;
  readonly Filters?: CommandFilter[];
}

/** All that ListCommands returns, newest first [rec-2026-10-01-alarms]. */
export function naiveCommands(world: NaiveWorld, question: Question = {}): CommandWords[] {
  const { CommandId, InstanceId, Filters = [] } = question;
  return world.commands
    .toReversed()
    .filter(({ commandId }) => CommandId === undefined || commandId === CommandId)
    .filter((command) => InstanceId === undefined || find(command, InstanceId) !== undefined)
    .map((command) => ({ at: command.at, words: wordsOf(command) }))
    .filter(({ at, words }) => Filters.every((filter) => passes(filter, { at, ...words })))
    .map(({ words }) => words);
}

/** All that ListCommandInvocations returns: the newest record first, which is the largest id of the newest command. */
export function naiveInvocations(world: NaiveWorld, question: Question = {}): InvocationWords[] {
  const { CommandId, InstanceId, Filters = [] } = question;
  return world.commands
    .flatMap(({ invocations, at, commandId }) =>
      invocations.map((each) => ({ at, words: invocationWords(commandId, each) })),
    )
    .toReversed()
    .filter(({ words }) => CommandId === undefined || words.CommandId === CommandId)
    .filter(({ words }) => InstanceId === undefined || words.InstanceId === InstanceId)
    .filter(({ at, words }) => Filters.every((filter) => passes(filter, { at, ...words })))
    .map(({ words }) => words);
}

/** How the service refuses an act, or undefined when it accepts the act [rules-targets] [rules-cancel] [rules-alarms]. */
export function naiveRefusal(act: Act, world: NaiveWorld): string | undefined {
  if (act.type === "cancel") {
    const command = world.commands.find(({ commandId }) => commandId === act.commandId);
    if (command === undefined) return "InvalidCommandId";
    const isForeign = act.instanceIds?.some((id) => find(command, id) === undefined) ?? false;
    return isForeign ? "InvalidInstanceId" : undefined;
  }
  if (act.type !== "send") return undefined;
  if (act.watchesAlarm && world.alarm !== "OK") return "ValidationException";
  if (act.chosen.by !== "ids") return undefined;
  const named = act.chosen.instanceIds.map((id) => world.nodes.find((n) => n.instanceId === id));
  if (named.some((node) => node?.access === "denied")) return "AccessDeniedException";
  if (named.includes(undefined)) return "InvalidInstanceId";
  const isWrong = named.some((node) => node?.platform === "Windows");
  return isWrong ? "UnsupportedPlatformType" : undefined;
}

function wordsOf({ commandId, maxErrors, invocations, ...facts }: NaiveCommand): CommandWords {
  const details = invocations.map(({ detail }) => detail);
  const budget = limitOf(maxErrors, details.length);
  const [Status, StatusDetails] = rollUp(details, { ...facts, budget });
  // 0 until the end [rec-2026-10-01-alarms].
  const isOver = !invocations.some(isOpen);
  const count = (...wanted: string[]) =>
    isOver ? details.filter((detail) => wanted.includes(detail)).length : 0;
  return {
    CommandId: commandId,
    Status,
    StatusDetails,
    TargetCount: details.length,
    CompletedCount: count(...details),
    ErrorCount: count("Failed", "ExecutionTimedOut"),
    DeliveryTimedOutCount: count("DeliveryTimedOut"),
  };
}

function invocationWords(
  CommandId: string,
  { instanceId, detail, code }: NaiveInvocation,
): InvocationWords {
  return {
    CommandId,
    InstanceId: instanceId,
    Status: STATUS_OF[detail],
    StatusDetails: detail === "Cancelling" ? "InProgress" : detail,
    ResponseCode: code,
  };
}

function passes(
  { key, value }: CommandFilter,
  item: {
    readonly at: number;
    readonly Status?: string | undefined;
    readonly StatusDetails?: string | undefined;
  },
): boolean {
  const isRunning = item.Status === "Pending" || item.Status === "InProgress";
  if (key === "Status") return [item.Status, item.StatusDetails].some((word) => word === value);
  if (key === "ExecutionStage") return isRunning === (value === "Executing");
  if (key === "DocumentName") return value === "AWS-RunShellScript";
  const limit = Date.parse(value ?? "");
  return key === "InvokedAfter" ? item.at >= limit : item.at < limit;
}

function find({ invocations }: NaiveCommand, id: string): NaiveInvocation | undefined {
  return invocations.find(({ instanceId }) => instanceId === id);
}
