import { cancelled, killIdle, killLater, killRunning, leave, reply } from "./agent-run-ends.ts";
import {
  type AgentNode,
  type AgentRunContext,
  type AgentRunDraft,
  type AgentRunEvent,
  type AgentRunState,
  type AgentRunStep,
  type AgentStage,
  copyOf,
  freshRun,
  NOTHING,
  tell,
} from "./agent-run-state.ts";
import {
  afterChild,
  type Beginning,
  endProcess,
  endWork,
  logsPolled,
  runProcess,
  start,
  workBegun,
  workEnded,
  workWrote,
} from "./agent-run-steps.ts";
import type { Place } from "./agent-workers.ts";
import { childContext } from "./child-run.ts";

type Row = {
  readonly [E in AgentRunEvent["type"]]?: (
    run: AgentRunState,
    event: Extract<AgentRunEvent, { readonly type: E }>,
    context: AgentRunContext,
  ) => AgentRunStep;
};

/** The run of a command that was handed to an agent just now. */
export function newAgentRun(handed: HandedOver, context: AgentRunContext): AgentRunStep {
  const { at, node, place } = handed;
  const run = freshRun(node, at);
  switch (place) {
    case "worker":
      return begin(run, handed, context);
    case "queue":
      run.stage = "queued";
      return [run, NOTHING];
    case "unreachable":
    case "full":
      run.stage = "waitsForNode";
      run.wait = { until: at + context.latency.agentDelayedAfter };
      return [run, NOTHING];
  }
}

/** What is known when a command is handed to an agent. */
interface HandedOver extends Beginning {
  readonly node: AgentNode;
  readonly place: Place;
}

/**
 * What may happen to the run of a document. An event that a stage does not name changes nothing; `gone` is `{}`: it is
 * final. The rules, where nothing else is said: [agent-run-plugins], [agent-executers].
 *
 * - A run that waits for its node, or for a worker, is dropped when its invocation ends ("won't run" [api-ssm-model]); one
 *   that has started goes on, whatever the service shows.
 * - Whatever happens while a step runs a document happens to the run of that document first, but for a cancel, which does
 *   not reach it [agent-run-document].
 * - A cancel kills the running process after `cancelLatency`; the steps behind it do not start. A run whose last step has
 *   ended keeps its own result, since its reply is on the way.
 */
export const AGENT_RUN_LIFECYCLE = {
  waitsForNode: {
    due: (run, { at }) => [run, [tell({ type: "agentSilent", at })]],
    nodeBack: (run, { at }) => leave(run, tell({ type: "agentBack", at })),
    offeredAgain: (run, { at }) => leave(run, tell({ type: "agentBack", at })),
    recallAsked: (run, { at }) => leave(run, tell({ type: "recalled", at })),
    invocationEnded: (run) => leave(run),
    nodeRemoved: (run) => leave(run),
  },
  queued: {
    workerFree: (run, now, context) => begin(copyOf(run), now, context),
    recallAsked: (run, { at }) => leave(run, tell({ type: "recalled", at })),
    invocationEnded: (run) => leave(run),
    nodeRemoved: (run) => leave(run),
  },
  starting: {
    due: (run, now, context) => start(copyOf(run), now, context),
    recallAsked: killLater,
    killed: killIdle,
    nodeRemoved: (run) => leave(run),
  },
  asking: {
    behaviorKnown: (run, { result }, context) => runProcess(copyOf(run), result, context),
    workBegun,
    workWrote,
    workEnded,
    logsPolled,
    // Only real work has a time-out of its own. A cancel that is pending wins.
    due: (run) => (run.isCancelled ? [run, NOTHING] : endWork(run, "timeout")),
    recallAsked: killLater,
    killed: (run, event, context) =>
      run.work === undefined ? killIdle(run, event, context) : endWork(cancelled(run), "cancel"),
    nodeRemoved: (run) =>
      run.work === undefined ? leave(run) : leave(run, { type: "endWork", why: "cancel" }),
  },
  running: {
    due: endProcess,
    logsPolled,
    recallAsked: killLater,
    killed: killRunning,
    nodeRemoved: (run) => leave(run),
  },
  replying: {
    due: (run, { at }, context) => reply(copyOf(run), at, context),
    nodeRemoved: (run) => leave(run),
  },
  gone: {},
} as const satisfies Record<AgentStage, Row>;

/** A worker takes a run. */
function begin(run: AgentRunDraft, now: Beginning, context: AgentRunContext): AgentRunStep {
  const { startDelay } = context.latency;
  if (startDelay === 0) return start(run, now, context);
  run.stage = "starting";
  run.wait = { until: now.at + startDelay };
  return [run, NOTHING];
}

/** The run after an event, and what has to be done. The same run means that nothing happened to it. */
export function nextAgentRun(
  run: AgentRunState,
  event: AgentRunEvent,
  context: AgentRunContext,
): AgentRunStep {
  // A deadline of an earlier wait at the same instant serves as well: it moves the run now, instead of the one that comes
  // next.
  if (event.type === "due" && event.at !== run.wait?.until) return [run, NOTHING];
  const inner = run.child && childContext(run, context);
  const isCancel = event.type === "recallAsked" || event.type === "killed";
  if (run.child !== undefined && inner !== undefined && !isCancel) {
    const moved = nextAgentRun(run.child, event, inner);
    return moved[0] === run.child && moved[1].length === 0
      ? [run, NOTHING]
      : afterChild(run, moved, event, context);
  }
  const row: Row = AGENT_RUN_LIFECYCLE[run.stage];
  // A row's function takes the event that it is named after.
  const step = row[event.type] as
    | ((run: AgentRunState, event: AgentRunEvent, context: AgentRunContext) => AgentRunStep)
    | undefined;
  return step === undefined ? [run, NOTHING] : step(run, event, context);
}
