import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import { FakeSsm, type FakeSsmOptions, type VirtualClock } from "ssm-run-command/fake";
import type { Clock } from "../../../src/time/clock.ts";

/** The nodes of these tests. */
export const [FIRST, SECOND] = ["i-00000000000000001", "i-00000000000000002"];

/** A script on the first node. */
export const REQUEST = {
  DocumentName: "AWS-RunShellScript",
  Parameters: { commands: ["uptime"] },
  InstanceIds: [FIRST],
} satisfies SendCommandCommandInput;

/** The same by tag. */
export const BY_TAG = {
  DocumentName: "AWS-RunShellScript",
  Parameters: { commands: ["uptime"] },
  Targets: [{ Key: "tag:Role", Values: ["web"] }],
} satisfies SendCommandCommandInput;

/** A fake with one node, as late as it is by default, and how far its time has moved. */
export function aLateFake<C extends Clock = VirtualClock>(options: FakeSsmOptions<C> = {}) {
  const fake = new FakeSsm<C>({ nodes: [{ tags: { Role: "web" } }], ...options });
  const startedAt = fake.clock.now();
  return { fake, passed: () => fake.clock.now() - startedAt };
}

/** Sends, and returns the id of the command. */
export async function send(fake: FakeSsm<Clock>, request: SendCommandCommandInput = REQUEST) {
  const { Command } = await fake.sendCommand(request);
  return Command?.CommandId ?? "";
}
