// Wait in another process: the sender hands over the command's id, and any process that has it can wait for the end. Both
// processes share a fake over HTTP; with `--aws --target tag:Role=web` they share your account.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { SSMClient } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript, systemClock, tagTargets } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { whichAccount } from "./which-account.ts";

const commandId = process.env["COMMAND_ID"];
await (commandId === undefined ? sendAndHandOver() : waitFor(commandId));

/** The second process: the id is all that it gets. */
async function waitFor(commandId: string): Promise<void> {
  const runCommand = new RunCommandClient(new SSMClient({}));
  const { kind, invocations } = await runCommand.waitForTerminal(commandId);
  console.log(`The second process saw that it ${kind} on ${invocations.length} nodes.`);
}

/** The first process: it sends, starts the second one, and waits only for that one. */
async function sendAndHandOver(): Promise<void> {
  const web = { tags: { Role: "web" }, behavior: succeeds({ after: "2s" }) };
  const fake = new FakeSsm({ clock: systemClock, nodes: [web, web, web] });
  const { isAws, ssm, targets } = whichAccount(fake, tagTargets({ Role: "web" }));
  const request = { ...runShellScript("sleep 2"), Targets: targets };
  const { commandId } = await new RunCommandClient(ssm).send(request);
  console.log(`The first process sent ${commandId}.`);

  const served = await serveFakeSsm(fake);
  const endpoint = {
    AWS_ENDPOINT_URL_SSM: served.url,
    AWS_REGION: fake.region,
    AWS_ACCESS_KEY_ID: "any",
    AWS_SECRET_ACCESS_KEY: "any",
  };
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url)], {
    env: { ...process.env, ...(!isAws && endpoint), COMMAND_ID: commandId },
    stdio: "inherit",
  });
  await once(child, "exit");
  await served.close();
}
