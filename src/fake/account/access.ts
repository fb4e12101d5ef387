import { documentArn, nodeArn } from "../../domain/arns.ts";
import { inMessage } from "../../domain/in-message.ts";
import { arnOf, partitionOf } from "../../domain/partition.ts";
import type { Refusal } from "../result.ts";
import type { Account } from "./account.ts";

import type { Tags } from "./tags.ts";

/**
 * A call as a function of `access` sees it.
 *
 * @inline
 */
export type AccessCall = {
  /** Which operation, such as `"SendCommand"`. */
  readonly operation: string;
  /** The name or the ARN of the document that it names, if it names one. */
  readonly document?: string;
  /** The bucket that it reads, if it is a call of S3. */
  readonly bucket?: string;
  /** The id of the node that it goes to, if it goes to one. */
  readonly node?: string;
  /** The tags of that node, or of that document if there is no node, by name. */
  readonly tags?: Tags;
};

/**
 * Whether the caller may do something: `"allowed"`, `"denied"`, or a function that says so for each call.
 *
 * SendCommand asks for the document first, without a node, and then for each node, with the document. A call that is denied
 * is refused with `AccessDeniedException`; a node that targets choose gets an invocation that ends as AccessDenied, and is
 * asked about when the targets become known, after the answer to SendCommand. Operations on one document name it,
 * those on one node (GetCommandInvocation, GetConnectionStatus, lists with an `InstanceId`) name that, and those of S3 their
 * bucket; others, also those of CloudWatch Logs, have none of them.
 * An error that the function throws is what the call is rejected with.
 *
 * @example
 * ```ts
 * const access: Access = ({ tags }) => (tags?.["Env"] === "prod" ? "denied" : "allowed");
 * const fake = new FakeSsm({ nodes: [{ tags: { Role: "web", Env: "prod" } }], access });
 * (await deploy(fake)).invocations[0]?.kind; //=> "accessDenied"
 * ```
 */
export type Access = "allowed" | "denied" | ((call: AccessCall) => "allowed" | "denied");

/** What access may be in one word. */
export const ACCESS_WORDS = ["allowed", "denied"] as const;

/** Refuses what is no {@link Access}: JavaScript callers, and fleets read from files, may write anything. */
export function checkAccess(access: unknown, what: string): void {
  if (typeof access === "function" || access === "allowed" || access === "denied") return;
  throw new TypeError(
    `${what} is ${inMessage(access)}. Use "allowed", "denied", or a function that returns one of them.`,
  );
}

/** Whether a call is denied. */
export function isDenied(access: Access, call: AccessCall): boolean {
  const said = typeof access === "function" ? access(call) : access;
  if (said === "allowed" || said === "denied") return said === "denied";
  // A function in JavaScript may return anything; a promise would count as true.
  throw new TypeError(
    `access returned ${inMessage(said)} for ${call.operation}. Return "allowed" or "denied", and no promise.`,
  );
}

/** Why a call is refused that the fake's own access denies. */
export const WHY_DENIED = `The fake's access is "denied" for this call.`;

/** Whether a command may not be sent to a node: the access of the fake is asked first, then that of the node. */
export function isSendDenied(
  account: Pick<Account, "access">,
  {
    document,
    instanceId: node,
    tags,
    access,
  }: {
    readonly document: string;
    readonly instanceId: string;
    readonly tags: Tags;
    readonly access: Access;
  },
): boolean {
  const call = { operation: "SendCommand", document, node, tags };
  return isDenied(account.access, call) || isDenied(access, call);
}

/** The user that refusals name as the caller. */
export function callerArn({ region, accountId }: Pick<Account, "region" | "accountId">): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:user/fake`;
}

/** What an AccessDeniedException names. */
export interface Denied {
  /** The action of a policy, such as `ssm:SendCommand`. */
  readonly action: string;
  /** The ARN of the resource. */
  readonly resource: string;
  readonly why?: string;
}

/**
 * The refusal of a call that the caller may not make, in AWS's words: of a node [rec-2026-09-27-managed-execution], of a
 * document [report-denied-document].
 */
export function accessDenied(
  home: Pick<Account, "region" | "accountId">,
  { action, resource, why }: Denied,
): Refusal {
  return {
    name: "AccessDeniedException",
    message: `User: ${callerArn(home)} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    ...(why === undefined ? {} : { why }),
  };
}

/** The ARN of what a call is about: its node, its document, or all that the account has of Systems Manager. */
export function resourceOf(
  { node, document }: Omit<AccessCall, "operation">,
  home: Pick<Account, "region" | "accountId">,
): string {
  if (node !== undefined) return nodeArn(node, home);
  if (document !== undefined) return documentArn(document, home);
  const { region, accountId } = home;
  return arnOf("ssm", { region, accountId, resource: "*" });
}
