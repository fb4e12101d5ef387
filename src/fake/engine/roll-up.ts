import type { CommandStatus } from "@aws-sdk/client-ssm";
import { COMMAND_DETAILS, type CommandDetail } from "../../domain/command-details.ts";
import type { Rollout } from "./rollout.ts";
import type { Settings } from "./settings.ts";

/** How a command stands: its `Status` and `StatusDetails`. */
export interface Standing {
  readonly status: CommandStatus;
  readonly details: CommandDetail;
}

export type RollUpSettings = Pick<
  Settings,
  | "incompleteStatus"
  | "incompleteDetails"
  | "errorLimit"
  | "deliveryTimeoutLimit"
  | "limitPrecedence"
  | "undeliverableAmongSuccess"
  | "partialCancel"
  | "showCancelling"
  | "limitExceededStatus"
>;

/** A row of the decision table: when `holds`, the command `is` so. */
export interface RollUpRow {
  /** The number of the row in our specification (semantics b.2). */
  readonly row: number;
  readonly holds: (rollout: Rollout, settings: RollUpSettings) => boolean;
  readonly is: CommandDetail | ((settings: RollUpSettings) => CommandDetail);
}

const areTargetsUnknown = (r: Rollout) => r.total === 0 && r.rejected === undefined;
const isOpen = (r: Rollout) => r.pending + r.sent + r.delayed > 0;
const hasEnded = (r: Rollout) => !isOpen(r) && !areTargetsUnknown(r);
const tooManyErrors = (r: Rollout, settings: RollUpSettings) =>
  isOver(r.failed, r.budget, settings.errorLimit);
const tooManyTimeouts = (r: Rollout, settings: RollUpSettings) =>
  isOver(r.deliveryTimedOut, r.budget, settings.deliveryTimeoutLimit);

/**
 * How the invocations of a command become one: the first row that holds decides.
 *
 * Sources: https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html (the text of 2023, with its
 * examples of four unusable nodes and one success) and recordings of 2026-09/10 for rows 1, 2, 4, 8 to 11 with one or two
 * nodes. "The value of max-errors or more" is read as exceeded, which alone fits the guide's numbers. Rows 5, 10 for
 * mixtures, 12, 13 and 15 are inferred.
 */
export const ROLL_UP: readonly RollUpRow[] = [
  { row: 1, holds: (r) => r.rejected === "groupDenied", is: "AccessDenied" },
  { row: 2, holds: (r) => r.rejected === "noTargets", is: "NoInstancesInTag" },
  { row: 3, holds: (r) => r.rejected === "overQuota", is: "LimitExceeded" },
  { row: 4, holds: (r) => r.stop === "alarm" && hasEnded(r), is: "FailedDueToAlarm" },
  {
    row: 4,
    holds: (r) => r.stop === "unknownAlarm" && hasEnded(r),
    is: "FailedDueToUnknownAlarmState",
  },
  {
    row: 5,
    holds: (r, settings) => isOpen(r) && r.cancelAsked && settings.showCancelling,
    is: "Cancelling",
  },
  { row: 6, holds: (r) => isOpen(r) && r.pending < r.total, is: "InProgress" },
  { row: 7, holds: (r) => isOpen(r) || areTargetsUnknown(r), is: "Pending" },
  {
    row: 8,
    holds: (r, settings) =>
      tooManyErrors(r, settings) &&
      !(settings.limitPrecedence === "DeliveryTimedOut" && tooManyTimeouts(r, settings)),
    is: "Failed",
  },
  { row: 9, holds: tooManyTimeouts, is: "DeliveryTimedOut" },
  {
    row: 10,
    holds: (r) => r.cancelled > 0 && (r.cancelled === r.total || r.cancelAsked),
    is: "Cancelled",
  },
  { row: 11, holds: (r) => r.succeeded === r.total, is: "Success" },
  {
    row: 12,
    holds: (r) => r.succeeded === 0 && r.failed + r.unusable + r.terminated > 0,
    is: "Failed",
  },
  {
    row: 13,
    holds: (r) => r.succeeded === 0 && r.deliveryTimedOut > 0,
    is: "DeliveryTimedOut",
  },
  { row: 13, holds: (r) => r.succeeded === 0, is: "Cancelled" },
  {
    row: 14,
    holds: (r) => r.succeeded + r.unusable === r.total,
    is: ({ undeliverableAmongSuccess }) => undeliverableAmongSuccess,
  },
  {
    row: 15,
    holds: (r) => r.cancelled > 0,
    is: ({ partialCancel }) => partialCancel,
  },
  { row: 15, holds: () => true, is: ({ incompleteDetails }) => incompleteDetails },
];

/** How the command stands, open or ended. */
export function rollUpInvocations(rollout: Rollout, settings: RollUpSettings): Standing {
  const { is } = ROLL_UP.find(({ holds }) => holds(rollout, settings)) ?? LAST_ROW;
  const details = typeof is === "function" ? is(settings) : is;
  return { status: statusOf(details, settings), details };
}

/** The `Status` of these two is not known. */
function statusOf(details: CommandDetail, settings: RollUpSettings): CommandStatus {
  if (details === "Incomplete") return settings.incompleteStatus;
  if (details === "LimitExceeded") return settings.limitExceededStatus;
  return COMMAND_DETAILS[details].status;
}

const LAST_ROW: Pick<RollUpRow, "is"> = { is: "Incomplete" };

function isOver(count: number, budget: number, limit: "exceeded" | "reached"): boolean {
  return count > budget || (limit === "reached" && budget > 0 && count === budget);
}
