import type {
  Command,
  CommandInvocation,
  GetCommandInvocationCommandOutput,
  ListCommandInvocationsCommandInput,
  SendCommandCommandInput,
} from "@aws-sdk/client-ssm";
import type { RunCommandApi } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";

/** Makes the road into a fake by which a contract is tested. */
export type AdapterOf = (fake: FakeSsm) => RunCommandApi;

/** The id that a fake gives to its n-th node. */
export function nodeId(number: number): string {
  return `i-${String(number).padStart(17, "0")}`;
}

/** A well-formed id of a command that nobody sent. */
export const UNKNOWN_COMMAND_ID = "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11";

/** The least that a request needs beside its nodes. */
export const SCRIPT = {
  DocumentName: "AWS-RunShellScript",
  Parameters: { commands: ["uptime"] },
} satisfies SendCommandCommandInput;

/** The same with an execution time-out. */
export function scriptWithin(seconds: number) {
  const Parameters = { ...SCRIPT.Parameters, executionTimeout: [String(seconds)] };
  return { ...SCRIPT, Parameters };
}

/**
 * A fake behind one adapter, and the calls that most cases make. It is instant, but for what a case says, because the cases
 * count time themselves.
 */
export class ContractAccount {
  /** Moves time and changes nodes; no call is made on it. */
  readonly fake: FakeSsm;
  /** Receives the calls. */
  readonly api: RunCommandApi;

  constructor(adapterOf: AdapterOf, options: FakeSsmOptions) {
    const { latency = "instant" } = options;
    const asSaid =
      typeof latency === "string" ? latency : ({ otherwise: "instant", ...latency } as const);
    this.fake = new FakeSsm({ ...options, latency: asSaid });
    this.api = adapterOf(this.fake);
  }

  /** Sends the script, to every node by id unless the request chooses. */
  async send(request: Partial<SendCommandCommandInput> = {}): Promise<Command> {
    const isAimed = request.InstanceIds !== undefined || request.Targets !== undefined;
    const InstanceIds = this.fake.nodes.list().map(({ instanceId }) => instanceId);
    const aim = isAimed ? {} : { InstanceIds };
    const { Command } = await this.api.sendCommand({ ...SCRIPT, ...aim, ...request });
    return Command!;
  }

  /** The command as ListCommands shows it. */
  async command({ CommandId }: Command): Promise<Command> {
    const { Commands } = await this.api.listCommands({ CommandId });
    return Commands![0]!;
  }

  /** Its invocations as ListCommandInvocations shows them: the largest id first. */
  async invocations(
    { CommandId }: Command,
    more: ListCommandInvocationsCommandInput = {},
  ): Promise<readonly CommandInvocation[]> {
    const answer = await this.api.listCommandInvocations({ CommandId, ...more });
    return answer.CommandInvocations!;
  }

  /** What GetCommandInvocation shows of the first node, or of another one. */
  async invocation(
    { CommandId }: Command,
    InstanceId: string = nodeId(1),
  ): Promise<GetCommandInvocationCommandOutput> {
    return this.api.getCommandInvocation({ CommandId, InstanceId });
  }

  /** "Status/StatusDetails" of the command. */
  async standing(command: Command): Promise<string> {
    const { Status, StatusDetails } = await this.command(command);
    return `${Status}/${StatusDetails}`;
  }

  /** "Status/StatusDetails" of its invocations, the smallest id first. */
  async standings(command: Command): Promise<readonly string[]> {
    const invocations = await this.invocations(command);
    return invocations.map((each) => `${each.Status}/${each.StatusDetails}`).reverse();
  }

  /** TargetCount, CompletedCount, ErrorCount, DeliveryTimedOutCount. */
  async counts(command: Command): Promise<readonly (number | undefined)[]> {
    const shown = await this.command(command);
    const { TargetCount, CompletedCount, ErrorCount, DeliveryTimedOutCount } = shown;
    return [TargetCount, CompletedCount, ErrorCount, DeliveryTimedOutCount];
  }
}
