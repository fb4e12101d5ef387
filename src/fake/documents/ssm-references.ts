/** Where the values of `{{ ssm:name }}` come from: Parameter Store, text or list. */
export type SsmLookup = (name: string) => string | readonly string[] | undefined;

const REFERENCE = /\{\{\s*ssm:([a-zA-Z0-9_.\-/]+)\s*\}\}/g;
const SOLE_REFERENCE = /^\s*\{\{\s*ssm:([a-zA-Z0-9_.\-/]+)\s*\}\}\s*$/;

/** The names that `{{ ssm:name }}` refers to, anywhere in a value. */
export function referencedSsm(value: unknown): readonly string[] {
  const text = JSON.stringify(value) ?? "";
  return [...text.matchAll(REFERENCE)].map(([, name = ""]) => name);
}

/**
 * A value with `{{ ssm:name }}` replaced: by the value itself where a text is nothing else, inside a longer text by its
 * text, of a StringList its elements with commas as Parameter Store holds them. What is not found stays as it is.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-use-in-documents.html
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
