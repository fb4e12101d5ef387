import type { DocumentModel, ParameterSpec, Precondition, Step } from "./document-model.ts";

/** A parameter as a description of a document shows it. */
export interface DescribedParameter {
  readonly name: string;
  readonly type: string;
  readonly description: string | undefined;
  readonly defaultValue: string | undefined;
}

/** The content that a document could have been made of: what `parseDocument` takes. It has no descriptions. */
export function writtenDocument({ schemaVersion, parameters, steps }: DocumentModel): object {
  return schemaVersion === "1.2"
    ? { schemaVersion, parameters, runtimeConfig: Object.fromEntries(steps.map(writtenPlugin)) }
    : { schemaVersion, parameters, mainSteps: steps.map(writtenStep) };
}

/** The description in the content of a document, if it has one. */
export function descriptionIn(content: unknown): string | undefined {
  return textIn(content, "description");
}

/**
 * The parameters of a document, with their descriptions from its content. A default that is not a string is shown as JSON.
 */
export function describedParameters(
  parameters: Readonly<Record<string, ParameterSpec>>,
  content: unknown,
): readonly DescribedParameter[] {
  const written = memberIn(content, "parameters");
  return Object.entries(parameters).map(([name, spec]) => ({
    name,
    type: spec.type,
    description: textIn(memberIn(written, name), "description"),
    defaultValue: spec.default === undefined ? undefined : asText(spec.default),
  }));
}

function writtenPlugin({ action, processes, preconditions }: Step): readonly [string, object] {
  // The id names the folder of the output [rec-2026-09-27-managed-execution].
  const properties = processes.map((inputs) => ({ id: `0.${action}`, ...inputs }));
  return [action, { ...writtenConditions(preconditions), properties }];
}

function writtenStep({ action, name, processes, preconditions, ...flow }: Step): object {
  return {
    action,
    name,
    ...writtenConditions(preconditions),
    inputs: {
      ...processes[0],
      ...(flow.onFailure === undefined ? {} : { onFailure: flow.onFailure }),
      ...(flow.onSuccess === undefined ? {} : { onSuccess: flow.onSuccess }),
      ...(flow.isFinally ? { finallyStep: true } : {}),
    },
    ...(flow.isEnd ? { isEnd: true } : {}),
  };
}

function writtenConditions(conditions: readonly Precondition[]): object {
  if (conditions.length === 0) return {};
  const entries = conditions.map(({ operator, operands }) => [operator, operands]);
  return { precondition: Object.fromEntries(entries) };
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function textIn(value: unknown, name: string): string | undefined {
  const text = memberIn(value, name);
  return typeof text === "string" ? text : undefined;
}

function memberIn(value: unknown, name: string): unknown {
  const isHeld = typeof value === "object" && value !== null && Object.hasOwn(value, name);
  return isHeld ? Reflect.get(value, name) : undefined;
}
