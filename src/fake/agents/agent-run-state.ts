import type { EpochMs } from "../../time/clock.ts";
import type { DocumentModel, Platform } from "../documents/document-model.ts";
import type { ParameterValues } from "../documents/parameters.ts";
import type { ResolvedStep } from "../documents/resolve-steps.ts";
import type { StepReport } from "../documents/step-flow.ts";
import type { InvocationEvent, PluginReply } from "../engine/invocation.ts";
import type { OpenQuestions } from "../engine/settings.ts";
import type { PluginResult } from "./plugin-result.ts";
import type { ProcessEnd, RunningProcess } from "./process.ts";

/**
 * What the agent of one node is at, for one command: it waits for its node, it is about to start a step, its behavior is
 * being asked, a process runs, its reply is on the way, or there is nothing more to come of it.
 */
export type AgentStage = "waitsForNode" | "starting" | "asking" | "running" | "replying" | "gone";

/** The run of a document on a node. */
export interface AgentRunState {
  readonly stage: AgentStage;
  readonly platform: Platform;
  readonly stepIndex: number;
  /** Reports of the processes of this step that have ended, and when the first of them started. */
  readonly reports: readonly StepReport[];
  readonly stepStartedAt: EpochMs | undefined;
  /** Runs of this step so far, and of the document: reboots make more than one. */
  readonly attempt: number;
  readonly documentRuns: number;
  /** What the rerun after a reboot comes to, if the behavior has said so already. */
  readonly rerun: PluginResult | undefined;
  readonly plugins: readonly PluginReply[];
  /** A step has ended the document: later ones are skipped. */
  readonly hasExited: boolean;
  readonly process: RunningProcess | undefined;
  /** Work outside of virtual time that the process consists of: a shell, or the promise of a behavior. */
  readonly work: { readonly isReal: boolean; readonly end: ProcessEnd } | undefined;
  readonly processStartedAt: EpochMs;
  readonly isCancelled: boolean;
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
  readonly rules: Pick<OpenQuestions, "skippedStatus">;
  /** In milliseconds. */
  readonly delays: Readonly<
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
  /** One at a time: a later wait takes the place of an earlier one. */
  | { readonly type: "wait"; readonly until: EpochMs }
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

/** A run of our own, which nobody else has seen yet. */
export type AgentRunDraft = { -readonly [M in keyof AgentRunState]: AgentRunState[M] };

/** Both streams of a step, as far as they are written. */
export interface Streams {
  readonly stdout: string;
  readonly stderr: string;
}

/** Field by field, because it is copied at every step of a fleet: a literal is one allocation. */
export function copyOf(run: AgentRunState): AgentRunDraft {
  return {
    stage: run.stage,
    platform: run.platform,
    stepIndex: run.stepIndex,
    reports: run.reports,
    stepStartedAt: run.stepStartedAt,
    attempt: run.attempt,
    documentRuns: run.documentRuns,
    rerun: run.rerun,
    plugins: run.plugins,
    hasExited: run.hasExited,
    process: run.process,
    work: run.work,
    processStartedAt: run.processStartedAt,
    isCancelled: run.isCancelled,
  };
}

/** The run after a step has been reported: at the beginning of the next one. */
export function endStep(
  run: AgentRunDraft,
  { reply, exits }: { readonly reply: PluginReply; readonly exits: boolean },
): void {
  run.plugins = run.plugins.length === 0 ? [reply] : [...run.plugins, reply];
  run.hasExited ||= exits;
  run.stepIndex++;
  run.reports = NO_REPORTS;
  run.stepStartedAt = undefined;
  run.attempt = 1;
}

/** The process that a run is at. */
export function processOf({ stepIndex, reports }: AgentRunState, { steps }: AgentRunContext) {
  return steps[stepIndex]?.processes[reports.length];
}

export function wait(until: EpochMs): AgentRunEffect {
  return { type: "wait", until };
}

export function tell(event: InvocationEvent): AgentRunEffect {
  return { type: "tell", event };
}

export const NO_REPORTS: readonly StepReport[] = [];
export const NOTHING: readonly never[] = [];
