import { setTimeout as sleep } from "node:timers/promises";
import {
  type Command,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
  type SSMClient,
  waitUntilCommandExecuted,
} from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { RunCommandClient } from "../../../src/client/run-command-client.ts";
import { succeeds } from "../../../src/fake/agents/behavior.ts";
import { inVirtualTime } from "../../../src/fake/bubble/in-virtual-time.ts";
import { FakeSsm } from "../../../src/fake/fake-ssm.ts";
import { realMs } from "../../support/real-ms.ts";

/** Code that waits for a command as code of users does: it knows nothing of a fake. */
type Deploy = (ssm: SSMClient, instanceId: string) => Promise<string | undefined>;

const PENDING: readonly unknown[] = ["Pending", "InProgress", "Delayed"];

async function send(ssm: SSMClient, instanceId: string): Promise<Command> {
  const { Command: sent } = await ssm.send(
    new SendCommandCommand({
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["./deploy.sh"] },
      InstanceIds: [instanceId],
    }),
  );
  return sent!;
}

const statusOf = async (ssm: SSMClient, { CommandId }: Command, InstanceId: string) =>
  (await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }))).Status;

const DEPLOYS: readonly (readonly [string, Deploy])[] = [
  [
    "a setTimeout loop of 2 s",
    async (ssm, id) => {
      const sent = await send(ssm, id);
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        const status = await statusOf(ssm, sent, id);
        if (!PENDING.includes(status)) return status;
      }
    },
  ],
  [
    "a setTimeout loop of 5 s with a deadline",
    async (ssm, id) => {
      const sent = await send(ssm, id);
      const deadline = Date.now() + 120_000;
      while (Date.now() < deadline) {
        const status = await statusOf(ssm, sent, id);
        if (!PENDING.includes(status)) return status;
        await new Promise((resolve) => setTimeout(resolve, 5_000));
      }
      return "too late";
    },
  ],
  [
    "node:timers/promises",
    async (ssm, id) => {
      const sent = await send(ssm, id);
      let status: string | undefined = "Pending";
      while (PENDING.includes(status)) {
        await sleep(3_000);
        status = await statusOf(ssm, sent, id);
      }
      return status;
    },
  ],
  [
    "setInterval",
    async (ssm, id) => {
      const sent = await send(ssm, id);
      return new Promise((resolve) => {
        const interval = setInterval(async () => {
          const status = await statusOf(ssm, sent, id);
          if (PENDING.includes(status)) return;
          clearInterval(interval);
          resolve(status);
        }, 4_000);
      });
    },
  ],
  [
    "AWS's waiter with its default delays",
    async (ssm, id) => {
      const { CommandId } = await send(ssm, id);
      await waitUntilCommandExecuted(
        { client: ssm, maxWaitTime: 600 },
        { CommandId, InstanceId: id },
      );
      return "Success";
    },
  ],
  [
    "ListCommandInvocations",
    async (ssm, id) => {
      const { CommandId } = await send(ssm, id);
      for (let look = 0; look < 100; look++) {
        await sleep(2_000);
        const { CommandInvocations = [] } = await ssm.send(
          new ListCommandInvocationsCommand({ CommandId }),
        );
        const [invocation] = CommandInvocations;
        if (invocation && !PENDING.includes(invocation.Status)) return invocation.Status;
      }
      return "too late";
    },
  ],
  [
    "RunCommandClient",
    async (ssm, id) => {
      const sent = await new RunCommandClient(ssm).send({
        DocumentName: "AWS-RunShellScript",
        Parameters: { commands: ["./deploy.sh"] },
        InstanceIds: [id],
      });
      return (await sent.waitForTerminal()).command.Status;
    },
  ],
];

describe("code that waits for a command of ninety seconds, unchanged,", () => {
  it.each(DEPLOYS)("takes no real time in a bubble: %s", async (_, deploy) => {
    const fake = new FakeSsm({ behavior: succeeds({ after: "90s" }) });
    const { instanceId } = fake.nodes.add();
    const startedAt = fake.clock.now();
    let status: string | undefined;
    const took = await realMs(async () => {
      status = await inVirtualTime(fake, () => deploy(fake.client(), instanceId));
    });
    expect(status).toBe("Success");
    expect(fake.clock.now() - startedAt).toBeGreaterThanOrEqual(90_000);
    expect(took).toBeLessThan(5_000);
  });

  it("takes none either when all of it happens at once", async () => {
    const statuses = await Promise.all(
      DEPLOYS.map(([, deploy]) => {
        const fake = new FakeSsm({ behavior: succeeds({ after: "90s" }) });
        const { instanceId } = fake.nodes.add();
        return inVirtualTime(fake, () => deploy(fake.client(), instanceId));
      }),
    );
    expect(new Set(statuses)).toEqual(new Set(["Success"]));
  });
});

describe("a behavior that waits with timers of its own", () => {
  it("takes that long of virtual time, and no real time", async () => {
    const fake = new FakeSsm();
    const { instanceId } = fake.nodes.add({
      behavior: async () => {
        await sleep(30_000);
        return succeeds({ stdout: "slept\n" });
      },
    });
    const startedAt = fake.clock.now();
    const status = await inVirtualTime(fake, async () => {
      const sent = await send(fake.client(), instanceId);
      for (;;) {
        await sleep(1_000);
        const found = await statusOf(fake.client(), sent, instanceId);
        if (!PENDING.includes(found)) return found;
      }
    });
    expect(status).toBe("Success");
    expect(fake.clock.now() - startedAt).toBeGreaterThanOrEqual(30_000);
    expect(fake.clock.now() - startedAt).toBeLessThan(33_000);
  });

  it("has real timers where its work is real (real: 30 ms)", async () => {
    const fake = new FakeSsm();
    const { instanceId } = fake.nodes.add({
      behavior: {
        type: "inRealTime",
        run: async () => {
          await sleep(30);
          return succeeds();
        },
      },
    });
    const took = await realMs(() =>
      inVirtualTime(fake, async () => {
        const sent = await send(fake.client(), instanceId);
        for (;;) {
          await sleep(5);
          if (!PENDING.includes(await statusOf(fake.client(), sent, instanceId))) return;
        }
      }),
    );
    expect(took).toBeGreaterThan(25);
  });
});
