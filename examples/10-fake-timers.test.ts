// Code that polls by itself: under Vitest's fake timers, its timers and the fake move together; fifty minutes take no time.
import {
  GetCommandInvocationCommand,
  SendCommandCommand,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import { runShellScript, systemClock } from "ssm-run-command";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The code under test, with its own loop and its own timer. */
async function deploy(ssm: SSMClient, instanceId: string): Promise<string | undefined> {
  const request = { ...runShellScript("./deploy.sh"), InstanceIds: [instanceId] };
  const { Command } = await ssm.send(new SendCommandCommand(request));
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    const which = { CommandId: Command?.CommandId, InstanceId: instanceId };
    const { Status } = await ssm.send(new GetCommandInvocationCommand(which));
    if (Status !== "Pending" && Status !== "InProgress") return Status;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.setTimerTickMode("nextTimerAsync"); // timers fire by themselves, one after the other
});
afterEach(() => {
  vi.useRealTimers();
});

test("polls until the deployment has succeeded, fifty minutes later", async () => {
  const fake = new FakeSsm({ clock: systemClock }); // the clock whose timers Vitest fakes
  const { instanceId } = fake.nodes.add({ behavior: succeeds({ after: "50m" }) });
  const begun = Date.now();
  expect(await deploy(fake.client(), instanceId)).toBe("Success");
  expect(Math.floor((Date.now() - begun) / 60_000)).toBe(50);
});

test("notices a deployment that fails", async () => {
  const fake = new FakeSsm({ clock: systemClock });
  const { instanceId } = fake.nodes.add({ behavior: fails({ after: "90s" }) });
  expect(await deploy(fake.client(), instanceId)).toBe("Failed");
});
