// AWS's own waiter and paginators: they run unchanged, on the fake as on the service. The waiter has timers of its own, so
// the calls take the time here; under fake timers (10-fake-timers.test.ts) it needs no real time either.
import {
  GetCommandInvocationCommand,
  paginateListCommandInvocations,
  SendCommandCommand,
  waitUntilCommandExecuted,
} from "@aws-sdk/client-ssm";
import { runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { whichAccount } from "./which-account.ts";

const web = { tags: { Role: "web" }, behavior: succeeds({ after: "15s", stdout: "deployed\n" }) };
const fake = new FakeSsm({ nodes: [web, web, web], callTakes: "10s" });
const { ssm, targets } = whichAccount(fake, tagTargets({ Role: "web" }));

const request = { ...runShellScript("echo deployed"), Targets: targets };
const { Command: command } = await ssm.send(new SendCommandCommand(request));
const CommandId = command?.CommandId;

/** The nodes of the command; with targets by tag, the service knows them a moment after the send. */
async function nodes(): Promise<string[]> {
  const found: string[] = [];
  const pages = paginateListCommandInvocations({ client: ssm, pageSize: 2 }, { CommandId });
  for await (const { CommandInvocations = [] } of pages) {
    for (const { InstanceId = "" } of CommandInvocations) found.push(InstanceId);
  }
  return found.length > 0 ? found.sort() : nodes();
}

for (const InstanceId of await nodes()) {
  const which = { CommandId, InstanceId };
  const { state } = await waitUntilCommandExecuted(
    { client: ssm, maxWaitTime: 60, minDelay: 1 },
    which,
  );
  const { StandardOutputContent } = await ssm.send(new GetCommandInvocationCommand(which));
  console.log(`${InstanceId} ${state}, ${StandardOutputContent?.trimEnd()}`);
}
