import { inMessage } from "../../domain/in-message.ts";
import { nearestName } from "../../domain/nearest-name.ts";

/** The operations of Systems Manager that the fake answers, in the order in which messages list them. */
export const SSM_OPERATIONS = [
  "SendCommand",
  "CancelCommand",
  "GetCommandInvocation",
  "ListCommands",
  "ListCommandInvocations",
  "DescribeInstanceInformation",
  "GetConnectionStatus",
  "ListDocuments",
  "DescribeDocument",
  "GetDocument",
  "ListDocumentVersions",
  "CreateDocument",
  "UpdateDocument",
  "UpdateDocumentDefaultVersion",
  "DeleteDocument",
  "DescribeDocumentPermission",
  "ModifyDocumentPermission",
  "AddTagsToResource",
  "RemoveTagsFromResource",
  "ListTagsForResource",
  "GetParameter",
  "GetParameters",
] as const;

/** The operations of CloudWatch Logs that the fake answers. */
export const LOGS_OPERATIONS = [
  "CreateLogGroup",
  "DescribeLogGroups",
  "DescribeLogStreams",
  "FilterLogEvents",
  "GetLogEvents",
  "PutRetentionPolicy",
] as const;

/** The operations of S3 that the fake answers. */
export const S3_OPERATIONS = [
  "GetObject",
  "HeadBucket",
  "HeadObject",
  "ListObjects",
  "ListObjectsV2",
] as const;

/**
 * An operation of Systems Manager that the fake answers.
 *
 * @inline
 */
export type SsmOperation = (typeof SSM_OPERATIONS)[number];

/**
 * An operation of CloudWatch Logs that the fake answers.
 *
 * @inline
 */
export type LogsOperation = (typeof LOGS_OPERATIONS)[number];

/**
 * An operation of S3 that the fake answers.
 *
 * @inline
 */
export type S3Operation = (typeof S3_OPERATIONS)[number];

/**
 * An operation that the fake answers, of Systems Manager, of CloudWatch Logs or of S3. Functions that take one also take
 * `"*"`, for all operations.
 *
 * @example
 * ```ts
 * const reading: readonly OperationName[] = ["ListCommands", "GetLogEvents"];
 * for (const operation of reading) fake.faults.throttle(operation, { times: 1 });
 * fake.faults.unused(); //=> ["throttle ListCommands", "throttle GetLogEvents"]
 * ```
 */
export type OperationName = SsmOperation | LogsOperation | S3Operation;

/**
 * Refuses the name of an operation that the fake does not answer, so that a mistyped name does not make a fault or a
 * handler that never has an effect.
 *
 * @param what - Where the name was given, such as `fake.on`.
 * @param cure - A sentence about what to do instead, if there is something.
 * @throws TypeError that suggests the nearest name.
 */
export function checkOperationName(name: unknown, what: string, cure = ""): void {
  const names: readonly string[] = [...SSM_OPERATIONS, ...LOGS_OPERATIONS, ...S3_OPERATIONS];
  if (name === "*" || names.some((each) => each === name)) return;
  const written = typeof name === "function" ? name.name : name;
  const nearest = typeof written === "string" ? nearestOperation(written, names) : undefined;
  const advice =
    nearest === undefined ? `It answers ${names.join(", ")}.` : `Did you mean ${nearest}?`;
  throw new TypeError(
    `${what} was given the operation ${inMessage(written)}, which the fake does not answer. ${advice} "*" means all of them.${cure}`,
  );
}

/** The nearest name, also to that of the SDK's class, such as `SendCommandCommand`. */
function nearestOperation(written: string, names: readonly string[]): string | undefined {
  return nearestName(written, names) ?? nearestName(written.replace(/Command$/, ""), names);
}
