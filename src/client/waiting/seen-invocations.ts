import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import { isTerminalInvocationStatus } from "../../domain/status.ts";

/** The invocations of a command, as far as they were read, by node. */
export type Fleet = Map<string, CommandInvocation>;

/** Puts down what a page said. An end stays an end: pages of one walk may be of different age. */
export function noteInvocation(fleet: Fleet, invocation: CommandInvocation): void {
  const id = invocation.InstanceId ?? "";
  if (isEnded(fleet.get(id)) && !isEnded(invocation)) return;
  fleet.set(id, invocation);
}

/** Whether all invocations of a command were read, and read as ended. */
export function isFleetComplete(fleet: Fleet, { TargetCount = 0 }: Command): boolean {
  return fleet.size >= TargetCount && [...fleet.values()].every(isEnded);
}

/** Whether an invocation was read, and read as ended. */
export function isEnded(invocation: CommandInvocation | undefined): boolean {
  return isTerminalInvocationStatus(invocation?.Status);
}
