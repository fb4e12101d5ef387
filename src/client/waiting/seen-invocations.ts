import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import { isTerminalInvocationStatus } from "../../domain/status.ts";

/** The invocations of a command that were read so far, by node id. */
export type Fleet = Map<string, CommandInvocation>;

/** Notes an invocation of a page. One that was seen to end stays ended, since a later page may show an older state. */
export function noteInvocation(fleet: Fleet, invocation: CommandInvocation): void {
  const id = invocation.InstanceId ?? "";
  if (isEnded(fleet.get(id)) && !isEnded(invocation)) return;
  fleet.set(id, invocation);
}

/** Whether all invocations of a command were read and have ended. */
export function isFleetComplete(fleet: Fleet, { TargetCount = 0 }: Command): boolean {
  return fleet.size >= TargetCount && [...fleet.values()].every(isEnded);
}

/** Whether an invocation was read and has ended. */
export function isEnded(invocation: CommandInvocation | undefined): boolean {
  return isTerminalInvocationStatus(invocation?.Status);
}
