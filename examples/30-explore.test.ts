// A loop as one finds it everywhere, aimed at: explore runs it in many worlds, and shows the smallest in which it is wrong.
import { setTimeout as sleep } from "node:timers/promises";
import { ListCommandInvocationsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript } from "ssm-run-command";
import { explore, type WorldArgument } from "ssm-run-command/explore";
import { expect, test } from "vitest";
import "ssm-run-command/vitest";

/** It believes the first page, and takes "nothing is open" for "all is well". */
async function deploy({ ssm, target }: WorldArgument): Promise<boolean> {
  const request = { ...runShellScript("./deploy.sh"), ...target };
  const { Command } = await ssm.send(new SendCommandCommand(request));
  for (;;) {
    await sleep(5_000);
    const which = new ListCommandInvocationsCommand({ CommandId: Command?.CommandId });
    const { CommandInvocations = [] } = await ssm.send(which);
    const statuses = CommandInvocations.map(({ Status }) => Status);
    if (statuses.includes("Failed")) return false;
    if (!statuses.includes("Pending") && !statuses.includes("InProgress")) return true;
  }
}

/** The same with this package's client. */
async function deployWell({ ssm, target }: WorldArgument) {
  const sent = await new RunCommandClient(ssm).send({
    ...runShellScript("./deploy.sh"),
    ...target,
  });
  return sent.waitForTerminal();
}

const SOME = [
  "one of three nodes fails late",
  "the script never ends, and is killed at its time-out",
  "records of tags come late, and the node fails",
  "one of 51 nodes fails late, on the second page",
  "the answer to SendCommand is lost",
] as const;

test("a loop that seems right is not, and explore shows why", async () => {
  const { ran, wrong } = await explore(deploy, { worlds: SOME });
  expect(ran).toBe(5);
  expect(wrong.map(({ verdict, world }) => `${verdict}: ${world}`)).toEqual([
    "lied: the script never ends, and is killed at its time-out",
    "lied: records of tags come late, and the node fails",
    "lied: one of 51 nodes fails late, on the second page",
    "sentTwice: the answer to SendCommand is lost",
  ]);
  const [, , pages] = wrong;
  expect(pages?.nodes).toBeLessThanOrEqual(2); // pages of one node each show it, too
  expect(pages?.code).toContain("pages: { most: 1 }"); // to paste into a test file
});

test("the client is right in all of them, and in random ones", async () => {
  const report = await explore(deployWell, { worlds: SOME, random: 10, seed: 7 });
  // For other runners: report.throwIfWrong().
  expect(report).toBeClean();
});
