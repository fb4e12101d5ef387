import {
  CancelCommandCommand,
  type CommandInvocation,
  CreateDocumentCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
  SSMServiceException,
} from "@aws-sdk/client-ssm";
import { INVOCATION_STATUSES } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { runsInShell } from "ssm-run-command/fake/node";
import { msOf } from "../case-time.ts";
import type { AgentCase, AgentPlugin } from "./agent-case.ts";
import type { Streams } from "./compare.ts";
import { withScratch } from "./masks.ts";

const INSTANCE_ID = "i-0a9e27c5d3f1b8642";
const OWN_DOCUMENT = "case";

/** The service said no to the document or to the command. */
export interface Refusal {
  readonly refused: string;
}

/** Sets a parameter, a SecureString among them. */
type SetParameter = (
  name: string,
  value: string | readonly string[],
  options?: { readonly secure: boolean },
) => void;

/** The account of a case: a fake with one node, and its calls. */
export class AgentWorld {
  readonly fake: FakeSsm;
  readonly #client;
  readonly #case: AgentCase;

  constructor(value: AgentCase) {
    const { platform = "Linux", behavior, shell } = value;
    const doing = behavior ?? runsInShell(shell === undefined ? {} : { shell });
    this.fake = new FakeSsm({
      latency: "instant",
      nodes: [{ instanceId: INSTANCE_ID, platform, behavior: doing }],
    });
    this.#client = this.fake.client();
    this.#case = value;
    const set: SetParameter = this.fake.parameters.set.bind(this.fake.parameters);
    for (const [name, stored] of Object.entries(value.ssm ?? {})) {
      if (typeof stored === "object" && "secure" in stored) {
        set(name, stored.secure, { secure: true });
      } else {
        set(name, stored);
      }
    }
  }

  /** Creates the document of the case and sends it to the node: the id of the command, or how it was refused. */
  async send(scratch: string): Promise<string | Refusal> {
    const { documentName, parameters, timeoutSeconds } = this.#case;
    try {
      if (documentName === undefined) await this.#createDocument(scratch);
      const { Command } = await this.#client.send(
        new SendCommandCommand({
          DocumentName: documentName ?? OWN_DOCUMENT,
          InstanceIds: [INSTANCE_ID],
          ...(parameters && { Parameters: mutable(parameters) }),
          ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
        }),
      );
      return Command?.CommandId ?? "";
    } catch (error) {
      if (!(error instanceof SSMServiceException)) throw error;
      return { refused: `${error.name}: ${error.message}` };
    }
  }

  async #createDocument(scratch: string): Promise<void> {
    const { document, documentText } = this.#case;
    await this.#client.send(
      new CreateDocumentCommand({
        Name: OWN_DOCUMENT,
        DocumentType: "Command",
        DocumentFormat: documentText === undefined ? "JSON" : "YAML",
        Content: withScratch(documentText ?? JSON.stringify(document), scratch),
      }),
    );
  }

  /** The invocation as it is now. */
  async invocation(commandId: string): Promise<CommandInvocation> {
    const { CommandInvocations = [] } = await this.#client.send(
      new ListCommandInvocationsCommand({ CommandId: commandId, Details: true }),
    );
    const [invocation] = CommandInvocations;
    if (invocation === undefined) throw new Error(`The command ${commandId} has no invocation.`);
    return invocation;
  }

  async cancel(commandId: string): Promise<void> {
    await this.#client.send(new CancelCommandCommand({ CommandId: commandId }));
  }

  /** The streams of a plugin. The service takes no name of fewer than four characters; the only plugin needs none. */
  async streams(commandId: string, { id }: AgentPlugin): Promise<Streams> {
    const byName = id.length >= 4 || this.#case.agent.plugins.length > 1;
    const { StandardOutputContent: stdout, StandardErrorContent: stderr } = await this.#client.send(
      new GetCommandInvocationCommand({
        CommandId: commandId,
        InstanceId: INSTANCE_ID,
        ...(byName && { PluginName: id }),
      }),
    );
    return { stdout, stderr };
  }

  /** Moves virtual time, or waits while a script really runs. */
  sleep(ms: number): Promise<void> {
    return this.fake.clock.sleep(`${ms}ms`);
  }

  advance(duration: string): Promise<void> {
    return this.fake.clock.advance(`${msOf(duration)}ms`);
  }
}

/** Whether an invocation will not change any more. */
export function hasEnded({ Status }: CommandInvocation): boolean {
  return Status !== undefined && INVOCATION_STATUSES[Status].terminal;
}

function mutable(parameters: NonNullable<AgentCase["parameters"]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, [...values]]),
  );
}
