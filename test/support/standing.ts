import { rollUpInvocations } from "../../src/fake/engine/roll-up.ts";
import { type Bucket, type Rollout, startRollout } from "../../src/fake/engine/rollout.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/fake/engine/settings.ts";

/** Counters of a rollout and what stopped it; what is left out is zero, or did not happen. */
export type Given = Partial<Record<Bucket, number>> &
  Partial<Pick<Rollout, "stop" | "rejected" | "cancelAsked">> & { readonly maxErrors?: string };

/** Every counter of a rollout. */
export const BUCKETS = [
  "pending",
  "sent",
  "delayed",
  "succeeded",
  "failed",
  "deliveryTimedOut",
  "cancelled",
  "unusable",
  "terminated",
] as const satisfies readonly Bucket[];

/** A rollout with these counters, the others zero; the total is their sum. */
export function rolloutOf({ maxErrors = "0", ...given }: Given): Rollout {
  const total = BUCKETS.reduce((sum, bucket) => sum + (given[bucket] ?? 0), 0);
  const limits = { maxConcurrency: "50", maxErrors };
  return { ...startRollout(total, limits, DEFAULT_SETTINGS), pending: 0, ...given };
}

/** How a command with these counters stands, as "Status/StatusDetails". */
export function standingOf(given: Given, rules: Partial<Settings> = {}): string {
  const { status, details } = rollUpInvocations(rolloutOf(given), {
    ...DEFAULT_SETTINGS,
    ...rules,
  });
  return `${status}/${details}`;
}
