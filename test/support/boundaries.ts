import type { Operation } from "../../src/fake/service/constraints.ts";
import type { Limits } from "./request-model.ts";

/** One limit of one member: requests on either side of it, and how AWS words that it was crossed. */
export interface Boundary {
  readonly operation: Operation;
  /** The member and its limit, such as `Comment max`. */
  readonly what: `${string} ${keyof Limits | "required"}`;
  /** Members of a request that just keeps to the limit. */
  readonly inside: object;
  /** Members of one that just does not. */
  readonly outside: object;
  /** How the sentences begin: the value, if it is shown, and the path. */
  readonly at: `Value ${string}`;
  /** The constraints that they name. */
  readonly texts: readonly string[];
}

/** What every request of an operation needs. */
export const LEAST: Readonly<Record<Operation, object>> = {
  SendCommand: { DocumentName: "AWS-RunShellScript" },
  CancelCommand: { CommandId: "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11" },
  GetCommandInvocation: {
    CommandId: "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11",
    InstanceId: "i-0123456789abcdef0",
  },
  ListCommands: {},
  ListCommandInvocations: {},
  DescribeInstanceInformation: {},
};
