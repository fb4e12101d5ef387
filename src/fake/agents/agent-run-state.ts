import type { EpochMs } from "../../time/clock.ts";
import type { Platform } from "../documents/document-model.ts";
import type { ResolvedDocument, ResolvedProcess } from "../documents/resolve-steps.ts";
import type { StepReport } from "../documents/step-flow.ts";
import type { InvocationEvent, PluginReply } from "../engine/invocation.ts";
import type { Settings } from "../engine/settings.ts";
import type { Files, Streams } from "./output-files.ts";
import type { PluginResult } from "./plugin-result.ts";
import type { ProcessEnd, RunningProcess } from "./process.ts";

/**
 * What the agent of one node is doing for one command: it does not have it yet, because it cannot be reached or is full; it
 * holds it until a worker is free; it is about to start a step, waits for the result of its behavior, runs a process, sends
 * its reply, or has finished.
 */
export type AgentStage =
  | "waitsForNode"
  | "queued"
  | "starting"
  | "asking"
  | "running"
  | "replying"
  | "gone";

/** What an agent knows of its node. */
export interface AgentNode {
  readonly instanceId: string;
  readonly platform: Platform;
}

/** The run of a document on a node. */
export interface AgentRunState<Node extends AgentNode = AgentNode> {
  readonly stage: AgentStage;
  readonly node: Node;
  /** What it waits for. The runner makes a deadline of it; any other deadline that falls due is out of date. */
  readonly wait: { readonly until: EpochMs } | undefined;
  readonly stepIndex: number;
  /** Reports of the processes of this step that have ended, and when the first of them started. */
  readonly reports: readonly StepReport[];
  /**
   * What lies in the output files of this step, by folder, where more than one process writes to them: several entries of
   * one step, or the runs before and after a reboot. The agent shows the file, not what one process wrote [agent-cases]. The
   * run of a document within a step keeps those of all its steps, since a reboot repeats it from its beginning.
   */
  readonly files: Files | undefined;
  readonly stepStartedAt: EpochMs | undefined;
  readonly process: RunningProcess | undefined;
  readonly processStartedAt: EpochMs;
  /** Work outside of virtual time that the process consists of: a shell, or the promise of a behavior. */
  readonly work: AgentWork | undefined;
  readonly plugins: readonly PluginReply[];
  /** A step has ended the document: later ones are skipped. */
  readonly hasExited: boolean;
  readonly isCancelled: boolean;
  readonly restarts: Restarts;
  /** How long the reboot takes that a process of this step has asked for. It comes when all of them have ended. */
  readonly rebootTakes: number | undefined;
  /** The run of the document that the present step runs (`aws:runDocument`). */
  readonly child: AgentRunState<Node> | undefined;
}

/** Work outside of virtual time. */
export interface AgentWork {
  readonly isReal: boolean;
  readonly end: ProcessEnd;
  /** What it has shown of its output so far. */
  readonly written: Streams | undefined;
  /** Whether the agent will look at that output in this second. */
  readonly isPollDue: boolean;
}

/** How often reboots have started a run again. */
export interface Restarts {
  /** Runs of the present step and of the document, this one included. */
  readonly attempt: number;
  readonly documentRuns: number;
  /** What the behavior has named already for when processes of this step run again. */
  readonly reruns: Readonly<Record<string, PluginResult>>;
}

/** What the runs of one command have in common. */
export interface AgentRunContext {
  readonly document: ResolvedDocument;
  /** The folder of the step that runs this document; undefined for the document of the command itself. */
  readonly within: string | undefined;
  /** Whether output goes to CloudWatch Logs, and whether it goes anywhere. */
  readonly isLogged: boolean;
  readonly isUploaded: boolean;
  readonly expiresAt: EpochMs;
  readonly settings: Pick<Settings, "skippedStatus">;
  /** In milliseconds. */
  readonly latency: Readonly<
    Record<
      "agentDelayedAfter" | "startDelay" | "cancelLatency" | "replyDelay" | "uploadDelay",
      number
    >
  >;
}

export type AgentRunEvent = { readonly at: EpochMs } & (
  | {
      readonly type: /** What it waited for has come. */
        | "due"
        | "nodeBack"
        /** The service offers it again to an agent that was full, and is not any more. */
        | "offeredAgain"
        | "nodeRemoved"
        /** The service asks for the command back. */
        | "recallAsked"
        | "killed"
        | "logsPolled"
        /** Its invocation has ended without it. */
        | "invocationEnded";
    }
  /** A worker of the agent is free for it; with the result of its processes, if the behavior is plain data. */
  | { readonly type: "workerFree"; readonly plain: PluginResult | undefined }
  | { readonly type: "behaviorKnown"; readonly result: PluginResult }
  | { readonly type: "workBegun"; readonly isReal: boolean }
  | { readonly type: "workWrote"; readonly soFar: Streams }
  | { readonly type: "workEnded"; readonly result: PluginResult }
);

export type AgentRunEffect =
  | { readonly type: "killLater"; readonly until: EpochMs }
  | { readonly type: "pollLogs"; readonly at: readonly EpochMs[] }
  | { readonly type: "askBehavior" }
  | { readonly type: "endWork"; readonly why: Exclude<ProcessEnd, "exit"> }
  /** What a step has written so far, or in all. */
  | {
      readonly type: "upload";
      readonly stepIndex: number;
      readonly streams: Streams;
      readonly isComplete: boolean;
    }
  | { readonly type: "tell"; readonly event: InvocationEvent };

/** The run after an event, and what has to be done. */
export type AgentRunStep = readonly [next: AgentRunState, effects: readonly AgentRunEffect[]];

/** A run that may still be changed, since no other code has seen it yet. */
export type AgentRunDraft = { -readonly [M in keyof AgentRunState]: AgentRunState[M] };

/** A run that begins with the first step, of a document that was not interrupted by a reboot if nothing else is said. */
export function freshRun(
  node: AgentNode,
  at: EpochMs,
  { restarts = NO_RESTARTS, files }: Partial<Pick<AgentRunState, "restarts" | "files">> = {},
): AgentRunDraft {
  return {
    stage: "starting",
    node,
    wait: undefined,
    stepIndex: 0,
    reports: NO_REPORTS,
    files,
    stepStartedAt: undefined,
    process: undefined,
    processStartedAt: at,
    work: undefined,
    plugins: NO_PLUGINS,
    hasExited: false,
    isCancelled: false,
    restarts,
    rebootTakes: undefined,
    child: undefined,
  };
}

/**
 * A copy that waits for nothing yet. Field by field, because a fleet makes one at every step: a literal is one allocation.
 */
export function copyOf(run: AgentRunState): AgentRunDraft {
  return {
    stage: run.stage,
    node: run.node,
    wait: undefined,
    stepIndex: run.stepIndex,
    reports: run.reports,
    files: run.files,
    stepStartedAt: run.stepStartedAt,
    process: run.process,
    processStartedAt: run.processStartedAt,
    work: run.work,
    plugins: run.plugins,
    hasExited: run.hasExited,
    isCancelled: run.isCancelled,
    restarts: run.restarts,
    rebootTakes: run.rebootTakes,
    child: run.child,
  };
}

/** Moves a run to the beginning of the next step, after one has been reported. */
export function endStep(
  run: AgentRunDraft,
  { reply, exits }: { readonly reply: PluginReply; readonly exits: boolean },
  { within }: Pick<AgentRunContext, "within">,
): void {
  run.plugins = run.plugins.length === 0 ? [reply] : [...run.plugins, reply];
  run.hasExited ||= exits;
  run.stepIndex++;
  run.reports = NO_REPORTS;
  run.stepStartedAt = undefined;
  run.rebootTakes = undefined;
  if (within !== undefined) return;
  run.files = undefined;
  if (run.restarts.attempt > 1 || run.restarts.reruns !== NO_RERUNS) {
    run.restarts = { ...run.restarts, attempt: 1, reruns: NO_RERUNS };
  }
}

/** The process of the document that a run is at. */
export function processOf(
  { stepIndex, reports }: AgentRunState,
  { document }: Pick<AgentRunContext, "document">,
): ResolvedProcess | undefined {
  return document.steps[stepIndex]?.processes[reports.length];
}

/** The innermost run: that of the document which a step runs, or the run itself. */
export function innermost(
  run: AgentRunState,
  document: ResolvedDocument,
): { readonly run: AgentRunState; readonly document: ResolvedDocument } {
  const child = processOf(run, { document })?.child;
  return run.child === undefined || child === undefined
    ? { run, document }
    : innermost(run.child, child);
}

export function tell(event: InvocationEvent): AgentRunEffect {
  return { type: "tell", event };
}

/** A run that no reboot has interrupted yet. */
const NO_RERUNS: Restarts["reruns"] = {};
const NO_RESTARTS: Restarts = { attempt: 1, documentRuns: 1, reruns: NO_RERUNS };
export const NO_REPORTS: readonly StepReport[] = [];
const NO_PLUGINS: readonly PluginReply[] = [];
export const NOTHING: readonly never[] = [];
