import { byInstanceId, HEADING } from "../../domain/explanation/causes.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import type { CommandLook } from "./command-look.ts";
import { nodesOf } from "./nodes-of.ts";
import type { InvocationOutcome } from "./outcome.ts";

/**
 * Nodes that ended in the same way and wrote the same.
 *
 * @inline
 */
export type OutputGroup = {
  /** The ids of the nodes, sorted. */
  readonly nodes: readonly string[];
  /** How it ended there. */
  readonly kind: InvocationOutcome["kind"];
  /**
   * What each of them wrote, standard output first, without white space at the end; `""` for nothing. Where there are several
   * plugins, each has a line with its name before it.
   */
  readonly output: string;
};

/**
 * Options of {@link groupByOutput}.
 *
 * @inline
 */
export type GroupOptions = {
  /** Takes out secrets, and what differs without meaning anything, such as times, before outputs are compared. */
  readonly redact?: ((text: string) => string) | undefined;
};

/** The options of {@link groupByOutput}. */
export const GROUP_OPTIONS = { redact: "a function" } as const satisfies OptionTable<GroupOptions>;

/**
 * Folds equal output, as `clush -b` and `dshbak -c` do: the nodes that ended in the same way and wrote the same are a group, the
 * largest first, those of the same size in the order of their first nodes. Nodes that wrote nothing are groups, too.
 *
 * - White space at the end makes no difference. Unless the streams of all nodes of a kind were read separately
 *   (`separateStreams` of the wait), they are compared by the merged output, which holds 2,500 bytes; what is shown is the longer form, where there is
 *   one.
 * - What the agent says where it could not run the document (`TraceOutput`) counts as standard error.
 *
 * @param outcome - What a wait resolved with, or a look, of which those nodes count that have ended.
 * @param options - `redact`.
 * @throws TypeError for anything else, and for an outcome that was read without its nodes.
 *
 * @example
 * ```ts
 * for (let n = 0; n < 3; n++) fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ stderr: "disk full\n" }) });
 * const groups = groupByOutput(await deploy(fake));
 * groups.map(({ nodes, kind }) => `${nodes.length} ${kind}`); //=> ["3 failed", "1 succeeded"]
 * groups[1]; //=> { kind: "succeeded", output: "deployed", nodes: ["i-0123456789abcdef0"], … }
 * ```
 */
export function groupByOutput(
  outcome: CommandLook,
  options: GroupOptions = {},
): readonly OutputGroup[] {
  checkOptions(options, GROUP_OPTIONS, "groupByOutput()");
  const nodes = [...nodesOf(outcome, "groupByOutput()")].sort(byInstanceId);
  // What only some were read separately of is compared as all have it: merged, which holds 2,500 bytes.
  const mergedKinds = new Set(nodes.flatMap((node) => (isReadApart(node) ? [] : node.kind)));
  const groups = new Map<string, OutputGroup & { readonly nodes: string[] }>();
  for (const node of nodes) {
    const { kind, instanceId } = node;
    const key = `${kind}\n${writtenOn(node, options, !mergedKinds.has(kind))}`;
    const group = groups.get(key) ?? { nodes: [], kind, output: writtenOn(node, options) };
    group.nodes.push(instanceId);
    groups.set(key, group);
  }
  // A Map keeps the order of the first nodes, and a sort that of equals.
  return [...groups.values()].sort((a, b) => b.nodes.length - a.nodes.length);
}

function isReadApart({ plugins }: InvocationOutcome): boolean {
  return plugins.every(({ output, stdout }) => !output || stdout !== undefined);
}

function writtenOn(
  { plugins, invocation }: InvocationOutcome,
  { redact = (text) => text }: GroupOptions,
  isApart = true,
): string {
  const parts = plugins.map(({ name, output = "", stdout, stderr }) => {
    const [out = "", ...error] = output.split(HEADING);
    const merged = [out, error.join(HEADING)];
    const streams = isApart && stdout !== undefined ? [stdout, stderr ?? ""] : merged;
    const text = streams
      .map((stream) => redact(stream).trimEnd())
      .filter(Boolean)
      .join("\n");
    return text && plugins.length > 1 ? `${name}:\n${text}` : text;
  });
  return [...parts, redact(invocation.TraceOutput ?? "").trimEnd()].filter(Boolean).join("\n");
}
