import { describe, expect, it } from "vitest";
import type { Constraint } from "../../../src/fake/calls/constraint.ts";
import { SSM_OPERATIONS, type SsmOperation } from "../../../src/fake/calls/operation-name.ts";
import { SSM_TABLE } from "../../../src/fake/ssm/ssm-service.ts";
import {
  BEYOND_MODEL,
  type ChangedLimits,
  type Limits,
  REQUEST_MODEL,
} from "../../support/request-model.ts";
import { rowsByPath, sdkMembers } from "../../support/sdk-members.ts";

const rowsOf = (operation: SsmOperation) => rowsByPath(SSM_TABLE[operation].members);

/** The limits of a row, the words of an enum sorted: the service lists them in an order of its own. */
function limitsOf({ min, max, pattern, oneOf }: ChangedLimits = {}): Limits {
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(oneOf === undefined ? {} : { oneOf: [...oneOf].sort() }),
  };
}

/** The limits that a table of constraints has to have, by path; members without any are left out. */
function expectedLimits(operation: SsmOperation): Record<string, Limits> {
  const beyond = BEYOND_MODEL[operation] ?? {};
  const model = REQUEST_MODEL[operation];
  const paths = [...new Set([...Object.keys(model), ...Object.keys(beyond)])];
  const entries = paths.map(
    (path) => [path, limitsOf({ ...model[path], ...beyond[path] })] as const,
  );
  return Object.fromEntries(entries.filter(([, limits]) => Object.keys(limits).length > 0));
}

/** The limits among the members of a row; no number of these operations has to be one of a list. */
function limitsIn(row: Constraint): Limits {
  switch (row.type) {
    case "string":
      return row;
    case "integer":
    case "long":
      return limitsOf({ min: row.min, max: row.max });
    case "list":
      return limitsOf({ min: row.min, max: row.max });
    default:
      return {};
  }
}

/** The limits that a table of constraints has, by path. */
function tableLimits(operation: SsmOperation): Record<string, Limits> {
  const entries = Object.entries(rowsOf(operation)).map(
    ([path, row]) => [path, limitsOf(limitsIn(row))] as const,
  );
  return Object.fromEntries(entries.filter(([, limits]) => Object.keys(limits).length > 0));
}

describe.each(SSM_OPERATIONS)("the constraints of %s", (operation) => {
  it("have a row for every member that the SDK knows", () => {
    const rows = rowsOf(operation);
    const missing = Object.keys(sdkMembers(operation)).filter((path) => !(path in rows));
    expect(missing).toEqual([]);
  });

  it("have no row for a member that the SDK does not know", () => {
    const members = sdkMembers(operation);
    expect(Object.keys(rowsOf(operation)).filter((path) => !(path in members))).toEqual([]);
  });

  it("have the SDK's types, and demand what it calls required", () => {
    const kinds = Object.entries(rowsOf(operation)).map(([path, { type, required = false }]) => [
      path,
      { type, isRequired: required },
    ]);
    expect(Object.fromEntries(kinds)).toEqual(sdkMembers(operation));
  });

  it("have the limits of AWS's model, but for the exceptions that are named", () => {
    expect(tableLimits(operation)).toEqual(expectedLimits(operation));
  });
});

describe("the model's facts", () => {
  it.each(SSM_OPERATIONS)("name members of %s that the SDK knows", (operation) => {
    const members = sdkMembers(operation);
    expect(Object.keys(REQUEST_MODEL[operation]).filter((path) => !(path in members))).toEqual([]);
  });

  it("hold for more than fifty members", () => {
    const paths = SSM_OPERATIONS.flatMap((operation) => Object.keys(sdkMembers(operation)));
    expect(paths.length).toBeGreaterThan(50);
  });

  it.each(exceptions())("are departed from by %s at %s", (operation, path) => {
    const model = REQUEST_MODEL[operation][path];
    const changed = { ...model, ...BEYOND_MODEL[operation]?.[path] };
    expect(limitsOf(changed)).not.toEqual(limitsOf(model ?? {}));
  });
});

function exceptions(): (readonly [SsmOperation, path: string])[] {
  return SSM_OPERATIONS.flatMap((operation) =>
    Object.keys(BEYOND_MODEL[operation] ?? {}).map((path) => [operation, path] as const),
  );
}
