import type { Command, SendCommandCommandInput } from "@aws-sdk/client-ssm";
import type { Settings } from "../../../src/fake/engine/settings.ts";
import {
  FakeSsm,
  type FakeSsmOptions,
  hangs,
  type NodeOptions,
  succeeds,
} from "../../../src/fake/index.ts";

export const steps = (...names: readonly string[]) =>
  names.map((name) => ({ name, action: "aws:runShellScript", inputs: { runCommand: ["true"] } }));
const DOCUMENT = { schemaVersion: "2.2", mainSteps: steps("one", "other") };
export const SLOW = { behavior: succeeds({ after: "10s" }) };
const REQUEST = { DocumentName: "AWS-RunShellScript", Parameters: { commands: ["true"] } };
export const DEAD: NodeOptions = { agent: "unreachable" };

/** A command that was sent to every node, by tag, and what can be seen of it. */
export async function sent(
  options: FakeSsmOptions & { readonly nodes: readonly NodeOptions[] },
  request: Partial<SendCommandCommandInput> = {},
) {
  const nodes = options.nodes.map((node) => ({ ...node, tags: { all: "" } }));
  const fake = new FakeSsm({ latency: "instant", ...options, nodes });
  await fake.documents.add("Mine", DOCUMENT);
  const { Command: first } = await fake.sendCommand({
    ...(request.DocumentName === undefined ? REQUEST : {}),
    DocumentName: "AWS-RunShellScript",
    Targets: [{ Key: "tag:all", Values: [""] }],
    ...request,
  });
  const ids = fake.nodes.list().map(({ instanceId }) => instanceId);
  const read = { CommandId: first?.CommandId };
  const command = async (): Promise<Command> => (await fake.listCommands(read)).Commands![0]!;
  const details = async () => {
    const { CommandInvocations = [] } = await fake.listCommandInvocations(read);
    return CommandInvocations.map(({ StatusDetails }) => StatusDetails).reverse();
  };
  const invocation = (index: number) =>
    fake.getCommandInvocation({ ...read, InstanceId: ids[index] });
  return { fake, ids, read, first, command, details, invocation };
}

/** What the command is called when everything is over. */
export async function endOf(...story: Parameters<typeof sent>): Promise<Command> {
  const { fake, command } = await sent(...story);
  await fake.clock.advance("3h");
  return command();
}

export const detailOf = async (...story: Parameters<typeof sent>) =>
  (await endOf(...story)).StatusDetails;

/** What a command with one such node and one success is called when its MaxErrors is 1, and when it is 2. */
export const detailsAtLimits = async (settings: Partial<Settings>, node: NodeOptions) => [
  await detailOf({ settings, nodes: [node, {}] }, { MaxErrors: "1" }),
  await detailOf({ settings, nodes: [node, {}] }, { MaxErrors: "2" }),
];

/** The details of the last of many commands of one node, none of which ends. */
export const lastOfCommands = async (count: number, settings: Partial<Settings>) => {
  const { fake, ids, first } = await sent({ settings, nodes: [{ behavior: hangs() }] });
  let CommandId = first?.CommandId;
  for (let more = 1; more < count; more++) {
    CommandId = (await fake.sendCommand({ ...REQUEST, InstanceIds: [...ids] })).Command?.CommandId;
  }
  await fake.clock.advance("1m");
  return (await fake.getCommandInvocation({ CommandId, InstanceId: ids[0] })).StatusDetails;
};
