import type { Command, ListCommandsCommandInput } from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../../domain/limits.ts";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import type { EpochMs } from "../../time/clock.ts";
import { commandsOf } from "../listings.ts";
import type { SendRequest } from "../requests/requests.ts";

/** Which command is looked for. */
export interface Wanted {
  /** The document; an ARN is the document that it names. */
  readonly document: string;
  /** The earliest RequestedDateTime, by the clock of the service. */
  readonly since: EpochMs;
  /** The first RequestedDateTime that is too late. @default none */
  readonly before?: EpochMs | undefined;
  readonly matches: (command: Command) => boolean;
}

/** The newest command that matches, or undefined: one call of ListCommands for each fifty commands of the document. */
export async function findCommand(
  api: Pick<RunCommandApi, "listCommands">,
  { document, since, before, matches }: Wanted,
  options?: CallOptions,
): Promise<Command | undefined> {
  const name = nameOf(document);
  const input: ListCommandsCommandInput = {
    MaxResults: MAX_PAGE_SIZE,
    Filters: [
      { key: "InvokedAfter", value: instant(since) },
      ...(before ? [{ key: "InvokedBefore" as const, value: instant(before) }] : []),
      // How the service filters by an ARN is not known, so all commands are looked at.
      ...(name === document ? [{ key: "DocumentName" as const, value: name }] : []),
    ],
  };
  for await (const command of commandsOf(input, (page) => api.listCommands(page, options))) {
    if (nameOf(command.DocumentName ?? "") === name && matches(command)) return command;
  }
  return undefined;
}

/** An instant in whole seconds. */
function instant(at: EpochMs): string {
  return new Date(at).toISOString().replace(/\.\d+/, "");
}

/** In what a command differs from a request: `InstanceIds`, `Targets`, and parameters by name. Values may be secret. */
export function differences(command: Command, request: SendRequest): readonly string[] {
  const [shown, asked] = [shapeOf(command), shapeOf(request)];
  return Object.keys({ ...shown, ...asked }).filter((name) => shown[name] !== asked[name]);
}

/** What a key is compared by, as text: nodes and targets in one order, and each parameter. */
function shapeOf({
  InstanceIds = [],
  Targets = [],
  Parameters = {},
}: Pick<Command, "InstanceIds" | "Targets" | "Parameters">): Readonly<Record<string, string>> {
  const targets = Targets.map(({ Key, Values = [] }) => Key + inOrder(Values));
  const shape: Record<string, string> = {
    InstanceIds: inOrder(InstanceIds),
    Targets: inOrder(targets),
  };
  for (const [name, values] of Object.entries(Parameters)) {
    if (values !== undefined) shape[`Parameters.${name}`] = JSON.stringify(values);
  }
  return shape;
}

function inOrder(texts: readonly string[]): string {
  return JSON.stringify([...texts].sort());
}

/** The name of a document that may be given by its ARN. */
function nameOf(document: string): string {
  return document.replace(/^arn:.*\//, "");
}
