import type { Constraint } from "./constraint.ts";

/** The most characters of a value that a refusal shows (our decision: a message must not be as long as the request). */
const MOST_CHARACTERS = 10_000;

/**
 * A value of a request as Java prints it, with quotes: `'text'`, `'[a, b]'`, `'[Alarm(name=X)]'`, `'{key=value}'`; `null`
 * has no quotes [rec-2026-10-01-alarm-requests].
 *
 * @param named - A member's name as it is printed.
 */
export function javaText(
  value: unknown,
  constraint: Constraint,
  named: (member: string) => string,
): string {
  if (value === null || value === undefined) return "null";
  const text = printed(value, constraint, named);
  return text.length > MOST_CHARACTERS ? `'${text.slice(0, MOST_CHARACTERS)}…'` : `'${text}'`;
}

function printed(
  value: unknown,
  constraint: Constraint | undefined,
  named: (member: string) => string,
): string {
  if (Array.isArray(value)) {
    const of = constraint?.type === "list" ? constraint.of : undefined;
    // Each item takes a character at least, and those beyond the limit are cut anyway.
    const items = value.slice(0, MOST_CHARACTERS).map((item) => printed(item, of, named));
    return `[${items.join(", ")}]`;
  }
  // Any object may come in the place of any value; one that is not described has no more to print than that.
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value);
  if (constraint?.type === "structure") {
    const members = entries
      .filter(([name]) => Object.hasOwn(constraint.members, name))
      .map(([name, held]) => `${named(name)}=${printed(held, constraint.members[name], named)}`);
    return `${constraint.name ?? ""}(${members.join(", ")})`;
  }
  const of = constraint?.type === "map" ? constraint.of : undefined;
  return `{${entries.map(([name, held]) => `${name}=${printed(held, of, named)}`).join(", ")}}`;
}
