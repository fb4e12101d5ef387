import { ok, type Result, refuse } from "../result.ts";
import type {
  Constraint,
  ListConstraint,
  Members,
  NumberConstraint,
  StringConstraint,
} from "./constraint.ts";

/** How a service words what is wrong with a request; the sentence itself is the same for all services. */
export interface Dialect {
  /** The name of the error for values that break a constraint. */
  readonly invalid: string;
  /** A member's name as paths show it. */
  readonly named: (member: string) => string;
  /** A value as a sentence shows it, with its quotes; the empty string if values of its kind are not shown. */
  readonly shown: (value: unknown, constraint: Constraint) => string;
  /** The message about a value that does not have the JSON type of its constraint; undefined if there is no message. */
  readonly ofWrongType: (value: unknown, constraint: Constraint) => string | undefined;
}

/**
 * Reads JSON as the request that a table describes. Members that the table does not name are ignored, and `null` counts as
 * absent, as for the service.
 *
 * - A wrong JSON type is a SerializationException. It comes first, since the request cannot be read then.
 * - Everything else is one error that counts and lists all violations, in the order of the table. The elements of a list of
 *   strings are reported at the list, with every constraint that an element has [report-list-elements].
 */
export function readRequest(
  input: unknown,
  members: Members,
  dialect: Dialect,
): Result<Readonly<Record<string, unknown>>> {
  const found: Findings = { violations: [], wrongType: undefined };
  if (!isRecord(input)) return refuse("SerializationException");
  checkMembers(input, members, { path: "", dialect, found });
  const { violations, wrongType } = found;
  if (wrongType !== undefined) return refuse("SerializationException", wrongType.text);
  const count = violations.length;
  if (count > 0) {
    const heading = `${count} validation error${count === 1 ? "" : "s"} detected`;
    return refuse(dialect.invalid, `${heading}: ${violations.join("; ")}`);
  }
  return ok(
    Object.fromEntries(
      Object.keys(members)
        .filter((name) => isGiven(input, name))
        .map((name) => [name, input[name]]),
    ),
  );
}

interface Findings {
  readonly violations: string[];
  /** The message about the first value of a wrong type. */
  wrongType: { readonly text: string | undefined } | undefined;
}

/** Where a value of a request is, and what a finding needs. */
interface Place {
  readonly path: string;
  readonly dialect: Dialect;
  readonly found: Findings;
}

function checkMembers(input: object, members: Members, at: Place): void {
  for (const [name, constraint] of Object.entries(members)) {
    const member = at.dialect.named(name);
    const place = { ...at, path: at.path === "" ? member : `${at.path}.${member}` };
    if (isGiven(input, name)) check(Reflect.get(input, name), constraint, place);
    else if (constraint.required)
      violate("Member must not be null", { value: null, constraint }, place);
  }
}

function check(value: unknown, constraint: Constraint, at: Place): void {
  if (!hasType(value, constraint)) {
    at.found.wrongType ??= { text: at.dialect.ofWrongType(value, constraint) };
    return;
  }
  switch (constraint.type) {
    case "string":
      for (const [text, isKept] of stringRules(constraint)) {
        if (!isKept(String(value))) violate(text, { value, constraint }, at);
      }
      break;
    case "integer":
    case "long":
      checkNumber(Number(value), constraint, at);
      break;
    case "boolean":
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
      if (isRecord(value)) checkMembers(value, constraint.members, at);
      break;
  }
}

function hasType(value: unknown, { type }: Constraint): boolean {
  switch (type) {
    case "string":
    case "boolean":
      return typeof value === type;
    case "integer":
    case "long":
      return Number.isInteger(value);
    case "list":
      return Array.isArray(value);
    case "map":
    case "structure":
      return isRecord(value);
  }
}

function checkNumber(value: number, constraint: NumberConstraint, at: Place): void {
  const broken = [...brokenBounds(value, constraint, "value")];
  const { oneOf } = constraint;
  if (oneOf !== undefined && !oneOf.includes(value)) broken.push(enumRule(oneOf));
  for (const text of broken) violate(text, { value, constraint }, at);
}

function checkElements(values: readonly unknown[], list: ListConstraint, at: Place): void {
  for (const text of brokenBounds(values.length, list, "length"))
    violate(text, { value: values, constraint: list }, at);
  const { of } = list;
  if (of.type !== "string") {
    for (const [index, value] of values.entries()) {
      check(value, of, { ...at, path: `${at.path}.${index + 1}.member` });
    }
    return;
  }
  const stranger = values.findIndex((value) => typeof value !== "string");
  if (stranger >= 0) {
    at.found.wrongType ??= { text: at.dialect.ofWrongType(values[stranger], of) };
  }
  const rules = stringRules(of);
  if (values.some((value) => rules.some(([, isKept]) => !isKept(String(value))))) {
    const sentences = rules.map(([text]) => text).join(", ");
    violate(
      `Member must satisfy constraint: [${sentences}]`,
      { value: values, constraint: list },
      at,
    );
  }
}

type StringRule = readonly [text: string, isKept: (value: string) => boolean];

function stringRules({ min, max, pattern, oneOf }: StringConstraint): readonly StringRule[] {
  const rules: StringRule[] = [];
  if (max !== undefined) rules.push([mostRule(max, "length"), (v) => v.length <= max]);
  if (min !== undefined) rules.push([leastRule(min, "length"), (v) => v.length >= min]);
  if (pattern !== undefined) {
    // Some patterns of [api-ssm-model] and [logs-service-model] compile only with the flag u, others only without it.
    const whole = new RegExp(`^(?:${pattern})$`, pattern.includes("\\p{") ? "u" : "");
    rules.push([
      `Member must satisfy regular expression pattern: ${pattern}`,
      (v) => whole.test(v),
    ]);
  }
  if (oneOf !== undefined) rules.push([enumRule(oneOf), (v) => oneOf.includes(v)]);
  return rules;
}

function* brokenBounds(
  size: number,
  { min, max }: { readonly min?: number; readonly max?: number },
  what: "value" | "length",
): Generator<string> {
  if (max !== undefined && size > max) yield mostRule(max, what);
  if (min !== undefined && size < min) yield leastRule(min, what);
}

function mostRule(most: number, what: "value" | "length"): string {
  return `Member must have ${what} less than or equal to ${most}`;
}

function leastRule(least: number, what: "value" | "length"): string {
  return `Member must have ${what} greater than or equal to ${least}`;
}

function enumRule(words: readonly unknown[]): string {
  return `Member must satisfy enum value set: [${words.join(", ")}]`;
}

function violate(
  rule: string,
  { value, constraint }: { readonly value: unknown; readonly constraint: Constraint },
  { path, dialect, found }: Place,
): void {
  const shown = dialect.shown(value, constraint);
  const subject = shown === "" ? "Value" : `Value ${shown}`;
  found.violations.push(`${subject} at '${path}' failed to satisfy constraint: ${rule}`);
}

function isGiven(input: object, name: string): boolean {
  return Object.hasOwn(input, name) && (Reflect.get(input, name) ?? undefined) !== undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
