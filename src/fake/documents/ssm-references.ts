/** The value that `{{ ssm:name }}` stands for, from Parameter Store: a string or a list of strings, or undefined. */
export type SsmLookup = (name: string) => string | readonly string[] | undefined;

const REFERENCE = /\{\{\s*ssm:([a-zA-Z0-9_.\-/]+)\s*\}\}/g;
const SOLE_REFERENCE = /^\s*\{\{\s*ssm:([a-zA-Z0-9_.\-/]+)\s*\}\}\s*$/;

/** The names that `{{ ssm:name }}` refers to, anywhere in a value. */
export function referencedSsm(value: unknown): readonly string[] {
  const text = JSON.stringify(value) ?? "";
  return [...text.matchAll(REFERENCE)].map(([, name = ""]) => name);
}

/**
 * A value with `{{ ssm:name }}` replaced. A string that is nothing else becomes the referenced value itself. In a longer
 * string the value stands as text; the elements of a StringList are joined by commas, as Parameter Store holds them. What
 * is not found stays as it is. [guide-parameter-references]
 */
export function resolveSsm(value: unknown, lookup: SsmLookup): unknown {
  if (typeof value === "string") {
    const sole = SOLE_REFERENCE.exec(value)?.[1];
    const whole = sole === undefined ? undefined : lookup(sole);
    return (
      whole ??
      value.replace(REFERENCE, (found, name: string) => {
        const held = lookup(name);
        return held === undefined ? found : [held].flat().join(",");
      })
    );
  }
  if (Array.isArray(value)) return value.map((item) => resolveSsm(item, lookup));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, held]) => [key, resolveSsm(held, lookup)]),
    );
  }
  return value;
}
