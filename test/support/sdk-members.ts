import * as ssm from "@aws-sdk/client-ssm";
import type { Constraint, Members } from "../../src/fake/calls/constraint.ts";
import type { SsmOperation } from "../../src/fake/calls/operation-name.ts";

/** What a request's members are, by path: `Targets[].Key` is a member of each target, `Parameters{}` each value of a map. */
export type MembersByPath<T> = Readonly<Record<string, T>>;

/** What the SDK knows of a member. */
export interface MemberKind {
  readonly type: Constraint["type"];
  readonly isRequired: boolean;
}

/** The members of an operation's request, as the SDK's own schema names them. */
export function sdkMembers(operation: SsmOperation): MembersByPath<MemberKind> {
  // The SDK exports the schema of every shape under the shape's name and a dollar sign.
  const schema: unknown = Reflect.get(ssm, `${operation}Request$`);
  return Object.fromEntries(schemaMembers(schema, ""));
}

/** The rows of a table of constraints, by path. */
export function rowsByPath(members: Members, path = ""): MembersByPath<Members[string]> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, row]) => rowsAt(`${path}${name}`, row)),
  );
}

type Entry<T> = readonly [path: string, member: T];

function rowsAt(path: string, row: Members[string]): readonly Entry<Members[string]>[] {
  const below =
    row.type === "structure"
      ? Object.entries(rowsByPath(row.members, `${path}.`))
      : row.type === "list"
        ? rowsAt(`${path}[]`, row.of)
        : row.type === "map"
          ? rowsAt(`${path}{}`, row.of)
          : [];
  return [[path, row], ...below];
}

const STRUCTURE = 3;
const SIMPLE = ["string", "integer", "boolean"] as const;
const LIST_BIT = 64;

/**
 * A structure is `[3, namespace, name, traits, names, schemas, how many are required]`, a list `[1, …, of]`, a map
 * `[2, …, key, value]`. A simple schema is a number, and a number with a high bit a list of simple ones; a function stands for
 * what is defined later, a pair for a member with traits of its own. Source: `@smithy/types`, static schemas.
 */
function schemaMembers(schema: unknown, path: string): readonly Entry<MemberKind>[] {
  if (!Array.isArray(schema) || schema[0] !== STRUCTURE) {
    throw new Error(`The SDK has no schema of a structure for ${path || "the request"}.`);
  }
  const [names, schemas, required = 0]: [string[], unknown[], number?] = [
    schema[4],
    schema[5],
    schema[6],
  ];
  return names.flatMap((name, index) =>
    membersAt(`${path}${name}`, schemas[index], { isRequired: index < required }),
  );
}

function membersAt(
  path: string,
  schema: unknown,
  { isRequired = false }: { readonly isRequired?: boolean } = {},
): readonly Entry<MemberKind>[] {
  if (typeof schema === "function") return membersAt(path, schema(), { isRequired });
  if (Array.isArray(schema) && schema.length === 2) {
    return membersAt(path, schema[0], { isRequired });
  }
  if (typeof schema === "number") {
    const type = SIMPLE[schema & ~LIST_BIT] ?? "string";
    if ((schema & LIST_BIT) === 0) return [[path, { type, isRequired }]];
    return [
      [path, { type: "list", isRequired }],
      [`${path}[]`, { type, isRequired: false }],
    ];
  }
  if (!Array.isArray(schema)) throw new Error(`The SDK's schema of ${path} is of no known form.`);
  switch (schema[0]) {
    case 1:
      return [[path, { type: "list", isRequired }], ...membersAt(`${path}[]`, schema[4])];
    case 2:
      return [[path, { type: "map", isRequired }], ...membersAt(`${path}{}`, schema[5])];
    default:
      return [[path, { type: "structure", isRequired }], ...schemaMembers(schema, `${path}.`)];
  }
}
