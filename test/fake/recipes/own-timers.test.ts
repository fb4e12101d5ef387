import { setTimeout as wait } from "node:timers/promises";
import {
  GetCommandInvocationCommand,
  SendCommandCommand,
  type SSMClient,
  waitUntilCommandExecuted,
} from "@aws-sdk/client-ssm";
import { runShellScript, systemClock } from "ssm-run-command";
import { FakeSsm, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusalOf } from "../../support/rejection.ts";

const InstanceId = "i-00000000000000001";
const MINUTES = 60_000;

async function send(client: SSMClient) {
  const request = { ...runShellScript("./deploy.sh"), InstanceIds: [InstanceId] };
  const { Command } = await client.send(new SendCommandCommand(request));
  return { CommandId: Command?.CommandId ?? "", InstanceId };
}

/** Code under test that polls with a timer of its own. */
async function deployAndPoll(client: SSMClient) {
  const invocation = await send(client);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    const { Status } = await client.send(new GetCommandInvocationCommand(invocation));
    if (Status !== "Pending" && Status !== "InProgress") return Status;
  }
}

/** Code under test that waits with AWS's waiter and its default delays. */
async function deployAndWait(client: SSMClient) {
  return waitUntilCommandExecuted({ client, maxWaitTime: 3 * 60 * 60 }, await send(client));
}

describe("code with timers of its own, under fake timers that drive it and the fake together", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setTimerTickMode("nextTimerAsync");
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const aFake = (node: NodeOptions) => new FakeSsm({ clock: systemClock, nodes: [node] });

  it("polls until the command is over", async () => {
    const fake = aFake({ behavior: succeeds({ after: "50m" }) });
    expect(await deployAndPoll(fake.client())).toBe("Success");
  });

  it("polls for as long as the command takes", async () => {
    const fake = aFake({ behavior: succeeds({ after: "50m" }) });
    const begun = Date.now();
    await deployAndPoll(fake.client());
    expect(Math.floor((Date.now() - begun) / MINUTES)).toBe(50);
  });

  it("waits with AWS's waiter until the command has succeeded", async () => {
    const fake = aFake({ behavior: succeeds({ after: "50m" }) });
    expect((await deployAndWait(fake.client())).state).toBe("SUCCESS");
  });

  it("waits with AWS's waiter for two hours until the command has expired", async () => {
    const fake = aFake({ agent: "unreachable" });
    const { message } = await refusalOf(deployAndWait(fake.client()));
    expect(JSON.parse(message)).toMatchObject({
      state: "FAILURE",
      reason: { StatusDetails: "DeliveryTimedOut" },
    });
  });

  it("waits with AWS's waiter past throttling that passes", async () => {
    const fake = aFake({ behavior: succeeds({ after: "90s" }) });
    fake.faults.throttle("GetCommandInvocation", { every: 2 });
    expect((await deployAndWait(fake.client())).state).toBe("SUCCESS");
  });
});

describe("code with timers of its own, without fake timers", () => {
  it("is followed by a virtual clock when calls take time", async () => {
    const nodes = [{ behavior: succeeds({ after: "5s" }) }];
    const fake = new FakeSsm({ nodes, callTakes: "1s" });
    const client = fake.client();
    const invocation = await send(client);
    const seen: (string | undefined)[] = [];
    while (seen.at(-1) !== "Success") {
      const { Status } = await client.send(new GetCommandInvocationCommand(invocation));
      seen.push(Status);
      await wait(1);
    }
    expect(seen).toEqual([...Array.from({ length: 5 }, () => "InProgress"), "Success"]);
  });
});
