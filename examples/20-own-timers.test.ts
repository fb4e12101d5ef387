// Code that waits with timers of its own, unchanged: inside `inVirtualTime` they skip, in any runner, many at once.
import { setTimeout as sleep } from "node:timers/promises";
import {
  GetCommandInvocationCommand,
  SendCommandCommand,
  type SSMClient,
  waitUntilCommandExecuted,
} from "@aws-sdk/client-ssm";
import { runShellScript } from "ssm-run-command";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";
import { inVirtualTime } from "ssm-run-command/fake/node";
import { expect, test } from "vitest";

async function start(ssm: SSMClient, instanceId: string) {
  const request = { ...runShellScript("./deploy.sh"), InstanceIds: [instanceId] };
  const { Command } = await ssm.send(new SendCommandCommand(request));
  return { CommandId: Command?.CommandId, InstanceId: instanceId };
}

/** The code under test, with its own loop, its own timer and a deadline by the time of day. */
async function deploy(ssm: SSMClient, instanceId: string): Promise<string | undefined> {
  const deployment = await start(ssm, instanceId);
  const deadline = Date.now() + 3_600_000;
  while (Date.now() < deadline) {
    await sleep(5_000);
    const { Status } = await ssm.send(new GetCommandInvocationCommand(deployment));
    if (Status !== "Pending" && Status !== "InProgress") return Status;
  }
  return "out of patience";
}

test.concurrent("polls until the deployment has succeeded, fifty minutes later", async () => {
  const fake = new FakeSsm();
  const { instanceId } = fake.nodes.add({ behavior: succeeds({ after: "50m" }) });
  const begun = fake.clock.now();
  await inVirtualTime(fake, async () => {
    expect(await deploy(fake.client(), instanceId)).toBe("Success");
  });
  expect(Math.floor((fake.clock.now() - begun) / 60_000)).toBe(50);
});

test.concurrent("notices a deployment that fails", async () => {
  const fake = new FakeSsm();
  const { instanceId } = fake.nodes.add({ behavior: fails({ after: "90s" }) });
  const status = await inVirtualTime(fake, () => deploy(fake.client(), instanceId));
  expect(status).toBe("Failed");
});

test.concurrent("waits with AWS's waiter and its default delays", async () => {
  const fake = new FakeSsm();
  const { instanceId } = fake.nodes.add({ behavior: succeeds({ after: "90s" }) });
  await inVirtualTime(fake, async () => {
    const client = fake.client();
    const waited = waitUntilCommandExecuted(
      { client, maxWaitTime: 600 },
      await start(client, instanceId),
    );
    expect((await waited).state).toBe("SUCCESS");
  });
});
