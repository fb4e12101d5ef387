import {
  GetCommandInvocationCommand,
  ListCommandsCommand,
  paginateListCommands,
  SendCommandCommand,
  SSM,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript } from "ssm-run-command";

/** Code under test that makes its own clients: nothing can be injected. */
export async function deployTo(InstanceId: string): Promise<string> {
  const ssm = new SSMClient({ region: "eu-central-1" });
  const { Command } = await ssm.send(
    new SendCommandCommand({ ...runShellScript("./deploy.sh"), InstanceIds: [InstanceId] }),
  );
  const CommandId = Command?.CommandId;
  await ssm.send(new ListCommandsCommand({}));
  const { StandardOutputContent = "" } = await ssm.send(
    new GetCommandInvocationCommand({ CommandId, InstanceId }),
  );
  return StandardOutputContent;
}

/** The same with a wait. */
export async function deployAndWait(InstanceId: string): Promise<string> {
  const runCommand = new RunCommandClient(new SSMClient({ region: "eu-central-1" }));
  const request = { ...runShellScript("./deploy.sh"), InstanceIds: [InstanceId] };
  const { kind } = await (await runCommand.send(request)).waitForTerminal();
  return kind;
}

/** The same with a paginator. */
export async function countCommands(): Promise<number> {
  const client = new SSMClient({ region: "eu-central-1" });
  let count = 0;
  for await (const { Commands = [] } of paginateListCommands({ client, pageSize: 1 }, {})) {
    count += Commands.length;
  }
  return count;
}

/** The same with the aggregated client. */
export async function latestStatus(): Promise<string | undefined> {
  const { Commands } = await new SSM({ region: "eu-central-1" }).listCommands({});
  return Commands?.[0]?.Status;
}
