import type { Target } from "@aws-sdk/client-ssm";
import type { OptionTable } from "../options.ts";

// Pure words, for both halves: the client explains outcomes, the fake its own commands. Kept short, as `orThrow` has it.

/** A plugin, as far as it is explained. */
export interface ExplainedPlugin {
  readonly name: string;
  readonly status: string;
  readonly exitCode?: number | undefined;
  readonly stdout?: string | undefined;
  readonly stderr?: string | undefined;
  readonly output?: string | undefined;
}

/** How a command ended on a node, as far as it is explained. */
export interface ExplainedNode {
  readonly instanceId: string;
  readonly kind: string;
  readonly plugins: readonly ExplainedPlugin[];
  readonly invocation?: { readonly TraceOutput?: string | undefined } | undefined;
}

/** How a command ended or stands, as far as it is explained: an outcome or a look of the client, or a command of a fake. */
export interface Explained {
  readonly kind: string;
  /** Of a command that is not shown. */
  readonly commandId?: string;
  readonly command?: {
    readonly CommandId?: string | undefined;
    readonly StatusDetails?: string | undefined;
    readonly MaxErrors?: string | undefined;
    readonly TargetCount?: number | undefined;
    readonly ErrorCount?: number | undefined;
    readonly Targets?: readonly Target[] | undefined;
  };
  readonly invocations?: readonly ExplainedNode[];
  /** The nodes that have not ended. */
  readonly open?: readonly { readonly instanceId: string; readonly phase: string }[];
}

/**
 * How much of a node's output an error or an explanation may show.
 *
 * @inline
 */
export type ShownOutput = {
  /** How many of the last lines to show, cut to their last 2,000 characters; 0 shows none. @default 20 */
  readonly lines?: number | undefined;
  /** Takes out secrets. It gets the output before it is cut to its last lines. @default the output as it is */
  readonly redact?: ((text: string) => string) | undefined;
};

/** The options of `orThrow()`, `new CommandFailedError()`, `explain()` and `summarize()`. */
export const SHOWN_OUTPUT_OPTIONS = {
  lines: "a number",
  redact: "a function",
} as const satisfies OptionTable<ShownOutput>;

/** Nodes with which the same happened. */
export interface CauseGroup {
  readonly kind: string;
  readonly nodes: readonly string[];
  /** All that the first of them wrote there, as it was reported. */
  readonly written: string | undefined;
  /** The last lines of what they wrote, without what the agent put behind it; `""` if there are none. */
  readonly output: string;
  /** The plugins that failed there, one for each node that has one. */
  readonly plugins: readonly ExplainedPlugin[];
}

/** The most characters of a node's output. Our decision: short enough for most logs, which cut long lines. */
const MOST_CHARACTERS = 2_000;
/** What the agent writes between the streams of the merged output, and behind standard error: the exit code again. */
export const HEADING = "\n----------ERROR-------\n";
const AGENTS_OWN = /(failed to run commands: exit status \d+\s*|\n---Error truncated----)$/;

/** The plugin that made an invocation fail: the first that ran and is Failed or TimedOut. */
export function failedPlugin<Plugin extends ExplainedPlugin>(
  plugins: readonly Plugin[],
): Plugin | undefined {
  return plugins.find(
    ({ status, output, stderr }) =>
      /^(Failed|Timed ?Out)$/.test(status) && (output ?? stderr) !== undefined,
  );
}

/** The last lines of a text, redacted before it is cut. */
export function tailOf(
  text: string | undefined,
  { lines = 20, redact = (all) => all }: ShownOutput = {},
): string | undefined {
  if (!text || lines <= 0) return text && "";
  return redact(text).trimEnd().split("\n").slice(-lines).join("\n").slice(-MOST_CHARACTERS);
}

/**
 * The nodes that did not succeed, by kind and equal last lines of standard error: those first that failed by themselves, then
 * the largest groups.
 */
export function causesOf(
  nodes: readonly ExplainedNode[],
  shown?: ShownOutput,
): readonly CauseGroup[] {
  const groups = new Map<string, Group>();
  for (const { kind, instanceId, plugins, invocation } of [...nodes].sort(byInstanceId)) {
    if (kind === "succeeded") continue;
    const plugin = failedPlugin(plugins);
    const { stderr, output: merged } = plugin ?? {};
    const written = stderr ?? merged ?? invocation?.TraceOutput;
    const output = tailOf(plugin ? saidBy(plugin) : written, shown) ?? "";
    const key = `${kind}\n${output}`;
    const group: Group = groups.get(key) ?? { kind, nodes: [], written, output, plugins: [] };
    group.nodes.push(instanceId);
    if (plugin) group.plugins.push(plugin);
    groups.set(key, group);
  }
  const isOwn = ({ plugins }: CauseGroup) => Number(plugins.length > 0);
  return [...groups.values()].sort(
    (a, b) => isOwn(b) - isOwn(a) || b.nodes.length - a.nodes.length,
  );
}

/** A group that is still growing. */
interface Group extends CauseGroup {
  readonly nodes: string[];
  readonly plugins: ExplainedPlugin[];
}

/** Standard error without what the agent wrote behind it; standard output where that is all. */
function saidBy({ stdout, stderr, output = "" }: ExplainedPlugin): string {
  const [out = "", error = ""] = output.split(HEADING);
  const streams = [stderr ?? error, stdout ?? out].map((text) => text.replace(AGENTS_OWN, ""));
  return streams.find((text) => text.trim() !== "") ?? "";
}

/** Sorts by node, since the service may list them in any order. */
export function byInstanceId(a: Pick<ExplainedNode, "instanceId">, b: typeof a): number {
  return a.instanceId < b.instanceId ? -1 : 1;
}
