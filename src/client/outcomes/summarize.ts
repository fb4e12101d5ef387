import type { Command } from "@aws-sdk/client-ssm";
import {
  byInstanceId,
  causesOf,
  SHOWN_OUTPUT_OPTIONS,
  type ShownOutput,
} from "../../domain/explanation/causes.ts";
import { countsOf, endAndCounts } from "../../domain/explanation/explain.ts";
import { causeText } from "../../domain/explanation/short-text.ts";
import { checkOptions } from "../../domain/options.ts";
import type { CommandLook } from "./command-look.ts";
import { checkLook } from "./nodes-of.ts";
import type { InvocationOutcome } from "./outcome.ts";

/**
 * A node on which a command did not succeed.
 *
 * @inline
 */
export type SummarizedNode = {
  /** The id of the node. */
  readonly instanceId: string;
  /** How it ended there. */
  readonly kind: InvocationOutcome["kind"];
  /** The plugin that failed there, if one did. */
  readonly plugin?: string | undefined;
  /** The exit code of that plugin, if its process ended by itself. */
  readonly exitCode?: number | undefined;
  /** The last lines that it wrote to standard error, or else to standard output, if there are any. */
  readonly output?: string | undefined;
};

/**
 * A command in short: plain data, which `JSON.stringify` takes, and as a string (`String(summary)`, a template) its `text`.
 * It has no parameters of the command: they may be secret. What nodes wrote it has; `redact` takes secrets out.
 *
 * @example
 * ```ts
 * const summary: Summary = summarize(outcome);
 * `${summary}` === summary.text; //=> true
 * ```
 */
export interface Summary {
  /** All of it in a few lines, for a terminal or a chat: the first three causes, three nodes of each. */
  readonly text: string;
  /** The id of the command. */
  readonly commandId: string;
  /** How it ended or stands. */
  readonly kind: CommandLook["kind"];
  /** Its document; missing, as what follows, where the service does not show the command. */
  readonly document?: string | undefined;
  /** Its `StatusDetails`, as the service spelled it. */
  readonly statusDetails?: string | undefined;
  /** When it was sent, in ISO 8601. */
  readonly requestedAt?: string | undefined;
  /** When the last plugin finished that is reported, in ISO 8601. The service does not tell when a command ended. */
  readonly endedAt?: string | undefined;
  /** The number of nodes that it goes to. */
  readonly total?: number | undefined;
  /** How many of those that were read ended in which way or, if they are open, are in which phase. */
  readonly counts: Readonly<Record<string, number>>;
  /** The nodes on which it did not succeed, in the order of their ids. */
  readonly failures: readonly SummarizedNode[];
}

/**
 * Sums up how a command ended or stands, for a log, a chat message, or a row in a database.
 *
 * @param outcome - What a wait resolved with, or a look.
 * @param options - How much of a node's output it may show: `lines`, `redact`.
 * @throws TypeError for anything else.
 *
 * @example
 * ```ts
 * node.behavior = fails({ exitCode: 7, stderr: "disk full\n" });
 * const summary = summarize(await deploy(fake));
 * String(summary); //=> "AWS-RunShellScript: Command 7afa32e5-… ended as Failed: 1 failed.\n  failed (…"
 * summary.failures; //=> [{ instanceId: "i-0123456789abcdef0", kind: "failed", exitCode: 7, output: "disk full", … }]
 * JSON.stringify(summary).includes("deploy.sh"); //=> false
 * ```
 */
export function summarize(outcome: CommandLook, options?: ShownOutput): Summary {
  checkOptions(options, SHOWN_OUTPUT_OPTIONS, "summarize()");
  checkLook(outcome, "summarize()");
  const seen: Seen = outcome;
  const { kind, command = {}, invocations = [], commandId = command.CommandId ?? "" } = seen;
  const { DocumentName, StatusDetails, RequestedDateTime, TargetCount } = command;
  const ends = invocations.flatMap(({ invocation }) =>
    (invocation.CommandPlugins ?? []).map((plugin) => isoOf(plugin.ResponseFinishDateTime) ?? ""),
  );
  const causes = causesOf(invocations, options);
  const left = causes.length - MOST_CAUSES;
  const text = [
    `${DocumentName ? `${DocumentName}: ` : ""}${endAndCounts(outcome)}`,
    ...causes.slice(0, MOST_CAUSES).map((cause) => causeText(cause, MOST_CAUSES)),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ].join("\n");
  const summary: Summary = {
    text,
    commandId,
    kind,
    document: DocumentName,
    statusDetails: StatusDetails,
    requestedAt: isoOf(RequestedDateTime),
    endedAt: (kind !== "running" && ends.sort().at(-1)) || undefined,
    total: TargetCount,
    counts: countsOf(outcome),
    failures: [...invocations].sort(byInstanceId).flatMap((node) =>
      causesOf([node], options).map(({ plugins: [plugin], output }) => ({
        instanceId: node.instanceId,
        kind: node.kind,
        plugin: plugin?.name,
        exitCode: plugin?.exitCode,
        output: output || undefined,
      })),
    ),
  };
  // Not a member that is listed: plain data can be cloned and compared.
  return Object.defineProperty(summary, "toString", { value: () => text });
}

/** How many causes the text has, and how many nodes of each. */
const MOST_CAUSES = 3;

/** What a look has, whichever it is. */
interface Seen {
  readonly kind: CommandLook["kind"];
  readonly command?: Command;
  readonly invocations?: readonly InvocationOutcome[];
  readonly commandId?: string;
}

/** A date in ISO 8601, also one that went through JSON. */
function isoOf(date: Date | undefined): string | undefined {
  return date && new Date(date).toISOString();
}
