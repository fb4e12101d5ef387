import type { EpochMs } from "../../time/clock.ts";
import type { DocumentModel, Platform } from "../documents/document-model.ts";
import type { ParameterValues } from "../documents/parameters.ts";
import type { ResolvedStep } from "../documents/resolve-steps.ts";
import type { StepReport } from "../documents/step-flow.ts";
import type { InvocationEvent, PluginReply } from "../engine/invocation.ts";
import type { Settings } from "../engine/settings.ts";
import type { PluginResult } from "./plugin-result.ts";
import type { ProcessEnd, RunningProcess } from "./process.ts";

/**
 * What the agent of one node is doing for one command: waiting for its node, about to start a step, waiting for the result
 * of its behavior, running a process, sending its reply, or finished.
 */
export type AgentStage = "waitsForNode" | "starting" | "asking" | "running" | "replying" | "gone";

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
  readonly stepStartedAt: EpochMs | undefined;
  readonly process: RunningProcess | undefined;
  readonly processStartedAt: EpochMs;
  /** Work outside of virtual time that the process consists of: a shell, or the promise of a behavior. */
  readonly work: { readonly isReal: boolean; readonly end: ProcessEnd } | undefined;
  readonly plugins: readonly PluginReply[];
  /** A step has ended the document: later ones are skipped. */
  readonly hasExited: boolean;
  readonly isCancelled: boolean;
  readonly restarts: Restarts;
}

/** How often reboots have started a run again. */
export interface Restarts {
  /** Runs of the present step and of the document, this one included. */
  readonly attempt: number;
  readonly documentRuns: number;
  /** The result of the step's rerun, if the behavior has named it already. */
  readonly rerun: PluginResult | undefined;
}

/** What the runs of one command have in common. */
export interface AgentRunContext {
  readonly document: DocumentModel;
  readonly steps: readonly ResolvedStep[];
  readonly values: ParameterValues;
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
        | "nodeRemoved"
        /** The service asks for the command back. */
        | "recallAsked"
        | "killed"
        | "logsPolled"
        /** Its invocation has ended without it. */
        | "invocationEnded";
    }
  | { readonly type: "behaviorKnown"; readonly result: PluginResult }
  | { readonly type: "workBegun"; readonly isReal: boolean }
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
      readonly attempt: number;
      readonly streams: Streams;
      readonly isComplete: boolean;
    }
  | { readonly type: "tell"; readonly event: InvocationEvent };

/** The run after an event, and what has to be done. */
export type AgentRunStep = readonly [next: AgentRunState, effects: readonly AgentRunEffect[]];

/** A run that may still be changed, since no other code has seen it yet. */
export type AgentRunDraft = { -readonly [M in keyof AgentRunState]: AgentRunState[M] };

/** Both streams of a step, as far as they are written. */
export interface Streams {
  readonly stdout: string;
  readonly stderr: string;
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
    stepStartedAt: run.stepStartedAt,
    process: run.process,
    processStartedAt: run.processStartedAt,
    work: run.work,
    plugins: run.plugins,
    hasExited: run.hasExited,
    isCancelled: run.isCancelled,
    restarts: run.restarts,
  };
}

/** Moves a run to the beginning of the next step, after one has been reported. */
export function endStep(
  run: AgentRunDraft,
  { reply, exits }: { readonly reply: PluginReply; readonly exits: boolean },
): void {
  run.plugins = run.plugins.length === 0 ? [reply] : [...run.plugins, reply];
  run.hasExited ||= exits;
  run.stepIndex++;
  run.reports = NO_REPORTS;
  run.stepStartedAt = undefined;
  if (run.restarts.attempt > 1) run.restarts = { ...run.restarts, attempt: 1 };
}

/** The process of the document that a run is at. */
export function processOf({ stepIndex, reports }: AgentRunState, { steps }: AgentRunContext) {
  return steps[stepIndex]?.processes[reports.length];
}

export function tell(event: InvocationEvent): AgentRunEffect {
  return { type: "tell", event };
}

/** A run that no reboot has interrupted yet. */
export const NO_RESTARTS: Restarts = { attempt: 1, documentRuns: 1, rerun: undefined };
export const NO_REPORTS: readonly StepReport[] = [];
export const NOTHING: readonly never[] = [];
