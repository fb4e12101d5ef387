// What a user of the package might write: a service with its clients injected.
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import {
  type CommandOutcome,
  cloudWatchOutput,
  type Duration,
  RunCommandClient,
  type RunCommandClientOptions,
  runShellScript,
  type SentCommand,
  StillRunningError,
  tagTargets,
} from "ssm-run-command";
import { readCommandOutput } from "ssm-run-command/cloudwatch-logs";

const LOG_GROUP = "/app/rollouts";

export interface Report {
  readonly commandId: string;
  readonly kind: CommandOutcome["kind"];
  /** How each node ended, by its id. */
  readonly nodes: Readonly<Record<string, string>>;
}

export class Rollout {
  readonly #runCommand: RunCommandClient;
  readonly #logs: CloudWatchLogsClient;

  constructor(ssm: SSMClient, logs: CloudWatchLogsClient, options: RunCommandClientOptions = {}) {
    this.#runCommand = new RunCommandClient(ssm, options);
    this.#logs = logs;
  }

  /** Runs a script on every node of a role, and cancels it when that takes longer than `patience`. */
  async run(
    script: string,
    { role, patience = "2h" }: { readonly role: string; readonly patience?: Duration },
  ): Promise<Report> {
    const sent = await this.#runCommand.send({
      ...runShellScript(script, { executionTimeout: "10m" }),
      Targets: tagTargets({ Role: role }),
      TimeoutSeconds: 120,
      MaxErrors: "100%",
      CloudWatchOutputConfig: cloudWatchOutput(LOG_GROUP),
    });
    const { kind, invocations } = await endOf(sent, patience);
    const nodes = Object.fromEntries(invocations.map((each) => [each.instanceId, each.kind]));
    return { commandId: sent.commandId, kind, nodes };
  }

  /** What the script wrote on a node, out of CloudWatch Logs. */
  async outputOf(commandId: string, instanceId: string): Promise<string | undefined> {
    const [output] = await readCommandOutput(this.#logs, {
      commandId,
      instanceIds: [instanceId],
      pluginNames: ["aws:runShellScript"],
      logGroupName: LOG_GROUP,
    });
    return output?.stdout.trimEnd();
  }
}

async function endOf(sent: SentCommand, patience: Duration): Promise<CommandOutcome> {
  try {
    return await sent.waitForTerminal({ timeout: patience });
  } catch (error) {
    if (!(error instanceof StillRunningError)) throw error;
    await sent.cancel();
    return sent.waitForTerminal();
  }
}
