// Code that no client can be injected into: it makes its own when it is loaded.
import { type Command, paginateListCommands, SSMClient } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";

const ssm = new SSMClient({ region: "eu-central-1" });
const runCommand = new RunCommandClient(ssm);

/** Restarts nginx on every node of a role, and names the nodes where that did not work. */
export async function restartNginx(role: string): Promise<readonly string[]> {
  const request = {
    ...runShellScript("systemctl restart nginx"),
    Targets: tagTargets({ Role: role }),
  };
  const sent = await runCommand.send(request);
  const { invocations } = await sent.waitForTerminal({ invocations: "unsuccessful" });
  return invocations.map(({ instanceId }) => instanceId);
}

/** All commands that were sent, by the SDK's own paginator. */
export async function sentCommands(): Promise<readonly Command[]> {
  const commands: Command[] = [];
  for await (const page of paginateListCommands({ client: ssm, pageSize: 1 }, {})) {
    commands.push(...(page.Commands ?? []));
  }
  return commands;
}
