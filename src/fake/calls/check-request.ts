import type { Refusal } from "../result.ts";

/** What the service demands of one value of a request. */
export type Constraint =
  | {
      readonly type: "string";
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: string;
      readonly oneOf?: readonly string[];
    }
  | {
      readonly type: "integer";
      readonly min?: number;
      readonly max?: number;
      /** Whether a refusal shows the value; recorded so for TimeoutSeconds alone. */
      readonly shown?: true;
    }
  | { readonly type: "boolean" }
  | {
      readonly type: "list";
      readonly min?: number;
      readonly max?: number;
      readonly of: Constraint;
    }
  | { readonly type: "map"; readonly of: Constraint }
  | { readonly type: "structure"; readonly members: Members };

/** The members of a request, or of a structure in it, by name. */
export type Members = Readonly<Record<string, Constraint & { readonly required?: true }>>;

/**
 * Why the service would turn a request down for its shape, or undefined.
 *
 * - A wrong JSON type: SerializationException, without a message. It comes first, since nothing can be read then.
 * - Everything else: one ValidationException that counts and lists all violations. Paths in lowerCamelCase; the elements of
 *   a list of texts are reported at the list, with every constraint that an element has; lists and numbers are not shown
 *   (all recorded 2026-09).
 */
export function checkRequest(input: unknown, members: Members): Refusal | undefined {
  const found: Findings = { violations: [], hasWrongType: false };
  checkMembers(input, { members, path: "", found });
  if (found.hasWrongType) return { name: "SerializationException" };
  const count = found.violations.length;
  if (count === 0) return undefined;
  const heading = `${count} validation error${count === 1 ? "" : "s"} detected`;
  return { name: "ValidationException", message: `${heading}: ${found.violations.join("; ")}` };
}

interface Findings {
  readonly violations: string[];
  hasWrongType: boolean;
}

interface At {
  readonly path: string;
  readonly found: Findings;
}

function checkMembers(
  input: unknown,
  { members, path, found }: At & { readonly members: Members },
): void {
  if (!isObject(input)) {
    found.hasWrongType = true;
    return;
  }
  for (const [name, constraint] of Object.entries(members)) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    const at = { path: join(path, name), found };
    if (value !== undefined && value !== null) check(value, constraint, at);
    else if (constraint.required) violate(at, "", "Member must not be null");
  }
}

function check(value: unknown, constraint: Constraint, at: At): void {
  if (!hasType(value, constraint.type)) {
    at.found.hasWrongType = true;
    return;
  }
  switch (constraint.type) {
    case "string":
      for (const [text, isKept] of stringRules(constraint)) {
        if (!isKept(String(value))) violate(at, `'${value}'`, text);
      }
      break;
    case "integer":
      checkRange(Number(value), constraint, {
        ...at,
        shown: constraint.shown ? `'${value}'` : "",
        what: "value",
      });
      break;
    case "list":
      if (Array.isArray(value)) checkElements(value, constraint, at);
      break;
    case "map":
      for (const [key, element] of Object.entries(value ?? {})) {
        check(element, constraint.of, { ...at, path: `${at.path}.${key}` });
      }
      break;
    case "structure":
      checkMembers(value, { members: constraint.members, ...at });
      break;
  }
}

function hasType(value: unknown, type: Constraint["type"]): boolean {
  switch (type) {
    case "string":
    case "boolean":
      return typeof value === type;
    case "integer":
      return Number.isInteger(value);
    case "list":
      return Array.isArray(value);
    case "map":
    case "structure":
      return isObject(value);
  }
}

function checkElements(
  values: readonly unknown[],
  list: Constraint & { readonly type: "list" },
  at: At,
): void {
  checkRange(values.length, list, { ...at, shown: "", what: "length" });
  const { of } = list;
  if (of.type !== "string") {
    for (const [index, value] of values.entries()) {
      check(value, of, { ...at, path: `${at.path}.${index + 1}.member` });
    }
    return;
  }
  if (values.some((value) => typeof value !== "string")) at.found.hasWrongType = true;
  const rules = stringRules(of);
  if (values.some((value) => rules.some(([, isKept]) => !isKept(String(value))))) {
    const texts = rules.map(([text]) => text).join(", ");
    violate(at, "", `Member must satisfy constraint: [${texts}]`);
  }
}

type StringRule = readonly [text: string, isKept: (value: string) => boolean];

function stringRules({
  min,
  max,
  pattern,
  oneOf,
}: Constraint & { readonly type: "string" }): readonly StringRule[] {
  const rules: StringRule[] = [];
  if (max !== undefined) {
    rules.push([`Member must have length less than or equal to ${max}`, (v) => v.length <= max]);
  }
  if (min !== undefined) {
    rules.push([`Member must have length greater than or equal to ${min}`, (v) => v.length >= min]);
  }
  if (pattern !== undefined) {
    // Some of the model's patterns compile only with the flag, others only without it.
    const whole = new RegExp(`^(?:${pattern})$`, pattern.includes("\\p{") ? "u" : "");
    const text = `Member must satisfy regular expression pattern: ${pattern}`;
    rules.push([text, (v) => whole.test(v)]);
  }
  if (oneOf !== undefined) {
    const text = `Member must satisfy enum value set: [${oneOf.join(", ")}]`;
    rules.push([text, (v) => oneOf.includes(v)]);
  }
  return rules;
}

function checkRange(
  size: number,
  { min, max }: { readonly min?: number; readonly max?: number },
  { shown, what, ...at }: At & { readonly shown: string; readonly what: "value" | "length" },
): void {
  if (max !== undefined && size > max) {
    violate(at, shown, `Member must have ${what} less than or equal to ${max}`);
  }
  if (min !== undefined && size < min) {
    violate(at, shown, `Member must have ${what} greater than or equal to ${min}`);
  }
}

function violate({ path, found }: At, shown: string, constraint: string): void {
  const value = shown === "" ? "Value" : `Value ${shown}`;
  found.violations.push(`${value} at '${path}' failed to satisfy constraint: ${constraint}`);
}

function join(path: string, name: string): string {
  const camel = name.charAt(0).toLowerCase() + name.slice(1);
  return path === "" ? camel : `${path}.${camel}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
