import { OPTION_LINES } from "../../src/cli/help.ts";
import { COMMAND_DETAILS, type CommandDetail } from "../../src/domain/command-details.ts";
import { INVOCATION_DETAILS, type InvocationDetail } from "../../src/domain/status.ts";
import {
  LOGS_OPERATIONS,
  S3_OPERATIONS,
  SSM_OPERATIONS,
  type SsmOperation,
} from "../../src/fake/calls/operation-name.ts";
import { BUCKETS } from "../../src/fake/engine/rollout.ts";
import { SSM_TABLE } from "../../src/fake/ssm/ssm-service.ts";
import { parseAgentCases } from "../fidelity/agent/case-file.ts";
import { NOT_YET } from "../fidelity/agent/not-yet.ts";
import { KNOWN_DIFFERENCES } from "../fidelity/known-differences.ts";
import { readCases, readEach } from "../fidelity/report.ts";
import { scenarioFiles } from "../fidelity/service/files.ts";
import { NOT_YET as NOT_YET_AS_RECORDED } from "../fidelity/service/not-yet.ts";
import { parseScenarios } from "../fidelity/service/scenario-file.ts";
import { code, markdownTable } from "./markdown-table.ts";

/** When the fake shows each detail of an invocation. */
const INVOCATION_WAYS: Readonly<Record<InvocationDetail, string>> = {
  Pending: "sent, and not yet its turn (`MaxConcurrency`)",
  InProgress: "handed to its agent",
  Delayed: '`agent: "unreachable"`, `goOffline()`, `state: "stopped"` after the send',
  Cancelling: "never shown, unless `settings: { showCancelling: true }`",
  Success: "`succeeds()`, the default; exit code 0",
  Failed: "`fails()`, `killed()`; any other exit code",
  ExecutionTimedOut: "`hangs()`, or longer than the document's time-out",
  DeliveryTimedOut: 'no reply until `ExpiresAfter`: `Delayed`, or `{ type: "neverReplies" }`',
  Cancelled: "CancelCommand; never sent, or its process was killed",
  Undeliverable: '`agent: "undeliverable"`, `node.failDelivery()`, `node.remove()`',
  Terminated: "not sent any more: more errors than `MaxErrors`, or an alarm",
  InvalidPlatform: "`platform` is not one of the document's",
  AccessDenied: '`access: "denied"`, or a function that says so',
};

/** The same for a command, whose status comes from its invocations. */
const COMMAND_WAYS: Readonly<Record<CommandDetail, string>> = {
  Pending: "nothing was sent yet",
  InProgress: "something was sent, and something is open",
  Cancelling: "never shown, unless `settings: { showCancelling: true }`",
  Success: "every invocation is `Success`",
  NoInstancesInTag: "its targets fit no node",
  Incomplete: "some succeeded, some did not, and no limit was exceeded",
  Failed: "more errors than `MaxErrors` (0 by default), or nothing succeeded",
  DeliveryTimedOut: "more delivery time-outs than `MaxErrors`",
  Cancelled: "cancelled while some of it was open",
  LimitExceeded: "more pending invocations than `settings.pendingInvocationQuota`",
  AccessDenied: "a resource group that may not be listed",
  FailedDueToAlarm: '`fake.alarms.set(name, "ALARM")`',
  FailedDueToUnknownAlarmState: '`fake.alarms.set(name, "UNKNOWN")`',
};

/** Members that are checked, and shown where AWS shows them, but have no other effect. */
const WITHOUT_EFFECT: Partial<Readonly<Record<SsmOperation, readonly string[]>>> = {
  SendCommand: ["Comment", "OutputS3Region", "ServiceRoleArn"],
  CreateDocument: ["Attachments", "Requires"],
  UpdateDocument: ["Attachments"],
  ModifyDocumentPermission: ["SharedDocumentVersion"],
};

/** The tables that README.md has between its marks, by their names. */
export function readmeTables(): Readonly<Record<string, string>> {
  return {
    "statuses of an invocation": markdownTable(
      ["`StatusDetails`", "`Status`", "Ended?", "Spends `MaxErrors`?", "The fake gets there by"],
      Object.entries(INVOCATION_DETAILS).map(([detail, { status, terminal }]) => [
        code(detail),
        code(status),
        terminal ? "yes" : "no",
        BUCKETS[detail as InvocationDetail] === "failed" ? "yes" : "no",
        INVOCATION_WAYS[detail as InvocationDetail],
      ]),
    ),
    "statuses of a command": markdownTable(
      ["`StatusDetails`", "`Status`", "Ended?", "When"],
      Object.entries(COMMAND_DETAILS).map(([detail, { status, terminal }]) => [
        code(detail),
        code(status),
        terminal ? "yes" : "no",
        COMMAND_WAYS[detail as CommandDetail],
      ]),
    ),
    operations: markdownTable(
      ["Operation", "Members of its request", "Of these checked and shown, but without effect"],
      [...SSM_OPERATIONS.map(operationRow), ...otherRows()],
    ),
    "known differences": knownDifferences(),
    "options of serve": markdownTable(
      ["Option", "What it does"],
      OPTION_LINES.map(({ written, text }) => [code(written), text]),
    ),
  };
}

/** README.md with its tables as they are made now. */
export function withTables(readme: string): string {
  return Object.entries(readmeTables()).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- made by a test: ${name} -->`, "<!-- end -->"];
    const at = text.indexOf(begin);
    const until = text.indexOf(end, at);
    if (at < 0 || until < 0) throw new Error(`README.md has no place for the ${name}: ${begin}`);
    return `${text.slice(0, at)}${begin}\n${table}\n${text.slice(until)}`;
  }, readme);
}

function operationRow(operation: SsmOperation): readonly string[] {
  return [
    operation,
    Object.keys(SSM_TABLE[operation].members).map(code).join(", "),
    (WITHOUT_EFFECT[operation] ?? []).map(code).join(", "),
  ];
}

function otherRows(): readonly (readonly string[])[] {
  return [
    [`CloudWatch Logs: ${LOGS_OPERATIONS.join(", ")}`, "", ""],
    [`S3: ${S3_OPERATIONS.join(", ")}`, "", ""],
  ];
}

function knownDifferences(): string {
  return [differencesFromService(), differencesFromRecorded(), differencesFromAgent()].join("\n\n");
}

function differencesFromAgent(): string {
  const file = "test/fidelity/agent/cases.json";
  const all = readEach([new URL(`../../${file}`, import.meta.url)], parseAgentCases).length;
  const ids = Object.keys(NOT_YET);
  if (ids.length === 0) return `All ${all} documents in \`${file}\` end as they did on a node.`;
  return markdownTable(
    [
      "Not yet as on a node",
      `Of the ${all} documents in ${code(file)}, run by ${code("runsInShell()")}`,
    ],
    [...new Set(Object.values(NOT_YET))].map((reason) => [
      reason,
      ids
        .filter((id) => NOT_YET[id] === reason)
        .map(code)
        .join(", "),
    ]),
  );
}

function differencesFromRecorded(): string {
  const scenarios = scenarioFiles().flatMap((file) => readEach([file], parseScenarios));
  const ids = Object.keys(NOT_YET_AS_RECORDED);
  const where = "`test/fidelity/service`";
  if (ids.length === 0) return `All ${scenarios.length} scenarios in ${where} go as recorded.`;
  return markdownTable(
    [`Not yet as recorded, of the ${scenarios.length} scenarios in ${where}`, "Because"],
    ids.map((id) => [code(id), NOT_YET_AS_RECORDED[id] ?? ""]),
  );
}

function differencesFromService(): string {
  const cases = readCases([new URL("../fidelity/cases.json", import.meta.url)]);
  const all = cases.length;
  if (KNOWN_DIFFERENCES.length === 0) {
    return `None: all ${all} cases in \`test/fidelity/cases.json\` are answered as they say.`;
  }
  return markdownTable(
    ["The fake does not yet", "Cases that need it"],
    KNOWN_DIFFERENCES.map(({ reason, isNeededBy }) => [
      reason,
      `${cases.filter((each) => each.ok && isNeededBy(each.value)).length} of ${all}`,
    ]),
  );
}
