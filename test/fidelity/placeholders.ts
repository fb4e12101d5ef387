import { rewritten, valueAt } from "./json.ts";
import { shown } from "./shown.ts";

const ONLY_ONE = /^\$\{([^}]*)\}$/;
const EACH = /\$\{([^}]*)\}/g;

/**
 * A copy of a value with the placeholders in its strings replaced. A string that is only a placeholder becomes the value
 * itself.
 *
 * @param names - Saved answers by name, and `nodes`, the ids of the case.
 * @throws Error for a placeholder that resolves to nothing, or to what cannot stand inside a string.
 *
 * @example
 * ```ts
 * resolvePlaceholders(["${nodes.0}", "${nodes}"], { nodes: ["i-1", "i-2"] }); //=> ["i-1", ["i-1", "i-2"]]
 * ```
 */
export function resolvePlaceholders<Value>(
  value: Value,
  names: Readonly<Record<string, unknown>>,
): Value {
  const resolved = rewritten(value, (inner) => {
    if (typeof inner !== "string") return undefined;
    const [, only] = ONLY_ONE.exec(inner) ?? [];
    if (only !== undefined) return lookUp(only, names);
    return inner.replace(EACH, (_, path: string) => asText(lookUp(path, names), path));
  });
  // It has the same members; the value of a placeholder has the type that its place expects.
  return resolved as Value;
}

function lookUp(path: string, names: Readonly<Record<string, unknown>>): unknown {
  const found = valueAt(names, path.split("."));
  if (found === undefined || found === null) {
    throw new Error(
      `The placeholder \${${path}} resolves to nothing. It is a path into one of: ${Object.keys(names).join(", ")}.`,
    );
  }
  return found;
}

function asText(value: unknown, path: string): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") {
    throw new Error(
      `The placeholder \${${path}} stands inside a text, and is ${shown(value)}. Let it stand alone, or name a member of it.`,
    );
  }
  return String(value);
}
