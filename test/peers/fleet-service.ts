import {
  CancelCommandCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  SSMClient,
  type SSMClientConfig,
} from "@aws-sdk/client-ssm";

/** What the service does in one way or another: its correct ways, and in `faults-of-the-service.ts` five wrong ones. */
export interface Ways {
  /** Which pages of the list of invocations are read. */
  readonly pages: "all" | "first";
  /** Statuses after which nothing changes any more. */
  readonly terminal: readonly string[];
  /** When the output is read. */
  readonly readsOutput: "at the end" | "once it runs";
  /** Attempts of a call that is throttled: those of the SDK. */
  readonly maxAttempts: number;
}

export const CORRECT: Ways = {
  pages: "all",
  terminal: ["Success", "Cancelled", "Failed", "TimedOut"],
  readsOutput: "at the end",
  maxAttempts: 3,
};

/** What the service needs from outside. */
export interface Outside {
  /** Makes its client. */
  readonly connect?: (config: SSMClientConfig) => SSMClient;
  /** Sleeps between two polls. */
  readonly sleep: (duration: "15s") => Promise<void>;
}

/** The service under test: it sends, polls, pages and waits with the plain SDK, as people write it today. */
export class FleetService {
  readonly #ssm: SSMClient;
  readonly #sleep: Outside["sleep"];
  readonly #ways: Ways;

  constructor({ connect = (config) => new SSMClient(config), sleep }: Outside, ways: Ways) {
    this.#ssm = connect({ region: "eu-central-1", maxAttempts: ways.maxAttempts });
    this.#sleep = sleep;
    this.#ways = ways;
  }

  /** Sends a script to the nodes of a role. */
  async start(script: string, role: string): Promise<string> {
    const request = {
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: [script], executionTimeout: ["600"] },
      TimeoutSeconds: 60,
      Targets: [{ Key: "tag:Role", Values: [role] }],
    };
    const { Command } = await this.#ssm.send(new SendCommandCommand(request));
    return Command?.CommandId ?? "";
  }

  /** Waits until a command is over, and returns its status. */
  async end(commandId: string): Promise<string> {
    return this.#poll(commandId, (status) => this.#ways.terminal.includes(status));
  }

  /** Cancels a command, and waits until that is over. */
  async stop(commandId: string): Promise<string> {
    await this.#ssm.send(new CancelCommandCommand({ CommandId: commandId }));
    return this.end(commandId);
  }

  /** The nodes where a command failed. */
  async failedNodes(commandId: string): Promise<readonly string[]> {
    const failed: string[] = [];
    let token: string | undefined;
    do {
      const { CommandInvocations = [], NextToken } = await this.#ssm.send(
        new ListCommandInvocationsCommand({ CommandId: commandId, NextToken: token }),
      );
      for (const { InstanceId = "", Status } of CommandInvocations) {
        if (Status === "Failed") failed.push(InstanceId);
      }
      token = this.#ways.pages === "all" ? NextToken : undefined;
    } while (token);
    return failed;
  }

  /** What a command wrote on a node, once it is over. */
  async output(commandId: string, instanceId: string): Promise<string> {
    if (this.#ways.readsOutput === "at the end") await this.end(commandId);
    else await this.#poll(commandId, (status) => status !== "Pending");
    const { StandardOutputContent = "" } = await this.#ssm.send(
      new GetCommandInvocationCommand({ CommandId: commandId, InstanceId: instanceId }),
    );
    return StandardOutputContent;
  }

  async #poll(commandId: string, isEnough: (status: string) => boolean): Promise<string> {
    for (;;) {
      const request = new ListCommandsCommand({ CommandId: commandId });
      const { Commands = [] } = await this.#ssm.send(request);
      const status = Commands[0]?.Status ?? "Pending";
      if (isEnough(status)) return status;
      await this.#sleep("15s");
    }
  }
}
