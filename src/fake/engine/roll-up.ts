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

/** A row of the decision table: when `holds` is true, the command has the details `is`. */
export interface RollUpRow {
  /** The number of the row in the table of [rules-roll-up]. */
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
 * How the invocations of a command become one status: the first row that holds decides. The table is in [rules-roll-up].
 *
 * Sources: [guide-command-statuses], with its examples of four unusable nodes and one success; for rows 1, 2, 4, 8 to 11,
 * with one or two nodes, [rec-2026-10-01-resource-groups], [rec-2026-09-27-managed-execution], [rec-2026-09-27-timeouts]
 * and [rec-2026-10-01-alarms]. "The value of max-errors or more" is read as exceeded, which alone fits the numbers of
 * [guide-send-multiple]. Rows 5, 10 and 12 for mixtures, 13, and the `Status` of 15 are our decision.
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

/** The `Status` of these two is not known (questions 1 and 4 of docs/settings.md). */
function statusOf(details: CommandDetail, settings: RollUpSettings): CommandStatus {
  if (details === "Incomplete") return settings.incompleteStatus;
  if (details === "LimitExceeded") return settings.limitExceededStatus;
  return COMMAND_DETAILS[details].status;
}

const LAST_ROW: Pick<RollUpRow, "is"> = { is: "Incomplete" };

function isOver(count: number, budget: number, limit: "exceeded" | "reached"): boolean {
  return count > budget || (limit === "reached" && budget > 0 && count === budget);
}
