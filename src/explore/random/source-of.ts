import type { AgentBehavior, NodeOptions, PluginResult, Settings } from "../../fake/index.ts";
import type { Happening, World, WorldFault } from "../world.ts";
import { isGroup } from "../world-parts.ts";

/** Sources that are cited, or nothing: then it is our decision. */
type Sources = readonly `[${string}]`[];

const STATUSES = "[guide-command-statuses]";
const EXECUTION = "[rec-2026-09-27-managed-execution]";
const TIMEOUTS = "[rec-2026-09-27-timeouts]";
const ALARMS = "[rec-2026-10-01-alarms]";
const DELIVERY = "[rules-delivery]";
const OURS: Sources = [];

/** What says that AWS may do what is in a random world: its sources in docs/sources.md, and whether some of it is ours. */
export function sourceOf(world: World): string {
  const all = [...sourcesOf(world)];
  const cited = [...new Set(all.flat())].sort();
  return [...cited, ...(all.includes(OURS) || cited.length === 0 ? ["our decision"] : [])].join(
    " ",
  );
}

function* sourcesOf(world: World): Generator<Sources> {
  const { nodes, limits, latency, pages, settings = {}, hasAlarm = false } = world;
  if (nodes.length === 0 || isGroup(world)) yield ["[rec-2026-10-01-resource-groups]"];
  for (const node of nodes) yield* sourcesOfNode(node);
  if (limits !== undefined) yield ["[guide-send-multiple]", "[rules-rate-control]"];
  // Recordings show how late the service was; that it may be later still is ours.
  if (latency !== undefined) yield* [[EXECUTION, TIMEOUTS] as const, OURS];
  if (pages !== undefined) yield ["[api-ssm-model]"];
  // Only names of settings are in it.
  for (const name of Object.keys(settings)) yield SETTINGS[name as keyof Settings];
  if (hasAlarm) yield [ALARMS];
  for (const { type } of world.faults ?? []) yield FAULTS[type];
  for (const { type } of world.meanwhile ?? []) yield HAPPENINGS[type];
}

function* sourcesOfNode(node: NodeOptions): Generator<Sources> {
  const { instanceId, agent, state, platform, access, logs, objects, clockSkew, behavior } = node;
  if (instanceId !== undefined) yield ["[rec-2026-07-29-hybrid-node]"];
  if (agent === "unreachable") yield [TIMEOUTS];
  if (agent === "undeliverable") yield [STATUSES, DELIVERY];
  if (state === "stopped") yield ["[rules-targets]"];
  if (platform === "MacOS") yield ["[agent-plugins-mac]"];
  if (platform === "Windows" || access !== undefined) yield [STATUSES];
  if (logs !== undefined) yield ["[guide-cloudwatch-output]", "[agent-logs-publisher]"];
  if (objects !== undefined) yield ["[agent-s3-upload]"];
  if (clockSkew !== undefined) yield ["[report-agent-skew]"];
  yield* sourcesOfBehavior(behavior ?? { type: "exits" });
}

function* sourcesOfBehavior(behavior: AgentBehavior): Generator<Sources> {
  // The others are no part of random worlds.
  if (typeof behavior === "function") return;
  if (behavior.type === "inOrder") for (const each of behavior.runs) yield* sourcesOfBehavior(each);
  if (isResult(behavior)) yield* sourcesOfResult(behavior);
}

function isResult(behavior: { readonly type: string }): behavior is PluginResult {
  return Object.hasOwn(BEHAVIORS, behavior.type);
}

function* sourcesOfResult(result: PluginResult): Generator<Sources> {
  yield BEHAVIORS[result.type];
  if (result.type === "exits" && result.exitCode !== undefined && result.exitCode > 1) {
    yield ["[agent-exec-unix]", "[agent-run-plugins]"];
  }
  if ("stdout" in result || "stderr" in result || "writes" in result) yield ["[rules-output]"];
  if (result.type === "reboots" && result.then !== undefined) yield* sourcesOfResult(result.then);
}

const BEHAVIORS: Readonly<Record<PluginResult["type"], Sources>> = {
  exits: [EXECUTION],
  hangs: [TIMEOUTS],
  killed: ["[agent-executers]"],
  reboots: ["[agent-constants]", "[guide-reboot]"],
  neverReplies: ["[rules-expiry]", "[rules-late-replies]"],
  notStarted: ["[agent-cases]", "[agent-run-script]"],
};

const FAULTS: Readonly<Record<WorldFault["type"], Sources>> = {
  throttle: ["[rec-2026-09-27-documents]"],
  limitRate: ["[rec-2026-09-27-documents]"],
  internalError: ["[api-ssm-model]"],
  denyAccess: ["[report-denied-document]", "[iam-actions-ssm]"],
  expireToken: ["[api-common-errors]"],
  slow: OURS,
  resetConnection: ["[sdk-retries]"],
  breakBody: ["[sdk-retries]"],
  loseAnswer: ["[sdk-retries]"],
};

const HAPPENINGS: Readonly<Record<Happening["type"], Sources>> = {
  goesOffline: [DELIVERY],
  comesBack: [TIMEOUTS, DELIVERY],
  isUndeliverable: [STATUSES],
  isRemoved: [DELIVERY],
  isReplaced: [DELIVERY],
  anotherCancels: ["[guide-cancel]", "[rules-cancel]"],
  alarmGoesOff: [ALARMS],
  alarmIsUnknown: [ALARMS],
};

/** What leaves each setting open, as docs/settings.md tells. */
const SETTINGS: Readonly<Record<keyof Settings, Sources>> = {
  incompleteStatus: [STATUSES],
  incompleteDetails: [STATUSES],
  errorLimit: [STATUSES],
  deliveryTimeoutLimit: [STATUSES],
  limitPrecedence: ["[agent-aggregator]"],
  undeliverableAmongSuccess: [STATUSES, "[api-ssm-model]"],
  partialCancel: [EXECUTION],
  percentRounding: ["[guide-send-multiple]"],
  delayedHoldsSlot: ["[rules-rate-control]"],
  ramp: ["[guide-send-multiple]", "[guide-2018-send-multiple]"],
  terminatedAt: [ALARMS],
  showCancelling: ["[api-ssm-model]"],
  delayedStatus: [TIMEOUTS],
  multiPluginRead: ["[report-plugin-name-2018]"],
  pendingInvocationQuota: [STATUSES],
  limitExceededStatus: [STATUSES],
  skippedStatus: ["[agent-run-plugins]"],
  liveCounters: ["[api-ssm-model]"],
  unstartedTimes: ["[api-get-command-invocation]"],
  unusableResponseCode: [ALARMS],
  stoppedNodes: ["[api-ssm-model]"],
  untimedDocument: ["[rec-2020-list-commands]"],
  omittedLogGroupEcho: ["[agent-message-util]"],
  leadingSlash: ["[api-ssm-model]"],
  stderrLimit: ["[api-get-command-invocation]"],
  eventParameters: ["[guide-event-examples]"],
  agentWorkers: ["[agent-constants]"],
  agentQueue: ["[agent-constants]"],
};
