import { isObject, withValues } from "./go-values.ts";

/** A parameter of Parameter Store. The elements of a StringList are joined by commas, as Parameter Store holds them. */
export interface SsmParameter {
  readonly type: "String" | "StringList" | "SecureString";
  readonly value: string;
}

/** The parameter that `{{ ssm:name }}` or `{{ ssm:name:version }}` stands for. */
export type SsmLookup = (reference: string) => SsmParameter | undefined;

/** A value with its references replaced, or why the agent fails the whole document. */
export type ResolvedSsm =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly trace: string };

/** Spaces may stand around it, and no other white space [agent-parameter-store]. */
const REFERENCE = /\{\{ *ssm:([/\w.:-]+) *\}\}/g;
const SOLE_REFERENCE = /^\s*\{\{ *ssm:([/\w.:-]+) *\}\}\s*$/;

/** The parameters that a value refers to, anywhere in it, each once. */
export function referencedSsm(value: unknown): readonly string[] {
  const text = JSON.stringify(value) ?? "";
  return [...new Set([...text.matchAll(REFERENCE)].map(([, name = ""]) => name))];
}

/** Thrown inside this file when the agent gives up; it never leaves the file. */
class Unresolved extends Error {}

/**
 * A value with `{{ ssm:name }}` replaced by what Parameter Store holds. A StringList may stand alone as an element of a
 * list, which its elements then replace; anywhere else it fails the document, as do a parameter that does not exist and a
 * SecureString. A value that was put in is not searched again. Source: [agent-parameter-store] [agent-cases].
 */
export function resolveSsm(value: unknown, find: SsmLookup): ResolvedSsm {
  const references = referencedSsm(value);
  if (references.length === 0) return { ok: true, value };
  const found = new Map(references.map((name) => [name, find(name)]));
  const lookup: SsmLookup = (name) => found.get(name);
  const trace = complaintAbout(references, lookup);
  if (trace !== undefined) return { ok: false, trace };
  try {
    return { ok: true, value: replaceIn(value, lookup) };
  } catch (error) {
    if (error instanceof Unresolved) return { ok: false, trace: error.message };
    throw error;
  }
}

function complaintAbout(references: readonly string[], lookup: SsmLookup): string | undefined {
  const missing = references.filter((name) => lookup(name) === undefined);
  if (missing.length > 0) return `Input contains invalid parameters [${missing.join(" ")}]`;
  const secure = references.filter((name) => lookup(name)?.type === "SecureString");
  if (secure.length === 0) return undefined;
  return `Parameters [${secure.map(nameOf).join(" ")}] of type SecureString are not supported`;
}

function replaceIn(value: unknown, lookup: SsmLookup): unknown {
  if (typeof value === "string") return replaceInText(value, lookup);
  if (Array.isArray(value)) {
    return typeof value[0] === "string"
      ? replaceInStrings(value, lookup)
      : value.map((item) => replaceIn(item, lookup));
  }
  return isObject(value) ? withValues(value, (held) => replaceIn(held, lookup)) : value;
}

/** A list whose first element is a string has to be a list of strings [agent-parameter-store]. */
function replaceInStrings(list: readonly unknown[], lookup: SsmLookup): readonly string[] {
  return list.flatMap((item) => {
    if (item === null) return "";
    if (typeof item !== "string") {
      throw new Unresolved("Encountered error while parsing input - internal error");
    }
    const sole = SOLE_REFERENCE.exec(item)?.[1];
    const held = sole === undefined ? undefined : lookup(sole);
    return held?.type === "StringList" ? held.value.split(",") : replaceInText(item, lookup);
  });
}

function replaceInText(text: string, lookup: SsmLookup): string {
  return text.replace(REFERENCE, (found, name: string) => {
    const held = lookup(name);
    if (held?.type === "StringList") {
      throw new Unresolved(
        `Parameter ${nameOf(name)} of type StringList cannot be used as a String`,
      );
    }
    return held?.value ?? found;
  });
}

/** The name in a reference, without its version. */
function nameOf(reference: string): string {
  return reference.replace(/:\d+$/, "");
}
