import type { ManagedNode } from "../account/node.ts";
import type { ResolvedStep } from "../documents/resolve-steps.ts";
import type { StepReport } from "../documents/step-flow.ts";
import type { PluginReply } from "../engine/invocation.ts";
import type { PluginResult } from "./plugin-result.ts";
import type { ProcessEnd, RunningProcess } from "./process.ts";

interface UploadedLengths {
  readonly stdout: number;
  readonly stderr: number;
}

const NOTHING_UPLOADED: UploadedLengths = { stdout: 0, stderr: 0 };
const NO_REPORTS: readonly StepReport[] = [];
const NO_PLUGINS: readonly PluginReply[] = [];

/** What the agent of one node is at, for one command. */
export interface AgentRun {
  readonly index: number;
  readonly node: ManagedNode;
  /** The order of the deadline that it waits for; any other that comes is out of date. */
  awaits: number;
  stepIndex: number;
  /** Reports of the processes of this step that have ended, and when the first of them started. */
  reports: readonly StepReport[];
  stepStartedAt: number | undefined;
  /** Runs of this step so far, and of the document: reboots make more than one. */
  attempt: number;
  documentRuns: number;
  /** What the rerun after a reboot comes to, if the behavior has said so already. */
  rerun: PluginResult | undefined;
  plugins: readonly PluginReply[];
  /** A step has ended the document: later ones are skipped. */
  hasExited: boolean;
  process: RunningProcess | undefined;
  /** Characters of each stream of this step that are in CloudWatch Logs already. */
  uploaded: UploadedLengths;
  /** Ends work that is done outside of virtual time: a shell, or the promise of a behavior. */
  abort: ((end: ProcessEnd) => void) | undefined;
  cancelled: boolean;
}

export function newAgentRun(index: number, node: ManagedNode): AgentRun {
  return {
    index,
    node,
    awaits: -1,
    stepIndex: 0,
    reports: NO_REPORTS,
    stepStartedAt: undefined,
    attempt: 1,
    documentRuns: 1,
    rerun: undefined,
    plugins: NO_PLUGINS,
    hasExited: false,
    process: undefined,
    uploaded: NOTHING_UPLOADED,
    abort: undefined,
    cancelled: false,
  };
}

/** The step begins again, after a reboot: what its first run wrote is uploaded, and no part of what the rerun writes. */
export function forgetOutput(run: AgentRun): void {
  run.reports = NO_REPORTS;
  run.stepStartedAt = undefined;
  run.uploaded = NOTHING_UPLOADED;
}

/** The run after a step has been reported: at the beginning of the next one. */
export function endStep(run: AgentRun, reply: PluginReply, exits: boolean): void {
  run.plugins = run.plugins.length === 0 ? [reply] : [...run.plugins, reply];
  run.hasExited ||= exits;
  run.stepIndex++;
  run.reports = NO_REPORTS;
  run.stepStartedAt = undefined;
  run.attempt = 1;
  run.uploaded = NOTHING_UPLOADED;
}

/** What the agent reports: its plugins, and Cancelled with code 1 for steps that a cancel kept from starting (agent's source). */
export function repliesOf(run: AgentRun, steps: readonly ResolvedStep[]): readonly PluginReply[] {
  if (run.stepIndex >= steps.length) return run.plugins;
  const at = run.plugins.at(-1)?.finishedAt ?? 0;
  const kept = steps.slice(run.stepIndex).map(
    ({ name }): PluginReply => ({
      name,
      detail: "Cancelled",
      exitCode: 1,
      startedAt: at,
      finishedAt: at,
      stdout: "",
      stderr: "",
    }),
  );
  return [...run.plugins, ...kept];
}
