import { nearestName } from "../../domain/nearest-name.ts";
import type { CommandRecord } from "../account/command-record.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import { type PluginNames, type UnknownPlugin, unknownPlugins } from "../agents/behavior-parts.ts";
import type { ResolvedDocument } from "../documents/resolve-steps.ts";
import { mistakeError } from "../mistake-error.ts";

/**
 * Mistakes of a test that show only when a command runs: plugins that a behavior names and its document does not have. Each
 * is told on the console once, and thrown by the next call and by the next assertion. The code under test may swallow what
 * a call throws, so an assertion throws it still; once an assertion has thrown it, a call does not.
 */
export class Mistakes {
  readonly #told = new Set<string>();
  #forCall: string[] = [];
  #forAssertion: string[] = [];
  /** What was looked at last: a command reaches many nodes with one behavior. */
  #last: { readonly command: CommandRecord; readonly behavior: AgentBehavior } | undefined;

  /** Looks for plugins that a behavior names and no step of the command has. */
  look(
    command: CommandRecord,
    {
      behavior,
      fallback,
      whose,
    }: {
      readonly behavior: AgentBehavior;
      readonly fallback: AgentBehavior;
      readonly whose: string;
    },
  ): void {
    if (this.#last?.command === command && this.#last.behavior === behavior) return;
    this.#last = { command, behavior };
    const documents = pluginsOf(command.document, command.request.DocumentName);
    const other = fallback === behavior ? undefined : fallback;
    for (const unknown of unknownPlugins(behavior, documents, other)) {
      this.#tell(sentenceOf(unknown, whose), `${unknown.name} ${documents[0]?.document}`);
    }
  }

  /** @throws TypeError for what no call has thrown yet. */
  throwAtCall(): void {
    const sentences = this.#forCall;
    this.#forCall = [];
    if (sentences.length > 0) throw mistakeError(sentences.join("\n"));
  }

  /** @throws TypeError for what no assertion has thrown yet. */
  throwAtAssertion(): void {
    const sentences = this.#forAssertion;
    this.#forAssertion = [];
    this.#forCall = [];
    if (sentences.length > 0) throw mistakeError(sentences.join("\n"));
  }

  clear(): void {
    this.#told.clear();
    this.#forCall = [];
    this.#forAssertion = [];
    this.#last = undefined;
  }

  #tell(sentence: string, key: string): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    if (this.#told.size > MOST_TOLD) return;
    this.#forCall.push(sentence);
    this.#forAssertion.push(sentence);
    console.warn(sentence);
  }
}

/** The most mistakes that are told until a reset (our decision): a fleet may repeat one in a thousand forms. */
const MOST_TOLD = 10;

/** The documents of a command with their plugins: its own, and those that its steps run. */
function pluginsOf(
  { steps }: Pick<ResolvedDocument, "steps">,
  document: string,
): readonly PluginNames[] {
  const children = steps
    .flatMap(({ processes }) => processes)
    .flatMap(({ child }) => (child === undefined ? [] : pluginsOf(child, child.name ?? "")));
  return [{ document, plugins: steps.map(({ name }) => name) }, ...children];
}

function sentenceOf({ name, documents }: UnknownPlugin, whose: string): string {
  const plugins = [...new Set(documents.flatMap((each) => each.plugins))];
  const where = documents.map(({ document }) => document).join(", ");
  const nearest = nearestName(name, plugins) ?? plugins.find((each) => each.includes(name));
  const meant = nearest === undefined ? "" : ` Did you mean ${JSON.stringify(nearest)}?`;
  return `byPlugin() of ${whose} has a behavior for the plugin ${JSON.stringify(name)}, and no step of ${where} has that name.${meant} Its plugins are ${plugins.map((each) => JSON.stringify(each)).join(", ")}; for several documents use byDocument().`;
}
