import { runShellScript } from "ssm-run-command";
import type { AgentBehavior } from "ssm-run-command/fake";
import { openWorld } from "../../src/explore/open-world.ts";
import type { World } from "../../src/explore/world.ts";

/** What is unfair about a world: that it cannot be opened, or that SendCommand is refused without a fault. */
export async function fairnessOf(
  world: World,
  { sends = 1 }: { readonly sends?: number } = {},
): Promise<string | undefined> {
  try {
    const { fake, target } = openWorld(world, { seed: world.seed ?? 1, warnAfter: "1h" });
    for (let sent = 0; sent < sends; sent++) {
      if (sent > 0) await fake.clock.advance("2h");
      await fake.sendCommand({ ...runShellScript("make"), ...target }).catch((error: unknown) => {
        for (const { type } of fake.journalEntries()) if (type === "fault") return;
        throw error;
      });
    }
    return undefined;
  } catch (error) {
    return `${world.name}: ${String(error)}`;
  }
}

/** The parts that random worlds may have, and that none of these has. */
export function partsOf(worlds: readonly World[]): { readonly missing: readonly string[] } {
  const seen = new Set(worlds.flatMap((world) => [...seenIn(world)]));
  return { missing: PARTS.filter((part) => !seen.has(part)) };
}

const BEHAVIORS = ["exits", "hangs", "killed", "reboots", "neverReplies", "notStarted", "inOrder"];
const LIMITS = [2_500, 2_501, 8_000, 8_001, 24_000, 24_001, 48_000, 48_001];
const SETTINGS = [
  ...["incompleteStatus", "incompleteDetails", "errorLimit", "deliveryTimeoutLimit", "ramp"],
  ...["limitPrecedence", "undeliverableAmongSuccess", "partialCancel", "percentRounding"],
  ...["delayedHoldsSlot", "terminatedAt", "showCancelling", "delayedStatus", "liveCounters"],
  ...["pendingInvocationQuota", "limitExceededStatus", "skippedStatus", "unstartedTimes"],
  ...["stderrLimit", "untimedDocument", "eventParameters", "agentWorkers", "agentQueue"],
];
const DELAYS = [
  ...["callDelay", "sendAnswerDelay", "visibilityDelay", "targetExpansionDelay", "uploadDelay"],
  ...["idExpansionDelay", "startDelay", "replyDelay", "cancelLatency", "expirySweepLag"],
  ...["agentDelayedAfter", "alarmPollEvery", "pingLostAfter", "otherwise"],
];
const FAULTS = [
  ...["throttle", "limitRate", "internalError", "resetConnection", "slow", "loseAnswer"],
  ...["breakBody", "expireToken", "denyAccess"],
];
const OPERATIONS = [
  ...["SendCommand", "ListCommands", "ListCommandInvocations", "GetCommandInvocation", "*"],
  ...["GetLogEvents", "FilterLogEvents"],
];
const HAPPENINGS = [
  ...["goesOffline", "comesBack", "isUndeliverable", "isRemoved", "isReplaced"],
  ...["anotherCancels", "alarmGoesOff", "alarmIsUnknown"],
];
const PARTS = [
  ...[
    "no node",
    "ids",
    "tags",
    "group",
    "deniedGroup",
    "hybrid",
    "no faults",
    "nothing happens",
    "hasAlarm",
  ],
  ...["after 5s", "after 90s", "after 20m", "after 3h", "after ms"],
  ...["137", "168", "169", "194", "255"].map((code) => `code ${code}`),
  ...["stdout", "stderr", "writes", "killTakes", "then", "takes", "lines"],
  ...["unreachable", "undeliverable", "stopped", "Windows", "MacOS", "access denied"],
  ...["clock ahead", "clock behind"],
  ...["logs denied", "logs noPolicy", "objects denied", "instant", "worst"],
  ...["MaxErrors %", "MaxErrors count", "MaxConcurrency %", "MaxConcurrency count"],
  ...["most 1", "most 2", "most 3", "emptyFirst"],
  ...["every", "times", "probability", "from", "until", "as"].map((name) => `when ${name}`),
  ...[
    ...BEHAVIORS,
    ...SETTINGS,
    ...DELAYS,
    ...HAPPENINGS,
    ...LIMITS.map((count) => `text ${count}`),
  ],
  ...[...FAULTS, ...OPERATIONS],
];

function* seenIn(world: World): Generator<string> {
  const { nodes, target = "tags", limits = {}, latency = {}, pages = {}, settings = {} } = world;
  const { faults = [], meanwhile = [], hasAlarm = false } = world;
  yield target;
  if (nodes.length === 0) yield "no node";
  if (faults.length === 0) yield "no faults";
  if (meanwhile.length === 0) yield "nothing happens";
  if (hasAlarm) yield "hasAlarm";
  for (const { behavior, instanceId, agent, state, platform, clockSkew, ...more } of nodes) {
    yield* [agent, state, platform].filter((each) => each !== undefined);
    yield* Object.entries(more).map(([name, value]) => `${name} ${String(value)}`);
    if (clockSkew !== undefined) yield clockSkew.startsWith("-") ? "clock behind" : "clock ahead";
    if (instanceId?.startsWith("mi-")) yield "hybrid";
    if (behavior !== undefined) yield* seenInBehavior(behavior);
  }
  for (const [name, value] of Object.entries(limits)) {
    yield `${name} ${value?.endsWith("%") ? "%" : "count"}`;
  }
  yield* typeof latency === "string" ? [latency] : Object.keys(latency);
  yield `most ${pages.most}`;
  if (pages.emptyFirst) yield "emptyFirst";
  yield* Object.keys(settings);
  for (const { type, operation, when } of faults) {
    yield* [type, operation];
    yield* Object.keys(when).map((name) => `when ${name}`);
  }
  yield* meanwhile.map(({ type }) => type);
}

function* seenInBehavior(behavior: AgentBehavior): Generator<string> {
  if (typeof behavior === "function") return;
  yield behavior.type;
  if (behavior.type === "inOrder") for (const run of behavior.runs) yield* seenInBehavior(run);
  yield* Object.keys(behavior);
  if ("exitCode" in behavior) yield `code ${behavior.exitCode}`;
  if ("after" in behavior) {
    yield `after ${behavior.after}`;
    if (behavior.after?.endsWith("ms")) yield "after ms";
  }
  for (const text of "stdout" in behavior ? [behavior.stdout ?? "", behavior.stderr ?? ""] : []) {
    yield `text ${text.length}`;
    if (text.includes("\ntwo\n")) yield "lines";
  }
}
