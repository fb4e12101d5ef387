import { type Answer, answered, refused } from "../result.ts";

/** What a member of a request has to be. Bounds are of the length of a string or list, and of the value of a number. */
export interface Member {
  readonly type: keyof MemberTypes;
  readonly least?: number;
  readonly most?: number;
  /** Printed as it is in AWS's model. Strings only. */
  readonly pattern?: RegExp;
  /** Strings and numbers only. */
  readonly oneOf?: readonly (string | number)[];
  readonly required?: true;
}

/** The members of a request that an operation reads, by name. */
export type Members = Readonly<Record<string, Member>>;

interface MemberTypes {
  string: string;
  integer: number;
  long: number;
  boolean: boolean;
  strings: readonly string[];
}

/** The request that a table of members describes. */
export type RequestOf<M extends Members> = {
  readonly [K in keyof M as M[K] extends { required: true } ? K : never]: MemberTypes[M[K]["type"]];
} & {
  readonly [K in keyof M as M[K] extends { required: true }
    ? never
    : K]?: MemberTypes[M[K]["type"]];
};

/**
 * Reads JSON as the request that a table describes. Members that the table does not name are passed over, and `null`
 * counts as absent, as for the service.
 *
 * - A member of the wrong type is refused with `SerializationException`; its texts were seen on other services of AWS's
 *   that speak the same protocol.
 * - A value that breaks a constraint is refused with `InvalidParameterException` and AWS's sentence about validation errors,
 *   as recorded of CloudWatch Logs in 2018; all that is broken is named, in the order of the table (our decision).
 */
export function readRequest<const M extends Members>(
  input: unknown,
  members: M,
): Answer<RequestOf<M>> {
  if (!isRecord(input)) return refused("SerializationException");
  const read: Record<string, unknown> = {};
  const broken: string[] = [];
  for (const [name, member] of Object.entries(members)) {
    const value = input[name] ?? undefined;
    if (value === undefined) {
      if (member.required) broken.push(violation("null", name, "Member must not be null"));
      continue;
    }
    const wrongType = wrongTypeOf(value, member.type);
    if (wrongType !== undefined) return refused("SerializationException", wrongType);
    const rules = [...brokenRules(value, member)];
    broken.push(...rules.map((rule) => violation(`'${render(value)}'`, name, rule)));
    read[name] = value;
  }
  if (broken.length > 0) {
    const errors = broken.length === 1 ? "error" : "errors";
    return refused(
      "InvalidParameterException",
      `${broken.length} validation ${errors} detected: ${broken.join("; ")}`,
    );
  }
  // The loop has checked every member against the row from which RequestOf takes its type, and that none is missing.
  return answered(read as RequestOf<M>);
}

function wrongTypeOf(value: unknown, type: Member["type"]): string | undefined {
  if (type === "strings") {
    if (!Array.isArray(value)) return "Expected list or null";
    return value.map((item) => wrongTypeOf(item, "string")).find((text) => text !== undefined);
  }
  if (Array.isArray(value)) return "Start of list found where not expected";
  if (isRecord(value)) return "Start of structure or map found where not expected.";
  const isNumber = type === "integer" || type === "long";
  if (isNumber ? Number.isInteger(value) : typeof value === type) return undefined;
  const kind = typeof value === "boolean" ? String(value) : typeof value;
  const wanted = `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  return `${kind.toUpperCase()}_VALUE can not be converted to ${/^[AEIOU]/.test(wanted) ? "an" : "a"} ${wanted}`;
}

function* brokenRules(value: unknown, { least, most, pattern, oneOf }: Member): Generator<string> {
  const size = sizeOf(value);
  const measure = typeof value === "number" ? "value" : "length";
  if (least !== undefined && size < least) {
    yield `Member must have ${measure} greater than or equal to ${least}`;
  }
  if (most !== undefined && size > most) {
    yield `Member must have ${measure} less than or equal to ${most}`;
  }
  if (typeof value !== "string" && typeof value !== "number") return;
  if (pattern !== undefined && !new RegExp(`^(?:${pattern.source})$`, "s").test(String(value))) {
    yield `Member must satisfy regular expression pattern: ${pattern.source}`;
  }
  if (oneOf !== undefined && !oneOf.includes(value)) {
    yield `Member must satisfy enum value set: [${oneOf.join(", ")}]`;
  }
}

function violation(value: string, name: string, rule: string): string {
  return `Value ${value} at '${name}' failed to satisfy constraint: ${rule}`;
}

function sizeOf(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" || Array.isArray(value) ? value.length : 0;
}

function render(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
