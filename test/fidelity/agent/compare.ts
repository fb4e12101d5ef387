import type { CommandInvocation, CommandPlugin } from "@aws-sdk/client-ssm";
import type { AgentAnswer, AgentPlugin } from "./agent-case.ts";
import { differenceOf } from "./difference.ts";

/** An invocation after its end, as the API shows it. */
export interface Shown {
  readonly invocation: CommandInvocation;
  /** Standard output and error of a plugin, from GetCommandInvocation. */
  readonly streamsOf: (plugin: AgentPlugin) => Promise<Streams>;
  /** A string without what differs from run to run. */
  readonly mask: (found: string) => string;
}

/** Both streams of a plugin. */
export interface Streams {
  readonly stdout: string | undefined;
  readonly stderr: string | undefined;
}

/**
 * Where the API shows something else than the agent's answer, in one line: the status of the document, the trace, and the
 * first plugin that differs. Members that the answer leaves out are not compared.
 */
export async function mismatchOfAnswer(
  expected: AgentAnswer,
  found: Shown,
): Promise<string | undefined> {
  const { invocation } = found;
  const differs = comparison(found);
  return joined([
    differs("documentStatus", expected.documentStatus, invocation.StatusDetails),
    differs("trace", expected.trace, invocation.TraceOutput),
    await mismatchOfPlugins(expected, found),
  ]);
}

async function mismatchOfPlugins(
  { plugins }: AgentAnswer,
  found: Shown,
): Promise<string | undefined> {
  const { CommandPlugins = [] } = found.invocation;
  for (const [index, plugin] of CommandPlugins.entries()) {
    const expected = plugins[index];
    const why = expected && (await mismatchOfPlugin(expected, plugin, found));
    if (why !== undefined) return `plugin ${expected?.id}: ${why}`;
  }
  if (plugins.length === CommandPlugins.length) return undefined;
  const names = CommandPlugins.map(({ Name }) => Name);
  return `expected the plugins ${listed(plugins.map(({ id }) => id))}, found ${listed(names)}`;
}

async function mismatchOfPlugin(
  { id, ...expected }: AgentPlugin,
  plugin: CommandPlugin,
  found: Shown,
): Promise<string | undefined> {
  const differs = comparison(found);
  const { stdout, stderr } = await streamsToCompare({ id, ...expected }, found);
  return joined([
    differs("id", id, plugin.Name),
    differs("status", expected.status, plugin.StatusDetails),
    differs("code", expected.code, plugin.ResponseCode),
    // Output is made of both streams: one of the three shows what is wrong.
    differs("output", expected.output, plugin.Output) ??
      differs("stdout", expected.stdout, stdout) ??
      differs("stderr", expected.stderr, stderr),
    differs("elapsedSeconds", expected.elapsedSeconds, secondsOf(plugin)),
  ]);
}

async function streamsToCompare(expected: AgentPlugin, { streamsOf }: Shown): Promise<Streams> {
  const isNeeded = expected.stdout !== undefined || expected.stderr !== undefined;
  return isNeeded ? streamsOf(expected) : { stdout: undefined, stderr: undefined };
}

/** Compares a member after both sides have been masked; one that is not expected never differs. */
function comparison({ mask }: Shown) {
  const plain = (value: unknown) => (typeof value === "string" ? mask(value) : value);
  return (name: string, expected: string | number | undefined, found: unknown) =>
    expected === undefined ? undefined : differenceOf(name, plain(expected), plain(found));
}

function secondsOf({
  ResponseStartDateTime: start,
  ResponseFinishDateTime: finish,
}: CommandPlugin) {
  if (start === undefined || finish === undefined) return undefined;
  return (finish.getTime() - start.getTime()) / 1_000;
}

function joined(sentences: readonly (string | undefined)[]): string | undefined {
  const said = sentences.filter((sentence) => sentence !== undefined);
  return said.length === 0 ? undefined : said.join("; ");
}

function listed(names: readonly (string | undefined)[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
