import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import {
  cloudWatchOutput,
  RunCommandClient,
  runShellScript,
  type SendRequest,
  type SentCommand,
} from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";

/** A document of two steps. */
export const TWO_STEPS = {
  schemaVersion: "2.2",
  description: "Two steps.",
  mainSteps: ["install", "verify"].map((name) => ({
    action: "aws:runShellScript",
    name,
    inputs: { runCommand: ["true"] },
  })),
};

/** What a test of command output needs: a command that was sent, and a real client of its logs. */
export interface LoggedCommand {
  readonly fake: FakeSsm;
  readonly logs: CloudWatchLogsClient;
  readonly runCommand: RunCommandClient;
  readonly sent: SentCommand;
}

/** Sends a script, or what the request says, to every node of a fake, with its output in CloudWatch Logs. */
export async function aLoggedCommand(
  { nodes = [{}], ...options }: FakeSsmOptions,
  request: Partial<SendRequest> = {},
): Promise<LoggedCommand> {
  const fake = new FakeSsm({ nodes, ...options });
  await fake.documents.add("Two-Steps", TWO_STEPS);
  const runCommand = new RunCommandClient(fake.client());
  const sent = await runCommand.send({
    ...runShellScript("./a.sh"),
    MaxErrors: "100%",
    CloudWatchOutputConfig: cloudWatchOutput(),
    ...request,
    InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
  } as SendRequest);
  return { fake, runCommand, sent, logs: new CloudWatchLogsClient(fake.logs.clientConfig()) };
}
