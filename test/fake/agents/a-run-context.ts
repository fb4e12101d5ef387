import type { AgentRunContext } from "../../../src/fake/agents/agent-run-state.ts";
import { parameterValues } from "../../../src/fake/documents/parameters.ts";
import { compileGoPattern } from "../../../src/fake/documents/patterns/re2.ts";
import { resolveDocument } from "../../../src/fake/documents/resolve-steps.ts";
import { DEFAULT_SETTINGS } from "../../../src/fake/engine/settings.ts";
import { deepFreeze } from "../../support/deep-freeze.ts";
import { content, modelOf, scriptStep } from "../documents/a-document.ts";

/** When every command of these tests is handed to its agent. */
export const HANDED_AT = 1_000_000;

/** No two are equal, so that none can be mistaken for another. */
export const LATENCY = {
  agentDelayedAfter: 5_000,
  startDelay: 100,
  cancelLatency: 200,
  replyDelay: 300,
  uploadDelay: 400,
} as const;

/** When the first process starts. */
export const STARTED_AT = HANDED_AT + LATENCY.startDelay;

interface Given extends Partial<Omit<AgentRunContext, "document" | "latency">> {
  /** The document as its author writes it. */
  readonly document?: object;
  /** Documents that it may run, by name. */
  readonly children?: Readonly<Record<string, object>>;
  readonly latency?: Partial<AgentRunContext["latency"]>;
}

/** What the runs of a command depend on: by default a document of one step, whose output goes nowhere. */
export function aRunContext(given: Given = {}): AgentRunContext {
  const { document: written = content(), children = {}, latency, ...more } = given;
  const model = modelOf(written);
  return deepFreeze({
    document: resolveDocument(model, parameterValues(model, {}), {
      lookup: () => undefined,
      documentNamed: (name) =>
        Object.hasOwn(children, name) ? modelOf(children[name]) : { error: "missing" },
      readYaml: () => ({ problem: "not read" }),
      compile: compileGoPattern,
    }),
    within: undefined,
    isLogged: false,
    isUploaded: false,
    expiresAt: HANDED_AT + 7_200_000,
    settings: DEFAULT_SETTINGS,
    ...more,
    latency: { ...LATENCY, ...latency },
  });
}

/** A document of these steps, by name. */
export function stepsNamed(...names: readonly string[]): object {
  return content({ mainSteps: names.map((name) => scriptStep({ name })) });
}
