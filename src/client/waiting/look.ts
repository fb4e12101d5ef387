import type { Command } from "@aws-sdk/client-ssm";
import { type AbortOptions, callOptions } from "../../domain/run-command-api.ts";
import type { CommandLook, RunningLook } from "../outcomes/command-look.ts";
import { checkCommandId, commandReader } from "./command-reader.ts";
import type { Waiter } from "./polling.ts";
import { phaseOf, progressOf } from "./progress.ts";
import { type Fleet, isEnded } from "./seen-invocations.ts";

/** Looks at a command once. The rules are those of `RunCommandClient.look`. */
export async function lookAt(
  { api }: Waiter,
  commandId: string,
  given?: AbortOptions,
): Promise<CommandLook> {
  const options = callOptions(given, "look()");
  checkCommandId(commandId, "look()");
  const reader = commandReader(api, {
    commandId,
    ask: (call) => call(options),
    signal: given?.abortSignal,
  });
  const command = await reader.find();
  if (command === undefined) return { kind: "unknown", commandId };
  const isOver = await reader.isOver(command);
  const isComplete = await reader.readFleet(command);
  if (!isOver) return runningLook(command, reader.fleet);
  if (!isComplete) await reader.readFleet(command);
  return reader.outcomeOf(command, {});
}

/** The look at a command that has not ended. */
export function runningLook(command: Command, fleet: Fleet): RunningLook {
  const { counts, ended, justEnded } = progressOf(command, { fleet, reported: new Set() });
  const open = [...fleet]
    .filter(([, invocation]) => !isEnded(invocation))
    .map(([instanceId, invocation]) => ({ instanceId, phase: phaseOf(invocation), invocation }));
  return { kind: "running", command, counts, ended, invocations: justEnded, open };
}
