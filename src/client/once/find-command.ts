import type { Command, ListCommandsCommandInput, Target } from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../../domain/limits.ts";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import type { EpochMs } from "../../time/clock.ts";
import { paginate } from "../paginate.ts";
import type { SendRequest } from "../requests/requests.ts";

/** Which command is looked for. */
export interface Wanted {
  /** The document; an ARN is the document that it names. */
  readonly document: string;
  /** The earliest RequestedDateTime, by the clock of the service. */
  readonly since: EpochMs;
  readonly matches: (command: Command) => boolean;
}

/** The newest command that matches, or undefined: one call of ListCommands for each fifty commands of the document. */
export async function findCommand(
  api: Pick<RunCommandApi, "listCommands">,
  { document, since, matches }: Wanted,
  options?: CallOptions,
): Promise<Command | undefined> {
  const InvokedAfter = new Date(since).toISOString().replace(/\.\d+/, "");
  const input: ListCommandsCommandInput = {
    MaxResults: MAX_PAGE_SIZE,
    Filters: [
      { key: "InvokedAfter", value: InvokedAfter },
      // How the service filters by an ARN is not known, so all commands are looked at.
      ...(isArn(document) ? [] : [{ key: "DocumentName" as const, value: document }]),
    ],
  };
  const pages = paginate(input, {
    operation: "ListCommands",
    ask: (page) => api.listCommands(page, options),
    items: (page) => page.Commands,
  });
  for await (const command of pages) {
    if (nameOf(command.DocumentName ?? "") === nameOf(document) && matches(command)) return command;
  }
  return undefined;
}

/** In what a command differs from a request: `InstanceIds`, `Targets`, and parameters by name. Values may be secret. */
export function differences(command: Command, request: SendRequest): readonly string[] {
  const { InstanceIds = [], Targets = [], Parameters = {} } = request;
  const shown = command.Parameters ?? {};
  const names = new Set([...Object.keys(shown), ...Object.keys(Parameters)]);
  const differs = (a: unknown = [], b: unknown = []) => JSON.stringify(a) !== JSON.stringify(b);
  return [
    ...(differs(inOrder(command.InstanceIds), inOrder(InstanceIds)) ? ["InstanceIds"] : []),
    ...(differs(targetsInOrder(command.Targets), targetsInOrder(Targets)) ? ["Targets"] : []),
    ...[...names]
      .filter((name) => differs(shown[name], Parameters[name]))
      .map((name) => `Parameters.${name}`),
  ];
}

function targetsInOrder(targets: readonly Target[] = []): readonly string[] {
  return inOrder(targets.map(({ Key, Values }) => JSON.stringify([Key, inOrder(Values)])));
}

function inOrder(texts: readonly string[] = []): readonly string[] {
  return [...texts].sort();
}

function isArn(document: string): boolean {
  return document.startsWith("arn:");
}

function nameOf(document: string): string {
  return isArn(document) ? document.replace(/^.*\//, "") : document;
}
