import {
  type CommandOutcome,
  RunCommandClient,
  runShellScript,
  type SendRequest,
  type SentCommand,
  type WaitOptions,
} from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";

/** Something that people complained about, and the fact about this client that settles it. */
export interface Complaint {
  /** Its number, in the order in which complaints were collected. */
  readonly number: number;
  /** Where it was said, or what shows it. */
  readonly source: string;
  /** What holds with this client. */
  readonly fact: string;
  /** Shows that it holds. */
  readonly check: () => Promise<void> | void;
}

/** A request that runs the document of two steps that every fake here has. */
export const TWO_STEPS = { DocumentName: "Two-Steps", Parameters: {} };

const CONTENT = {
  schemaVersion: "2.2",
  description: "Two steps.",
  mainSteps: ["install", "verify"].map((name) => ({
    action: "aws:runShellScript",
    name,
    inputs: { runCommand: ["true"] },
  })),
};

/** A fake, and a command that a real client sent to its nodes: one, unless said otherwise. */
export async function sentTo(
  { nodes = [{}], ...options }: FakeSsmOptions,
  request: Partial<SendRequest> = {},
): Promise<{ fake: FakeSsm; runCommand: RunCommandClient; sent: SentCommand; instanceId: string }> {
  const fake = new FakeSsm({ nodes, ...options });
  await fake.documents.add("Two-Steps", CONTENT);
  const runCommand = new RunCommandClient(fake.client());
  const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
  const sent = await runCommand.send({
    ...runShellScript("./a.sh", { executionTimeout: "10m" }),
    TimeoutSeconds: 60,
    ...(request.Targets === undefined && { InstanceIds }),
    ...request,
  } as SendRequest);
  return { fake, runCommand, sent, instanceId: InstanceIds[0] ?? "" };
}

/** How a script ends on the nodes of such a fake. */
export async function outcomeOf(
  options: FakeSsmOptions,
  wait?: WaitOptions,
): Promise<CommandOutcome> {
  const { sent } = await sentTo(options);
  return sent.waitForTerminal(wait);
}
