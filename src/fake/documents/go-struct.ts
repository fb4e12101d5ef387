import { isObject, sortedEntries, withValues } from "./go-values.ts";

/** What a field of a Go structure holds: any value, a string, a list of strings, or strings by name. */
export type GoFieldType = "interface {}" | "string" | "[]string" | "map[string]string";

/** A Go structure into which the agent reads the inputs of a plugin. */
export interface GoStruct {
  /** As Go names its type, such as `runscript.RunScriptPluginInput`. */
  readonly name: string;
  /** As Go names it before one of its fields, such as `RunScriptPluginInput`. */
  readonly label: string;
  /** Its fields, by the names that Go's messages use. */
  readonly fields: Readonly<Record<string, GoFieldType>>;
}

/** The fields of a structure, or Go's complaint. A field that the value lacks, or has as null, is absent. */
export type ReadStruct =
  | { readonly ok: true; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: string };

/**
 * Reads a value into a structure, as the agent does by way of JSON: keys are taken in order, and match fields whatever
 * their case; those that match none are ignored, and null changes nothing. The first value that does not fit is the error.
 * Source: [agent-cases] for the messages and null; the rest is Go's `encoding/json`.
 *
 * @example
 * ```ts
 * const struct = { name: "demo.Input", label: "Input", fields: { RunCommand: "[]string" } } as const;
 * readStruct({ runCommand: "echo hi" }, struct);
 * //=> { ok: false, error: "json: cannot unmarshal string into Go struct field Input.RunCommand of type []string" }
 * ```
 */
export function readStruct(value: unknown, { name, label, fields }: GoStruct): ReadStruct {
  if (value === null || value === undefined) return { ok: true, fields: {} };
  if (!isObject(value)) {
    const error = `json: cannot unmarshal ${kindOf(value)} into Go value of type ${name}`;
    return { ok: false, error };
  }
  const read: Record<string, unknown> = {};
  for (const [key, held] of sortedEntries(value)) {
    const field = fieldNamed(key, fields);
    const type = field === undefined ? undefined : fields[field];
    if (field === undefined || type === undefined || held === null) continue;
    const misfit = misfitOf(held, type);
    if (misfit !== undefined) {
      const error = `json: cannot unmarshal ${kindOf(misfit.value)} into Go struct field ${label}.${field} of type ${misfit.type}`;
      return { ok: false, error };
    }
    read[field] = withoutNulls(held, type);
  }
  return { ok: true, fields: read };
}

function fieldNamed(key: string, fields: GoStruct["fields"]): string | undefined {
  if (Object.hasOwn(fields, key)) return key;
  const folded = key.toLowerCase();
  return Object.keys(fields).find((field) => field.toLowerCase() === folded);
}

interface Misfit {
  readonly value: unknown;
  readonly type: GoFieldType;
}

function misfitOf(value: unknown, type: GoFieldType): Misfit | undefined {
  switch (type) {
    case "interface {}":
      return undefined;
    case "string":
      return typeof value === "string" ? undefined : { value, type };
    case "[]string":
      return Array.isArray(value) ? misfitAmong(value) : { value, type };
    case "map[string]string":
      return isObject(value)
        ? misfitAmong(sortedEntries(value).map(([, held]) => held))
        : { value, type };
  }
}

function misfitAmong(values: readonly unknown[]): Misfit | undefined {
  const isMisfit = (value: unknown) => typeof value !== "string" && value !== null;
  const index = values.findIndex(isMisfit);
  return index === -1 ? undefined : { value: values[index], type: "string" };
}

/** A null among strings is an empty string. */
function withoutNulls(value: unknown, type: GoFieldType): unknown {
  if (type === "[]string" && Array.isArray(value)) return value.map((item) => item ?? "");
  if (type === "map[string]string" && isObject(value)) {
    return withValues(value, (held) => held ?? "");
  }
  return value;
}

/** The kind of a value of JSON, as Go's messages name it. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
