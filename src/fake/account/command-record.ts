import type { AlarmStateInformation, SendCommandRequest } from "@aws-sdk/client-ssm";
import { RATE_DEFAULTS, TIMEOUT_SECONDS } from "../../domain/limits.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { AgentRun } from "../agents/agent-run.ts";
import type { DocumentModel } from "../documents/document-model.ts";
import type { ParameterValues, SuppliedParameters } from "../documents/parameters.ts";
import { countedTimeouts, type ResolvedStep, resolveSteps } from "../documents/resolve-steps.ts";
import type { SsmLookup } from "../documents/ssm-references.ts";
import { expiresAfter } from "../engine/expiry.ts";
import type { Invocation } from "../engine/invocation.ts";
import { type Rollout, startRollout } from "../engine/rollout.ts";
import type { OpenQuestions } from "../engine/settings.ts";

/** A command as the account keeps it. Only the service changes it. */
export interface CommandRecord {
  readonly commandId: string;
  /** Its place among all commands, in the order of sending. */
  readonly ordinal: number;
  readonly requestedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly request: SendCommandRequest & { readonly DocumentName: string };
  readonly document: DocumentModel;
  readonly steps: readonly ResolvedStep[];
  /** What stands for the document's parameters. */
  readonly values: ParameterValues;
  /** How many nodes it goes to; 0 until targets are expanded. */
  targetCount: number;
  /** The ids of its nodes, sorted: the order of dispatch (recorded once, 2026-10-01). Empty until targets are expanded. */
  instanceIds: readonly string[];
  /** When the invocation records were made, and the place among all commands in that order. */
  made: { readonly at: EpochMs; readonly ordinal: number } | undefined;
  /** One for each node, in the order of `instanceIds`. */
  readonly invocations: Invocation[];
  /** Nodes whose cancel came before the records existed. */
  readonly earlyCancels: string[];
  rollout: Rollout;
  /** Whether a deadline to drive it is scheduled. */
  driveIsDue: boolean;
  closedAt: EpochMs | undefined;
  /** The alarm that stopped it. */
  triggeredAlarm: AlarmStateInformation | undefined;
  /** What agents are at, by index; gone when they have replied. */
  readonly runs: Map<number, AgentRun>;
}

export function newCommandRecord(
  request: CommandRecord["request"],
  {
    commandId,
    ordinal,
    requestedAt,
    document,
    values,
    lookup,
    rules,
  }: Pick<CommandRecord, "commandId" | "ordinal" | "requestedAt" | "document" | "values"> & {
    readonly lookup: SsmLookup;
    readonly rules: OpenQuestions;
  },
): CommandRecord {
  const supplied: SuppliedParameters = request.Parameters ?? {};
  const instanceIds = [...(request.InstanceIds ?? [])].sort();
  return {
    commandId,
    ordinal,
    requestedAt,
    expiresAt: expiresAfter(requestedAt, {
      timeoutSeconds: request.TimeoutSeconds ?? TIMEOUT_SECONDS.byDefault,
      timeouts: countedTimeouts(document, supplied),
      rules,
    }),
    request,
    document,
    steps: resolveSteps(document, { values, lookup }),
    values,
    targetCount: instanceIds.length,
    instanceIds,
    made: undefined,
    invocations: [],
    earlyCancels: [],
    rollout: rolloutOf(request, instanceIds.length, rules),
    driveIsDue: false,
    closedAt: undefined,
    triggeredAlarm: undefined,
    runs: new Map(),
  };
}

/** The rollout of a request over so many nodes, nothing sent yet. */
export function rolloutOf(
  request: CommandRecord["request"],
  total: number,
  rules: OpenQuestions,
): Rollout {
  const maxConcurrency = request.MaxConcurrency ?? RATE_DEFAULTS.maxConcurrency;
  const maxErrors = request.MaxErrors ?? RATE_DEFAULTS.maxErrors;
  return startRollout(total, { maxConcurrency, maxErrors }, rules);
}

/** Whether the nodes were chosen by targets. An empty InstanceIds beside Targets is accepted (recorded 2026-09). */
export function isByTargets({ request }: Pick<CommandRecord, "request">): boolean {
  return (request.Targets?.length ?? 0) > 0;
}

/** The index of a node's invocation, or -1. The ids are sorted, so no map is needed. */
export function indexOfNode({ instanceIds }: CommandRecord, instanceId: string): number {
  let [low, high] = [0, instanceIds.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = instanceIds[middle] ?? "";
    if (found === instanceId) return middle;
    if (found < instanceId) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
