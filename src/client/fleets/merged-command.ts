import type { Command } from "@aws-sdk/client-ssm";
import { COMMAND_STATUSES, entryOf } from "../../domain/status.ts";
import { member } from "../member.ts";
import { COMMAND_KINDS, kindOf } from "../outcomes/outcome.ts";
import type { SendRequest } from "../requests/requests.ts";

type Standing = Pick<Command, "Status" | "StatusDetails">;

/**
 * Several commands as one command for all of their nodes, by the table of [rules-roll-up]: it is open while one of them is,
 * and ends as the worst of them. Ids are joined, counts added up, limits are those of the request, or added up; the rest is
 * that of the first.
 */
export function merged(commands: readonly Command[], request: SendRequest): Command {
  const [first = {}, ...others] = commands;
  if (!others[0]) return first;
  const whole: Record<string, unknown> = { ...first };
  for (const [name, value] of others.flatMap((each) => Object.entries(each))) {
    const sum = Number(whole[name]) + Number(value);
    if (name.endsWith("Count")) whole[name] = sum;
    if (name.startsWith("Max")) whole[name] = member(request, name) ?? String(sum);
  }
  return {
    ...whole,
    CommandId: commands.map(({ CommandId }) => CommandId).join(", "),
    InstanceIds: commands.flatMap(({ InstanceIds = [] }) => InstanceIds),
    ...standingOf(commands),
  };
}

/** Whether a command has not ended, or has a status that this version does not know. */
export function isOpen({ Status }: Command): boolean {
  return !entryOf(COMMAND_STATUSES, Status)?.terminal;
}

function standingOf(commands: readonly Command[]): Standing {
  const statuses = [...new Set(commands.map(({ Status }) => Status))];
  if (statuses.some((each) => entryOf(COMMAND_STATUSES, each)?.terminal === false)) {
    const Status = statuses.find((each) => each === "Cancelling" || !statuses[1]) ?? "InProgress";
    return { Status, StatusDetails: Status };
  }
  const kinds: readonly string[] = Object.values(COMMAND_KINDS);
  // What this version does not know is worse than all that it knows.
  const rank = (each: Standing) => kinds.indexOf(kindOf(COMMAND_KINDS, each)) >>> 0;
  const isGood = (each: Standing) => rank(each) <= kinds.indexOf("incomplete");
  const ends = commands.some(isGood) ? commands.map(besideGood) : [...commands];
  const [worst] = ends.sort((one, other) => rank(other) - rank(one));
  return { Status: worst?.Status, StatusDetails: worst?.StatusDetails };
}

/** How a command counts where others succeeded: if it failed because nothing did among its own nodes, that is not the whole. */
function besideGood(command: Command): Standing {
  const { StatusDetails = "", MaxErrors, ErrorCount = 0, DeliveryTimedOutCount = 0 } = command;
  const errors = Math.max(ErrorCount, DeliveryTimedOutCount);
  return errors > Number(MaxErrors) || !/^(Failed|DeliveryTimedOut)$/.test(StatusDetails)
    ? command
    : { Status: "Success", StatusDetails: errors ? "Incomplete" : "Success" };
}
