import { describe, expect, it } from "vitest";
import { SSM_OPERATIONS, type SsmOperation } from "../../../src/fake/calls/operation-name.ts";
import { SSM_TABLE } from "../../../src/fake/ssm/ssm-service.ts";
import { BOUNDARIES, LEAST } from "../../support/boundaries.ts";
import { subjectOf } from "../../support/boundary.ts";
import { refusalOfRequest } from "../../support/refusal-of-request.ts";
import { rowsByPath } from "../../support/sdk-members.ts";

/** Every limit that a boundary is written down for, with requests on either side of it. */
const crossingsOf = (operation: SsmOperation) =>
  Object.entries(BOUNDARIES[operation]).flatMap(([path, { at, put, limits }]) =>
    Object.entries(limits).map(([limit, [inside, outside, ...texts]]) => {
      const request = { ...LEAST[operation], ...put(outside) };
      const subject = cut(subjectOf(at, request));
      const sentences = texts.map(
        (text) => `${subject} at '${at}' failed to satisfy constraint: ${text}`,
      );
      const count = `${texts.length} validation error${texts.length === 1 ? "" : "s"} detected`;
      return {
        what: `${path} ${limit}`,
        inside: { ...LEAST[operation], ...put(inside) },
        outside: request,
        refusal: { name: "ValidationException", message: `${count}: ${sentences.join("; ")}` },
      };
    }),
  );

/** At most ten thousand characters of a value are shown. */
const cut = (subject: string) =>
  subject.length > 10_008 ? `${subject.slice(0, 10_007)}…'` : subject;

/** Every limit of the table of constraints that a request can cross: no list has fewer than 0 elements. */
const limitsOf = (operation: SsmOperation) =>
  Object.entries(rowsByPath(SSM_TABLE[operation].members)).flatMap(([path, row]) =>
    Object.entries(row)
      .filter(([name, value]) => /^(?:min|max|pattern|oneOf|required)$/.test(name) && value !== 0)
      .map(([name]) => `${path} ${name}`),
  );

describe.each(SSM_OPERATIONS)("the limits of %s", (operation) => {
  it("each have a boundary that is tried", () => {
    expect(
      crossingsOf(operation)
        .map(({ what }) => what)
        .sort(),
    ).toEqual([...limitsOf(operation)].sort());
  });

  it.each(crossingsOf(operation))("take what is just within $what", ({ inside }) => {
    expect(refusalOfRequest(inside, SSM_TABLE[operation].members)).toBeUndefined();
  });

  it.each(crossingsOf(operation))("refuse what is just beyond $what", ({ outside, refusal }) => {
    expect(refusalOfRequest(outside, SSM_TABLE[operation].members)).toEqual(refusal);
  });
});
