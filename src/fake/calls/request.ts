import { ok, type Result, refuse } from "../result.ts";
import type {
  Constraint,
  ListConstraint,
  Members,
  NumberConstraint,
  StringConstraint,
} from "./constraint.ts";
import { javaText } from "./java-text.ts";

/** How a service words what is wrong with a request; the sentence itself is the same for all services. */
export interface Dialect {
  /** The name of the error for values that break a constraint. */
  readonly invalid: string;
  /** A member's name as paths show it. */
  readonly named: (member: string) => string;
  /** The message about a value that does not have the JSON type of its constraint; undefined if there is no message. */
  readonly ofWrongType: (value: unknown, constraint: Constraint) => string | undefined;
}

/** The most violations that are looked for (our decision: a request of a megabyte could have a hundred thousand). */
const MOST_VIOLATIONS = 20;

/**
 * Reads JSON as the request that a table describes. Members that the table does not name are ignored, and `null` counts as
 * absent, as for the service.
 *
 * - A wrong JSON type is a SerializationException. It comes first, since the request cannot be read then.
 * - Everything else is one error that counts and lists the violations, in the order of the table. The elements of a list of
 *   strings are reported at the list, with every constraint that an element has [report-list-elements].
 * - Of a list that is too long the elements are not looked at, and after twenty violations nothing is (our decision), so
 *   that no request costs much.
 */
export function readRequest(
  input: unknown,
  members: Members,
  dialect: Dialect,
): Result<Readonly<Record<string, unknown>>> {
  const found: Findings = { violations: [], wrongType: undefined };
  if (!isRecord(input)) {
    const why = `The request is ${kindOf(input)}, and has to be an object.`;
    return refuse("SerializationException", undefined, why);
  }
  checkMembers(input, members, { path: "", written: "", isHidden: false, dialect, found });
  const { violations, wrongType } = found;
  if (wrongType !== undefined) {
    return refuse("SerializationException", wrongType.text, wrongType.why);
  }
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
  /** What the service says about the first value of a wrong type, and what we say. */
  wrongType: { readonly text: string | undefined; readonly why: string } | undefined;
}

/** Where a value of a request is, and what a finding needs. */
interface Place {
  readonly path: string;
  /** The same as the caller has written it. */
  readonly written: string;
  /** Whether the value is left out of what is said about it. */
  readonly isHidden: boolean;
  readonly dialect: Dialect;
  readonly found: Findings;
}

function checkMembers(input: object, members: Members, at: Place): void {
  for (const [name, constraint] of Object.entries(members)) {
    const member = at.dialect.named(name);
    const place = { ...at, path: below(at.path, member), written: below(at.written, name) };
    if (at.found.violations.length >= MOST_VIOLATIONS) return;
    if (isGiven(input, name)) check(Reflect.get(input, name), constraint, place);
    else if (constraint.required)
      violate("Member must not be null", { value: null, constraint }, place);
  }
}

function check(value: unknown, constraint: Constraint, outer: Place): void {
  const at = constraint.hidden === true ? { ...outer, isHidden: true } : outer;
  if (!hasType(value, constraint)) {
    mistype(value, constraint, at);
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
        const written = below(at.written, key);
        check(element, constraint.of, { ...at, path: `${at.path}.${key}`, written });
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
  const { of, max } = list;
  if (max !== undefined && values.length > max) return;
  if (of.type !== "string") {
    for (const [index, value] of values.entries()) {
      if (at.found.violations.length >= MOST_VIOLATIONS) return;
      check(value, of, elementAt(index, at));
    }
    return;
  }
  const stranger = values.findIndex((value) => typeof value !== "string");
  if (stranger >= 0) {
    mistype(values[stranger], of, elementAt(stranger, at));
    return;
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
    const whole = wholePattern(pattern);
    rules.push([
      `Member must satisfy regular expression pattern: ${pattern}`,
      (v) => whole.test(v),
    ]);
  }
  if (oneOf !== undefined) rules.push([enumRule(oneOf), (v) => oneOf.includes(v)]);
  return rules;
}

/**
 * Some patterns of [api-ssm-model] and [logs-service-model] compile only with the flag u, others only without it; one begins
 * with the flag i, in a form that JavaScript does not have.
 */
function wholePattern(pattern: string): RegExp {
  const [, isCaseless, body] = /^(\(\?i\))?(.*)$/s.exec(pattern) ?? [];
  const flags = pattern.includes("\\p{") ? "u" : "";
  return new RegExp(`^(?:${body})$`, isCaseless === undefined ? flags : `${flags}i`);
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
  { path, isHidden, dialect, found }: Place,
): void {
  const isLeftOut = isHidden || constraint.hidden === true;
  const subject = isLeftOut ? "Value" : `Value ${javaText(value, constraint, dialect.named)}`;
  found.violations.push(`${subject} at '${path}' failed to satisfy constraint: ${rule}`);
}

/** Says what is of the wrong type, and never its value, which may be a secret. */
function below(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function elementAt(index: number, at: Place): Place {
  return { ...at, path: `${at.path}.${index + 1}.member`, written: `${at.written}[${index}]` };
}

function mistype(value: unknown, constraint: Constraint, { written, dialect, found }: Place): void {
  const wanted = constraint.type === "structure" ? "object" : constraint.type;
  const article = /^[aeiou]/.test(wanted) ? "an" : "a";
  found.wrongType ??= {
    text: dialect.ofWrongType(value, constraint),
    why: `${written.slice(0, 200)} is ${kindOf(value)}, and has to be ${article} ${wanted}.${cureOf(value, constraint)}`,
  };
}

/** What to write instead, where that can be said without the value, which may be secret. */
function cureOf(value: unknown, { type }: Constraint): string {
  if (type === "list" && value !== null) return " Put it into a list.";
  if (type === "string" && /^(?:number|boolean)$/.test(typeof value) && !Number.isNaN(value)) {
    return " Put it in quotation marks.";
  }
  if (type === "boolean") return " Write true or false.";
  const isNumber = type === "integer" || type === "long";
  return isNumber && typeof value === "string" ? " Write it without quotation marks." : "";
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  // So is a function or a symbol of the object API.
  if (Number.isNaN(value)) return "no JSON";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function isGiven(input: object, name: string): boolean {
  return Object.hasOwn(input, name) && (Reflect.get(input, name) ?? undefined) !== undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
