import { inspect } from "node:util";
import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript, StillRunningError } from "ssm-run-command";
import { FakeSsm, fails, hangs, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { lookAt } from "../../../src/client/waiting/look.ts";
import { waitForTerminal } from "../../../src/client/waiting/wait-for-terminal.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { rejectionOf } from "../../support/rejection.ts";
import {
  aCommand,
  anInvocation,
  COMMAND_ID,
  scriptedApi,
  sdkError,
} from "../../support/scripted-api.ts";

const [a, b, c] = ["i-0000000000000000a", "i-0000000000000000b", "i-0000000000000000c"];
const running = (id: string, members: Partial<CommandInvocation> = {}) =>
  anInvocation(id, { Status: "InProgress", ...members });

/** A look at a command whose listings the test scripts, look by look. */
function aLook({
  command,
  pages = [[]],
  trouble,
}: {
  readonly command?: Partial<Command> | undefined;
  readonly pages?: readonly (readonly CommandInvocation[])[];
  readonly trouble?: unknown;
}) {
  const clock = new ManualClock();
  let listings = 0;
  const api = scriptedApi({
    listCommands: ({ Filters }) => {
      if (trouble !== undefined) throw trouble;
      if (command === undefined || Filters !== undefined) return { Commands: [] };
      return { Commands: [aCommand(command)] };
    },
    listCommandInvocations: () => ({
      CommandInvocations: [...(pages[Math.min(listings++, pages.length - 1)] ?? [])],
    }),
    getCommandInvocation: () => ({ StandardErrorContent: "no space left\n", ResponseCode: 7 }),
  });
  const look = (options?: { readonly abortSignal?: AbortSignal }) =>
    lookAt({ api, clock, random: () => 0.5 }, COMMAND_ID, options);
  return { look, clock, api };
}

describe("a look", () => {
  it("at a command that runs tells which nodes have ended, and where the others stand", async () => {
    const { look, clock } = aLook({
      command: { TargetCount: 4 },
      pages: [
        [anInvocation(a), running(b), running(c, { Status: "Pending", StatusDetails: "Delayed" })],
      ],
    });
    expect(await look()).toMatchObject({
      kind: "running",
      command: { CommandId: COMMAND_ID },
      ended: 1,
      counts: { succeeded: 1, inProgress: 1, delayed: 1, pending: 1 },
      invocations: [{ instanceId: a, kind: "succeeded" }],
      open: [
        { instanceId: b, phase: "inProgress" },
        { instanceId: c, phase: "delayed" },
      ],
    });
    expect(clock.sleeps).toEqual([]);
  });

  it("at a command that has ended is the outcome that a wait resolves with", async () => {
    const fake = new FakeSsm({ nodes: [{ behavior: fails({ stderr: "disk full\n" }) }] });
    const sent = await new RunCommandClient(fake).send({
      ...runShellScript("./deploy.sh"),
      InstanceIds: [fake.nodes.list()[0]?.instanceId ?? ""],
    });
    const outcome = await sent.waitForTerminal();
    expect(await sent.look()).toEqual(outcome);
    expect(await new RunCommandClient(fake).look(sent.commandId)).toEqual(outcome);
  });

  it("at an id that the service does not show is unknown", async () => {
    expect(await aLook({}).look()).toEqual({ kind: "unknown", commandId: COMMAND_ID });
  });

  it("makes one call of each kind, and none of GetCommandInvocation while the command runs", async () => {
    const { look, api } = aLook({
      command: {},
      pages: [[anInvocation(a, { Status: "Failed" })]],
    });
    await look();
    expect(api.calls.map(({ operation }) => operation)).toEqual([
      "listCommands",
      "listCommandInvocations",
    ]);
  });

  it("reads the invocations again, at once, if the command has ended and they have not", async () => {
    const { look, clock } = aLook({
      command: { Status: "Success" },
      pages: [[running(a)], [anInvocation(a)]],
    });
    expect(await look()).toMatchObject({ kind: "succeeded", invocations: [{ kind: "succeeded" }] });
    expect(clock.sleeps).toEqual([]);
  });

  it("at a status that this version does not know believes the service that it is open", async () => {
    const { look } = aLook({ command: { Status: "Dozing" as never }, pages: [[running(a)]] });
    expect((await look()).kind).toBe("running");
  });

  it.each([
    ["throttling", sdkError("ThrottlingException")],
    ["a refusal", sdkError("AccessDeniedException")],
  ])("throws %s as it is, and never sleeps", async (_, trouble) => {
    const { look, clock } = aLook({ trouble });
    expect(await rejectionOf(look())).toBe(trouble);
    expect(clock.sleeps).toEqual([]);
  });

  it("hands its signal to every call", async () => {
    const { look, api } = aLook({
      command: { Status: "Failed" },
      pages: [[anInvocation(a, { Status: "Failed" })]],
    });
    const { signal } = new AbortController();
    await look({ abortSignal: signal });
    expect(api.calls.every(({ options }) => options?.abortSignal === signal)).toBe(true);
  });

  it("refuses what is no id, and an option that it does not have", async () => {
    const client = new RunCommandClient(new FakeSsm());
    await expect(client.look(undefined as never)).rejects.toThrow(
      "look() was given undefined. Give it the id of a command, such as sent.commandId.",
    );
    await expect(client.look(COMMAND_ID, { timeout: "1s" } as never)).rejects.toThrow(
      'look() has no option "timeout".',
    );
  });

  it("again and again sees a command through to its end, without a sleep of its own", async () => {
    const fake = new FakeSsm({ nodes: [{ behavior: succeeds({ after: "3s" }) }] });
    const sent = await new RunCommandClient(fake).send({
      ...runShellScript("./deploy.sh"),
      InstanceIds: [fake.nodes.list()[0]?.instanceId ?? ""],
    });
    const kinds: string[] = [];
    while (kinds.at(-1) !== "succeeded") {
      kinds.push((await sent.look()).kind);
      await fake.clock.sleep("1s");
    }
    expect(kinds).toEqual(["running", "running", "running", "succeeded"]);
  });
});

describe("the look of a wait that ended early", () => {
  it("tells which nodes have ended and how, and which are open", async () => {
    const fake = new FakeSsm({
      nodes: [
        { instanceId: a, behavior: succeeds() },
        { instanceId: b, behavior: fails({ exitCode: 7 }) },
        { instanceId: c, behavior: hangs() },
      ],
    });
    const sent = await new RunCommandClient(fake).send({
      ...runShellScript("./deploy.sh"),
      InstanceIds: [a, b, c],
      MaxErrors: "100%",
    });
    const error = await rejectionOf(sent.waitForTerminal({ timeout: "1m" }));
    expect(error).toBeInstanceOf(StillRunningError);
    expect(error).toMatchObject({
      look: {
        kind: "running",
        ended: 2,
        invocations: [
          { instanceId: b, kind: "failed", exitCode: 7 },
          { instanceId: a, kind: "succeeded" },
        ],
        open: [{ instanceId: c, phase: "inProgress" }],
      },
    });
  });

  it("is in no log that prints the members of an error: it has parameters", async () => {
    const api = scriptedApi({
      listCommands: () => ({
        Commands: [aCommand({ Parameters: { commands: ["login hunter2"] } })],
      }),
      listCommandInvocations: () => ({ CommandInvocations: [] }),
    });
    const waiter = { api, clock: new ManualClock(), random: () => 0.5 };
    const error = await rejectionOf(waitForTerminal(waiter, COMMAND_ID, { timeout: "5s" }));
    const shown = [
      inspect(error, { depth: 9 }),
      JSON.stringify(error),
      JSON.stringify({ ...(error as Error) }),
    ];
    expect(shown.join()).not.toContain("hunter2");
    expect((error as StillRunningError).look).toMatchObject({ kind: "running" });
  });

  it("is read once when trouble has lasted until the time is up", async () => {
    let polls = 0;
    const api = scriptedApi({
      listCommands: () => {
        if (polls++ > 0) throw sdkError("ThrottlingException");
        return { Commands: [aCommand({ TargetCount: 2 })] };
      },
      listCommandInvocations: () => ({ CommandInvocations: [anInvocation(a), running(b)] }),
    });
    const waiter = { api, clock: new ManualClock(), random: () => 0.5 };
    expect(await rejectionOf(waitForTerminal(waiter, COMMAND_ID, { timeout: "1m" }))).toMatchObject(
      {
        cause: { name: "ThrottlingException" },
        waitedMs: 60_000,
        look: { counts: { succeeded: 1, inProgress: 1, pending: 0 }, open: [{ instanceId: b }] },
      },
    );
  });

  it("is what was known when the last reading fails", async () => {
    const api = scriptedApi({
      listCommands: () => ({ Commands: [aCommand()] }),
      listCommandInvocations: () => {
        throw sdkError("AccessDeniedException");
      },
    });
    const waiter = { api, clock: new ManualClock(), random: () => 0.5 };
    expect(await rejectionOf(waitForTerminal(waiter, COMMAND_ID, { timeout: "5s" }))).toMatchObject(
      {
        name: "StillRunningError",
        waitedMs: 5_000,
        look: { kind: "running", ended: 0, counts: { pending: 1 }, invocations: [], open: [] },
      },
    );
  });

  it("is unknown when the service never showed the command", async () => {
    const api = scriptedApi({ listCommands: () => ({ Commands: [] }) });
    const waiter = { api, clock: new ManualClock(), random: () => 0.5 };
    expect(await rejectionOf(waitForTerminal(waiter, COMMAND_ID, { timeout: "5s" }))).toMatchObject(
      {
        look: { kind: "unknown", commandId: COMMAND_ID },
      },
    );
    expect(
      new StillRunningError({ commandId: "7c1f", lastStatus: "Pending", waitedMs: 1 }).look,
    ).toEqual({
      kind: "unknown",
      commandId: "7c1f",
    });
  });
});
