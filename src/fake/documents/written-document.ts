import type { ParameterSpec } from "./document-model.ts";

/** A parameter as a description of a document shows it. */
export interface DescribedParameter {
  readonly name: string;
  readonly type: string;
  readonly description: string | undefined;
  readonly defaultValue: string | undefined;
}

/** The description in the content of a document, if it has one. */
export function descriptionIn(content: unknown): string | undefined {
  return textIn(content, "description");
}

/**
 * The parameters of a document, with their descriptions from its content; undefined if the content has no `parameters`
 * [rec-2026-10-01-document-versions]. A default that is not a string is shown as JSON.
 */
export function describedParameters(
  parameters: Readonly<Record<string, ParameterSpec>>,
  content: unknown,
): readonly DescribedParameter[] | undefined {
  const written = memberIn(content, "parameters");
  if (written === undefined) return undefined;
  return Object.entries(parameters).map(([name, spec]) => ({
    name,
    type: spec.type,
    description: textIn(memberIn(written, name), "description"),
    defaultValue: spec.default === undefined ? undefined : asText(spec.default),
  }));
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
