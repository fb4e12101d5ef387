import type { Target } from "@aws-sdk/client-ssm";
import { COMMAND_DETAILS, type EndedCommandDetail } from "../../domain/command-details.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { SaidWord } from "../report.ts";

/** A command of a run, as far as it is judged. */
export interface SeenCommand {
  readonly request: {
    readonly DocumentName: string;
    readonly DocumentVersion?: string | undefined;
    readonly Parameters?: Readonly<Record<string, readonly string[]>> | undefined;
    readonly InstanceIds?: readonly string[] | undefined;
    readonly Targets?: readonly Target[] | undefined;
  };
  readonly standing: { readonly details: keyof typeof COMMAND_DETAILS };
  readonly closedAt: EpochMs | undefined;
}

/** How a command ended, by its details; those of [guide-command-statuses], and for alarms [rec-2026-10-01-alarms]. */
const TRUTHS = {
  Success: "succeeded",
  NoInstancesInTag: "none",
  Incomplete: "partly",
  Failed: "failed",
  DeliveryTimedOut: "failed",
  Cancelled: "cancelled",
  LimitExceeded: "failed",
  AccessDenied: "failed",
  FailedDueToAlarm: "failed",
  FailedDueToUnknownAlarmState: "failed",
} as const satisfies Record<EndedCommandDetail, SaidWord>;

/** Several commands come to the worst of them, which stands last. */
const RANKS: readonly SaidWord[] = [
  "succeeded",
  "none",
  "partly",
  "cancelled",
  "failed",
  "running",
];

/** Whether a command has not ended. */
export function isOpen({ standing }: SeenCommand): boolean {
  return !COMMAND_DETAILS[standing.details].terminal;
}

/** How the commands of a run ended, or stand; without any, nothing ran on any node. */
export function truthOf(commands: readonly SeenCommand[]): SaidWord {
  const worst = Math.max(...commands.map((command) => RANKS.indexOf(truthOfOne(command))), -1);
  return RANKS[worst] ?? "none";
}

function truthOfOne(command: SeenCommand): SaidWord {
  const truths: Readonly<Record<string, SaidWord>> = TRUTHS;
  return truths[command.standing.details] ?? "running";
}

/** Whether two of the commands have equal document, parameters and targets. */
export function hasTwins(commands: readonly SeenCommand[]): boolean {
  return new Set(commands.map(keyOf)).size < commands.length;
}

/** What makes a command the same as another: ids in any order are the same nodes, and an ARN is its document. */
function keyOf({ request }: SeenCommand): string {
  const { DocumentName, DocumentVersion = "$DEFAULT", Parameters = {} } = request;
  const { InstanceIds = [], Targets = [] } = request;
  const document = DocumentName.replace(/^arn:.*:document\//, "");
  const parameters = Object.entries(Parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const targets = Targets.map(({ Key = "", Values = [] }) => [Key, [...new Set(Values)].sort()]);
  return JSON.stringify([
    ...[document, DocumentVersion, parameters, [...new Set(InstanceIds)].sort()],
    targets.map((target) => JSON.stringify(target)).sort(),
  ]);
}
