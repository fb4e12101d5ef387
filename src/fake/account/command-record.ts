import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import { RATE_DEFAULTS, TIMEOUT_SECONDS } from "../../domain/limits.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { AgentRunContext, AgentRunState } from "../agents/agent-run-state.ts";
import type { DocumentModel } from "../documents/document-model.ts";
import { parameterValues, type SuppliedParameters } from "../documents/parameters.ts";
import {
  countedTimeouts,
  type ResolvedDocument,
  resolveDocument,
} from "../documents/resolve-steps.ts";
import type { CommandContext, CommandState } from "../engine/command.ts";
import { expiresAfter } from "../engine/expiry.ts";
import type { Invocation } from "../engine/invocation.ts";
import { isNamingIds } from "../engine/targets.ts";
import type { Account } from "./account.ts";
import type { ManagedNode } from "./node.ts";

/** The run of a command on one node. */
export type AgentRun = AgentRunState<ManagedNode>;

/** How many characters of each stream were uploaded, and for which step. */
export interface UploadedLengths {
  readonly stepIndex: number;
  readonly stdout: number;
  readonly stderr: number;
}

/** Something that is worth telling of a command on a node, and is no move of its invocation. */
export interface Remark {
  readonly at: EpochMs;
  readonly instanceId: string;
  readonly text: string;
}

/** A command as the account keeps it. Only the runners change it. */
export interface CommandRecord {
  readonly commandId: string;
  /** Its place among all commands, in the order of sending. */
  readonly ordinal: number;
  readonly requestedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly request: SendCommandRequest & { readonly DocumentName: string };
  readonly document: ResolvedDocument;
  /** What the rules of the command depend on; `runContext` is what its runs on nodes depend on. */
  readonly context: CommandContext;
  readonly runContext: AgentRunContext;
  state: CommandState;
  /** How many nodes it goes to; 0 until targets are expanded. */
  targetCount: number;
  /**
   * The ids of its nodes, sorted, which is the order of dispatch ([rec-2026-10-01-alarms], once). Empty until targets are
   * expanded.
   */
  instanceIds: readonly string[];
  /** When the invocation records were made, and the command's place in the order in which commands got their records. */
  recorded: { readonly at: EpochMs; readonly ordinal: number } | undefined;
  /** When it was sent to its first node. */
  firstSentAt: EpochMs | undefined;
  /** One for each node, in the order of `instanceIds`. */
  readonly invocations: Invocation[];
  /** The runs on its nodes, by index; undefined once the agent has replied. */
  readonly runs: (AgentRun | undefined)[];
  /** Functions that end work outside of virtual time, a shell or the promise of a behavior, by index. */
  readonly aborts: Map<number, (reason: Error) => void>;
  /** How much of a run's output is already in CloudWatch Logs, by index. */
  readonly uploads: Map<number, UploadedLengths>;
  /** What the timeline tells beside the moves of invocations. */
  readonly remarks: Remark[];
}

/** The most remarks about one command (our decision). */
const MOST_REMARKS = 1_000;

/** Adds a remark to a command, unless the same was said of that node before. */
export function addRemark({ remarks }: Pick<CommandRecord, "remarks">, remark: Remark): void {
  const { at, instanceId, text } = remark;
  if (remarks.length > MOST_REMARKS) return;
  if (remarks.some((said) => said.instanceId === instanceId && said.text === text)) return;
  remarks.push(
    remarks.length < MOST_REMARKS ? remark : { at, instanceId, text: "There are more notes." },
  );
}

/** A command that is about to begin: a record without its state. */
export type NewCommand = Omit<CommandRecord, "state">;

export function newCommandRecord(
  request: CommandRecord["request"],
  {
    commandId,
    document: model,
    account,
  }: {
    readonly commandId: string;
    readonly document: DocumentModel;
    readonly account: Account;
  },
): NewCommand {
  const { settings, latency, commands, clock, documents, parameters } = account;
  const requestedAt = clock.now();
  const supplied: SuppliedParameters = request.Parameters ?? {};
  const expiresAt = expiresAfter(requestedAt, {
    timeoutSeconds: request.TimeoutSeconds ?? TIMEOUT_SECONDS.byDefault,
    timeouts: countedTimeouts(model, supplied),
    settings,
  });
  const document = resolveDocument(model, parameterValues(model, supplied), {
    lookup: (reference) => parameters.find(reference),
    documentNamed: (path) => documents.child(path),
    readYaml: (text) => documents.readYaml(text),
    compile: (pattern) => documents.compile(pattern),
  });
  const instanceIds = [...(request.InstanceIds ?? [])].sort();
  const logged = isLogged(request);
  return {
    commandId,
    ordinal: commands.sent.length,
    requestedAt,
    expiresAt,
    request,
    document,
    context: {
      requestedAt,
      expiresAt,
      limits: {
        maxConcurrency: request.MaxConcurrency ?? RATE_DEFAULTS.maxConcurrency,
        maxErrors: request.MaxErrors ?? RATE_DEFAULTS.maxErrors,
      },
      nodes: isByTargets({ request }) ? undefined : instanceIds.length,
      hasTargetsOfIds: isByTargets({ request }) && (request.Targets ?? []).every(isNamingIds),
      alarm: alarmOf(request),
      settings,
      latency,
    },
    runContext: {
      document,
      isLogged: logged,
      within: undefined,
      isUploaded: logged || (request.OutputS3BucketName ?? "") !== "",
      expiresAt,
      settings,
      latency,
    },
    targetCount: instanceIds.length,
    instanceIds,
    recorded: undefined,
    firstSentAt: undefined,
    invocations: [],
    runs: [],
    aborts: new Map(),
    uploads: new Map(),
    remarks: [],
  };
}

/**
 * Whether the nodes were chosen by targets. An empty InstanceIds beside Targets is accepted
 * [rec-2026-09-27-managed-execution].
 */
export function isByTargets({ request }: Pick<CommandRecord, "request">): boolean {
  return (request.Targets?.length ?? 0) > 0;
}

/** The index of a node's invocation, or -1. The ids are sorted, so no map is needed. */
export function indexOfNode(
  { instanceIds }: Pick<CommandRecord, "instanceIds">,
  instanceId: string,
): number {
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

/** Whether output goes to CloudWatch Logs. The name of a group alone does not switch it on. */
function isLogged({ CloudWatchOutputConfig }: SendCommandRequest): boolean {
  return CloudWatchOutputConfig?.CloudWatchOutputEnabled === true;
}

function alarmOf({ AlarmConfiguration }: SendCommandRequest): CommandContext["alarm"] {
  const [alarm] = AlarmConfiguration?.Alarms ?? [];
  if (alarm === undefined) return undefined;
  const ignoresFailure = AlarmConfiguration?.IgnorePollAlarmFailure ?? false;
  return { name: alarm.Name ?? "", ignoresFailure };
}
