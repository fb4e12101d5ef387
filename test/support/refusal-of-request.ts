import type { Members } from "../../src/fake/calls/constraint.ts";
import { readRequest } from "../../src/fake/calls/request.ts";
import type { Refusal } from "../../src/fake/result.ts";
import { SSM_DIALECT } from "../../src/fake/ssm/ssm-operation.ts";

/** Why Systems Manager would refuse a request for its shape, or undefined. */
export function refusalOfRequest(input: unknown, members: Members): Refusal | undefined {
  const read = readRequest(input, members, SSM_DIALECT);
  return read.ok ? undefined : read.refusal;
}
