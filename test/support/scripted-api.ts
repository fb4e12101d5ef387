import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import type { CallOptions, RunCommandApi } from "../../src/domain/run-command-api.ts";

type Operation = Exclude<keyof RunCommandApi, "clock">;
type Answers = {
  readonly [O in Operation]?: (
    input: Parameters<NonNullable<RunCommandApi[O]>>[0],
    options?: CallOptions,
  ) => Omit<Awaited<ReturnType<NonNullable<RunCommandApi[O]>>>, "$metadata">;
};

/** A call that a {@link scriptedApi} received. */
export interface ScriptedCall {
  readonly operation: Operation;
  readonly input: unknown;
  readonly options: CallOptions | undefined;
}

/** An api that returns what the test says, call by call, and keeps the calls that it received. */
export function scriptedApi(answers: Answers): RunCommandApi & { readonly calls: ScriptedCall[] } {
  const calls: ScriptedCall[] = [];
  const answer = <O extends Operation>(operation: O) => {
    return async (input: never, options?: CallOptions) => {
      calls.push({ operation, input, options });
      const script = answers[operation];
      if (script === undefined) throw new Error(`The test scripts no answer to ${operation}.`);
      return { $metadata: {}, ...script(input, options) };
    };
  };
  return {
    calls,
    sendCommand: answer("sendCommand"),
    cancelCommand: answer("cancelCommand"),
    getCommandInvocation: answer("getCommandInvocation"),
    listCommands: answer("listCommands"),
    listCommandInvocations: answer("listCommandInvocations"),
  } as RunCommandApi & { readonly calls: ScriptedCall[] };
}

/** How often an operation was called. */
export function countOf(calls: readonly ScriptedCall[], operation: Operation): number {
  return calls.filter((call) => call.operation === operation).length;
}

export const COMMAND_ID = "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11";

/** A command, in progress on one node and with two hours to live, unless other members are given. */
export function aCommand(members: Partial<Command> = {}): Command {
  return {
    CommandId: COMMAND_ID,
    DocumentName: "AWS-RunShellScript",
    Status: "InProgress",
    StatusDetails: members.Status ?? "InProgress",
    RequestedDateTime: new Date("2026-09-27T10:00:00.000Z"),
    ExpiresAfter: new Date("2026-09-27T12:00:00.000Z"),
    TargetCount: 1,
    ...members,
  };
}

/** The invocation of that command on a node, ended well unless other members are given. */
export function anInvocation(
  instanceId: string,
  members: Partial<CommandInvocation> = {},
): CommandInvocation {
  return {
    CommandId: COMMAND_ID,
    InstanceId: instanceId,
    Status: "Success",
    StatusDetails: members.Status ?? "Success",
    CommandPlugins: [],
    ...members,
  };
}

/** The page of 50 items that begins at `NextToken`, an index as a string; without it, at the first item. */
export function pageOf<T>(items: readonly T[], NextToken: string | undefined) {
  const from = Number(NextToken ?? 0);
  const to = from + 50;
  return { items: items.slice(from, to), ...(to < items.length && { NextToken: String(to) }) };
}

/** An error of the shape that the SDK throws. */
export function sdkError(name: string, members: object = {}): Error {
  return Object.assign(new Error(`${name} was scripted.`), {
    name,
    $fault: "client",
    $metadata: { httpStatusCode: 400 },
    ...members,
  });
}
