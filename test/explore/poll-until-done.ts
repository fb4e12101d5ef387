import {
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
} from "@aws-sdk/client-ssm";
import type { WorldArgument } from "../../src/explore/world-argument.ts";

/** Polls as code in the world does: an own loop with timers, for half an hour. */
export async function pollUntilDone({ ssm, target, logsConfig }: WorldArgument): Promise<string> {
  const { Command } = await ssm.send(
    new SendCommandCommand({
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["make"], executionTimeout: ["900"] },
      TimeoutSeconds: 600,
      CloudWatchOutputConfig: logsConfig,
      ...target,
    }),
  );
  const CommandId = Command?.CommandId;
  for (let left = 360; left > 0; left--) {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    await ssm.send(new ListCommandInvocationsCommand({ CommandId })).catch(() => {});
    const { Commands = [] } = await ssm.send(new ListCommandsCommand({ CommandId }));
    const { Status = "Pending" } = Commands[0] ?? {};
    if (!["Pending", "InProgress", "Cancelling"].includes(Status)) return Status;
  }
  return "open";
}
