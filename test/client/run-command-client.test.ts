import { SSM, SSMClient } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { RunCommandError } from "../../src/client/errors/errors.ts";
import { runShellScript } from "../../src/client/requests/scripts.ts";
import { RunCommandClient } from "../../src/client/run-command-client.ts";
import { systemClock } from "../../src/time/clock.ts";
import { ManualClock } from "../support/manual-clock.ts";
import {
  aCommand,
  anInvocation,
  COMMAND_ID,
  countOf,
  pageOf,
  scriptedApi,
} from "../support/scripted-api.ts";

const node = "i-0123456789abcdef0";
const request = { ...runShellScript("uptime"), InstanceIds: [node] };
const options = { abortSignal: new AbortController().signal };

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("its clock", () => {
  it("is the one that was given", () => {
    const clock = new ManualClock();
    const api = { ...scriptedApi({}), clock: new ManualClock() };
    expect(new RunCommandClient(api, { clock }).clock).toBe(clock);
  });

  it("is that of the api", () => {
    const api = { ...scriptedApi({}), clock: new ManualClock() };
    expect(new RunCommandClient(api).clock).toBe(api.clock);
  });

  it("is that of a client in a client", () => {
    const api = { ...scriptedApi({}), clock: new ManualClock() };
    expect(new RunCommandClient(new RunCommandClient(api)).clock).toBe(api.clock);
  });

  it.each([
    ["an SSMClient", new SSMClient({ region: "us-east-1" })],
    ["an SSM", new SSM({ region: "us-east-1" })],
  ])("is the wall clock over %s", (_, ssm) => {
    expect(new RunCommandClient(ssm).clock).toBe(systemClock);
  });
});

describe("the five operations", () => {
  it.each([
    "sendCommand",
    "cancelCommand",
    "getCommandInvocation",
    "listCommands",
    "listCommandInvocations",
  ] as const)("%s passes input, options and answer through unchanged", async (operation) => {
    const answer = { NextToken: "2" };
    const api = scriptedApi({ [operation]: () => answer });
    const input = { CommandId: COMMAND_ID };
    const got = await new RunCommandClient(api)[operation](input as never, options);
    expect(got).toMatchObject(answer);
    expect(api.calls[0]?.input).toBe(input);
    expect(api.calls[0]?.options).toBe(options);
  });
});

describe("send", () => {
  const sending = () => scriptedApi({ sendCommand: () => ({ Command: aCommand() }) });

  it("sends the request as it is", async () => {
    const api = sending();
    await new RunCommandClient(api).send(request, options);
    expect(api.calls).toEqual([{ operation: "sendCommand", input: request, options }]);
  });

  it("returns the command and its id", async () => {
    const sent = await new RunCommandClient(sending()).send(request);
    expect(sent).toMatchObject({ commandId: COMMAND_ID, command: aCommand() });
  });

  it("refuses more than 50 ids before the call, and names the cure", async () => {
    const api = sending();
    const InstanceIds = Array<string>(51).fill(node);
    await expect(new RunCommandClient(api).send({ ...request, InstanceIds })).rejects.toThrow(
      new RangeError(
        "The request names 51 InstanceIds, and SendCommand takes at most 50. Use sendAll(), or Targets.",
      ),
    );
    expect(api.calls).toEqual([]);
  });

  it("takes 50 ids", async () => {
    const InstanceIds = Array<string>(50).fill(node);
    const sent = new RunCommandClient(sending()).send({ ...request, InstanceIds });
    await expect(sent).resolves.toMatchObject({ commandId: COMMAND_ID });
  });

  it("says so when the answer has no id", async () => {
    const api = scriptedApi({ sendCommand: () => ({}) });
    await expect(new RunCommandClient(api).send(request)).rejects.toThrow(RunCommandError);
  });
});

describe("a command that was sent", () => {
  async function sentOver(answers: Parameters<typeof scriptedApi>[0] = {}) {
    const api = {
      ...scriptedApi({ sendCommand: () => ({ Command: aCommand() }), ...answers }),
      clock: new ManualClock(),
    };
    return { api, sent: await new RunCommandClient(api, { random: () => 0.5 }).send(request) };
  }

  it("is waited for on the clock of its client", async () => {
    const { sent, api } = await sentOver({
      listCommands: () => ({
        Commands: [aCommand({ Status: api.clock.elapsed() < 2_000 ? "InProgress" : "Success" })],
      }),
      listCommandInvocations: () => ({ CommandInvocations: [anInvocation(node)] }),
    });
    expect((await sent.waitForTerminal()).kind).toBe("succeeded");
    expect(api.clock.sleeps).toEqual([1000, 1500]);
  });

  it("lists its own invocations", async () => {
    const { sent, api } = await sentOver({
      listCommandInvocations: () => ({ CommandInvocations: [anInvocation(node)] }),
    });
    expect(await all(sent.invocations({ Details: true }))).toEqual([anInvocation(node)]);
    expect(api.calls[1]?.input).toEqual({ MaxResults: 50, Details: true, CommandId: COMMAND_ID });
  });

  it.each([
    ["everywhere", undefined, { CommandId: COMMAND_ID }],
    ["on some nodes", [node], { CommandId: COMMAND_ID, InstanceIds: [node] }],
  ])("is cancelled %s", async (_, instanceIds, input) => {
    const { sent, api } = await sentOver({ cancelCommand: () => ({}) });
    await sent.cancel(instanceIds, options);
    expect(api.calls[1]).toEqual({ operation: "cancelCommand", input, options });
  });

  it("is cancelled nowhere for an empty list, which AWS would read as everywhere", async () => {
    const { sent, api } = await sentOver();
    await sent.cancel([]);
    expect(countOf(api.calls, "cancelCommand")).toBe(0);
  });
});

describe("listings", () => {
  const commands = Array.from({ length: 120 }, (_, i) => aCommand({ Comment: String(i) }));
  const listing = () =>
    scriptedApi({
      listCommands: ({ NextToken }) => {
        const { items, ...token } = pageOf(commands, NextToken);
        return { Commands: items, ...token };
      },
    });

  it("give every command, page after page", async () => {
    const api = listing();
    expect(await all(new RunCommandClient(api).commands())).toEqual(commands);
    expect(api.calls).toHaveLength(3);
  });

  it("hand filters, page size and options on", async () => {
    const api = listing();
    const Filters = [{ key: "ExecutionStage" as const, value: "Executing" as const }];
    await all(new RunCommandClient(api).commands({ Filters, MaxResults: 10 }, options));
    expect(api.calls[0]).toMatchObject({ input: { Filters, MaxResults: 10 }, options });
  });

  it("can be walked twice with one request, which they never write to", async () => {
    const runCommand = new RunCommandClient(listing());
    const everything = Object.freeze({});
    await all(runCommand.commands(everything));
    expect(await all(runCommand.commands(everything))).toHaveLength(120);
  });

  it("reject with the caller's reason, unchanged", async () => {
    const abortSignal = AbortSignal.abort("enough");
    const items = new RunCommandClient(listing()).commands({}, { abortSignal });
    await expect(all(items)).rejects.toBe("enough");
  });
});
