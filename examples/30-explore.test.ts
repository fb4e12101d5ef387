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
    await sleep(10_000);
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
  "the script fails after 90 s",
  "another caller cancels it",
  "records of tags come late, and the node fails",
  "pages hold one node each, and the last one fails late",
  "the answer to SendCommand is lost",
] as const;

test("a loop that seems right is not, and explore shows why", async () => {
  const { ran, wrong } = await explore(deploy, { worlds: SOME });
  expect(ran).toBe(5);
  expect(wrong.map(({ verdict, world }) => `${verdict}: ${world}`)).toEqual([
    "lied: another caller cancels it",
    "lied: records of tags come late, and the node fails",
    "lied: pages hold one node each, and the last one fails late",
    "sentTwice: the answer to SendCommand is lost",
  ]);
  const [, , pages] = wrong;
  expect(pages?.nodes).toBe(2); // one of them is enough to hide the other
  expect(pages?.code).toContain("pages: { most: 1 }"); // to paste into a test file
});

test("the client is right in all of them, and in random ones", async () => {
  const report = await explore(deployWell, { worlds: SOME, random: 2, seed: 7 });
  // For other runners: report.throwIfWrong().
  expect(report).toBeClean();
});
