import {
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  paginateListCommandInvocations,
  paginateListCommands,
  SendCommandCommand,
  type SendCommandCommandOutput,
  SSM,
  type SSMClient,
  waitUntilCommandExecuted,
} from "@aws-sdk/client-ssm";
import { type Clock, systemClock } from "ssm-run-command";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusalOf } from "../support/rejection.ts";
import { nodeId, SCRIPT } from "./contract-account.ts";

const request = { ...SCRIPT, InstanceIds: [nodeId(1)] };

/** Both classes that the SDK has, over one fake each. */
const CLIENTS: readonly (readonly [name: string, over: (fake: FakeSsm<Clock>) => SSMClient])[] = [
  ["SSMClient", (fake) => fake.client()],
  ["SSM", (fake) => new SSM(fake.clientConfig())],
];

describe.each(CLIENTS)("a paginator over %s", (_, over) => {
  it("leads through all commands", async () => {
    const fake = new FakeSsm({ nodes: [{}] });
    for (const Comment of ["a", "b", "c"]) await fake.sendCommand({ ...request, Comment });
    const pages = [];
    for await (const page of paginateListCommands({ client: over(fake), pageSize: 2 }, {})) {
      pages.push(page.Commands?.map(({ Comment }) => Comment));
    }
    expect(pages).toEqual([["c", "b"], ["a"]]);
  });

  it("leads through all invocations", async () => {
    const fake = new FakeSsm({ nodes: [{}, {}, {}] });
    const InstanceIds = [nodeId(1), nodeId(2), nodeId(3)];
    await fake.sendCommand({ ...request, InstanceIds });
    const pages = [];
    const config = { client: over(fake), pageSize: 2 };
    for await (const page of paginateListCommandInvocations(config, {})) {
      pages.push(page.CommandInvocations?.map(({ InstanceId }) => InstanceId));
    }
    expect(pages).toEqual([[nodeId(3), nodeId(2)], [nodeId(1)]]);
  });
});

describe.each(CLIENTS)("AWS's own waiter over %s, under fake timers", (_, over) => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setTimerTickMode("nextTimerAsync");
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A node with this behavior, the wait for it, and the fake that it waits on. */
  async function aWait(behavior: ReturnType<typeof succeeds>) {
    const fake = new FakeSsm({ clock: systemClock, nodes: [{ behavior }], latency: "instant" });
    const client = over(fake);
    const { Command } = await client.send(new SendCommandCommand(request));
    const config = { client, maxWaitTime: 7_200, minDelay: 1, maxDelay: 1 };
    const input = { CommandId: Command?.CommandId, InstanceId: nodeId(1) };
    return { fake, wait: () => waitUntilCommandExecuted(config, input) };
  }

  it("waits until the command has succeeded", async () => {
    const { wait } = await aWait(succeeds({ after: "90s" }));
    expect((await wait()).state).toBe("SUCCESS");
  });

  it("waits as long as the command takes", async () => {
    const { fake, wait } = await aWait(succeeds({ after: "90s" }));
    const begun = fake.clock.now();
    await wait();
    expect(fake.clock.now() - begun).toBe(90_000);
  });

  it("throws what it throws for a command that failed", async () => {
    const { wait } = await aWait(fails({ after: "90s", exitCode: 7 }));
    const { message } = await refusalOf(wait());
    expect(JSON.parse(message)).toMatchObject({
      state: "FAILURE",
      reason: { Status: "Failed", ResponseCode: 7 },
    });
  });
});

describe("a callback", () => {
  it("is called with the answer by SSMClient", async () => {
    const client = new FakeSsm({ nodes: [{}] }).client();
    const output = await new Promise<SendCommandCommandOutput | undefined>((resolve) => {
      client.send(new SendCommandCommand(request), (_, answer) => resolve(answer));
    });
    expect(output?.Command?.Status).toBe("Pending");
  });

  it("is called with the error by SSMClient", async () => {
    const client = new FakeSsm().client();
    const error = await new Promise<Error | null>((resolve) => {
      client.send(new SendCommandCommand(request), (reason) => resolve(reason as Error | null));
    });
    expect(error?.name).toBe("InvalidInstanceId");
  });

  it("is called with the answer by SSM", async () => {
    const ssm = new SSM(new FakeSsm({ nodes: [{}] }).clientConfig());
    const output = await new Promise<SendCommandCommandOutput | undefined>((resolve) => {
      ssm.sendCommand(request, (_: unknown, answer?: SendCommandCommandOutput) => resolve(answer));
    });
    expect(output?.Command?.Status).toBe("Pending");
  });
});

describe("the caller's own middleware", () => {
  it("changes what the fake is asked", async () => {
    const fake = new FakeSsm({ nodes: [{}] });
    const client = fake.client();
    client.middlewareStack.add(
      (next) => (args) => next({ ...args, input: { ...args.input, Comment: "from middleware" } }),
      { step: "initialize" },
    );
    const { Command } = await client.send(new SendCommandCommand(request));
    expect(Command?.Comment).toBe("from middleware");
  });

  it("sees the answer", async () => {
    const client = new FakeSsm({ nodes: [{}] }).client();
    const seen: unknown[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        seen.push(result.output);
        return result;
      },
      { step: "initialize" },
    );
    const answer = await client.send(new ListCommandsCommand({}));
    expect(seen).toEqual([answer]);
  });

  it("sees the request as it goes over the wire", async () => {
    const client = new FakeSsm().client();
    const targets: unknown[] = [];
    client.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        targets.push(headers["x-amz-target"]);
        return next(args);
      },
      { step: "finalizeRequest" },
    );
    await client.send(new ListCommandInvocationsCommand({}));
    expect(targets).toEqual(["AmazonSSM.ListCommandInvocations"]);
  });
});

describe("an abort", () => {
  const aborted = () => AbortSignal.abort(new Error("The caller went home."));

  it.each([
    [
      "a real SSMClient",
      (fake: FakeSsm) =>
        fake.client().send(new ListCommandsCommand({}), { abortSignal: aborted() }),
    ],
    [
      "the aggregated SSM",
      (fake: FakeSsm) => new SSM(fake.clientConfig()).listCommands({}, { abortSignal: aborted() }),
    ],
    ["objects", (fake: FakeSsm) => fake.listCommands({}, { abortSignal: aborted() })],
  ])("before the call is an AbortError through %s", async (_, list) => {
    expect((await refusalOf(list(new FakeSsm()))).name).toBe("AbortError");
  });

  it("before the call keeps the fake from being asked", async () => {
    const fake = new FakeSsm({ nodes: [{}] });
    const send = fake.client().send(new SendCommandCommand(request), { abortSignal: aborted() });
    await refusalOf(send);
    expect(fake.journal.entries()).toEqual([]);
  });

  it("during the call is an AbortError, and what was sent stays sent", async () => {
    const fake = new FakeSsm({ nodes: [{}] });
    const controller = new AbortController();
    const client = fake.client();
    const { handle } = client.config.requestHandler;
    vi.spyOn(client.config.requestHandler, "handle").mockImplementation((...args) => {
      const answer = handle.apply(client.config.requestHandler, args);
      controller.abort();
      return answer;
    });
    const send = client.send(new SendCommandCommand(request), { abortSignal: controller.signal });
    expect([(await refusalOf(send)).name, fake.journal.entries().length]).toEqual([
      "AbortError",
      1,
    ]);
  });
});
