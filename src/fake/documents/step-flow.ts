import { supportOf } from "./actions.ts";
import type { Platform } from "./document-model.ts";
import type { ParameterValues } from "./parameters.ts";
import { objectionTo } from "./preconditions.ts";
import type { ResolvedDocument, ResolvedStep, StepFlow } from "./resolve-steps.ts";

/** What the agent does with a step: it runs it, or it skips or fails it with a message. */
export type Verdict =
  | { readonly type: "run" }
  | { readonly type: "skip" | "fail"; readonly message: string };

/** How a step that ran has ended. */
export interface StepReport {
  readonly detail: "Success" | "Failed" | "ExecutionTimedOut" | "Cancelled";
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether all that it had to run was skipped, which is no success for `onSuccess` [agent-run-document]. */
  readonly isSkipped?: boolean;
  /** What `CommandPlugin.Output` merges, where the streams show more or less than that [agent-cases]. */
  readonly merged?: { readonly stdout: string; readonly stderr: string };
}

/** Exit codes by which a script ends the whole document [agent-run-plugins]. */
const EXIT_WITH_SUCCESS = 168;
const EXIT_WITH_FAILURE = 169;

/** The part of a document that decides the flow of its steps. */
type Flow = Pick<ResolvedDocument, "schemaVersion" | "values"> & {
  readonly steps: readonly Pick<ResolvedStep, "name" | "action" | "preconditions" | "isFinally">[];
};

/**
 * Whether a step runs. The order of the questions is the agent's: a prior exit, the plugin, the platform, the conditions. A
 * `finallyStep` counts only if it is the last one. Messages and order: [agent-run-plugins].
 */
export function verdictOn(
  index: number,
  {
    flow,
    platform,
    hasExited,
  }: { readonly flow: Flow; readonly platform: Platform; readonly hasExited: boolean },
): Verdict {
  const step = flow.steps[index];
  if (step === undefined) return { type: "run" };
  const runsAnyway = step.isFinally && index === flow.steps.length - 1;
  if (hasExited && !runsAnyway) {
    return skip(
      `Plugin with name ${step.action} and id ${step.name} skipped due to prior step with an exit condition`,
    );
  }
  return flow.schemaVersion === "2.2"
    ? verdictOnNewStep(step, { platform, values: flow.values })
    : verdictOnOldStep(step, platform);
}

/**
 * What a step's end means for the document: the step's report, with the sentence that the agent adds to it, and whether
 * later steps are skipped. The sentence stands in the streams, not in `Output`. Only Failed triggers `onFailure`; a time-out
 * does not. Source: [agent-run-plugins] [agent-cases].
 */
export function afterStep(
  { onFailure, onSuccess }: Pick<StepFlow, "onFailure" | "onSuccess">,
  report: StepReport,
): { readonly report: StepReport; readonly exits: boolean } {
  const { detail, exitCode, stdout } = report;
  if (exitCode === EXIT_WITH_SUCCESS) {
    const text = `\nStep exited with code ${exitCode}. Therefore, marking step as succeeded. Further document steps will be skipped.`;
    const merged = { stdout, stderr: "" };
    return {
      exits: true,
      report: { detail: "Success", exitCode, stdout: stdout + text, stderr: "", merged },
    };
  }
  if (exitCode === EXIT_WITH_FAILURE) {
    const text = `\nStep exited with code ${exitCode}. Therefore, marking step as Failed. Further document steps will be skipped.`;
    return { exits: true, report: withSentence(report, text) };
  }
  if (detail === "Failed" && onFailure !== undefined) {
    const added = withSentence(
      report,
      "\nStep was found to have onFailure property. Further document steps will be skipped.",
    );
    return onFailure === "exit"
      ? { exits: true, report: added }
      : { exits: true, report: { ...added, detail: "Success", exitCode: EXIT_WITH_SUCCESS } };
  }
  const hasSucceeded = detail === "Success" && report.isSkipped !== true;
  return { exits: hasSucceeded && onSuccess === "exit", report };
}

/**
 * Whether the node reboots when a process of a step has asked for it: not when another one failed or has ended the document
 * [agent-run-plugins] [agent-model].
 */
export function allowsReboot({ detail, exitCode }: StepReport): boolean {
  return detail === "Success" && exitCode !== EXIT_WITH_SUCCESS;
}

/** Whether a step that the agent refused to run ends the document: no sentence is added to it [agent-run-plugins]. */
export function exitsWhenRefused({ onFailure }: Pick<StepFlow, "onFailure">): boolean {
  return onFailure === "exit";
}

function withSentence(report: StepReport, text: string): StepReport {
  const { stdout, stderr } = report;
  return { ...report, stdout: stdout + text, stderr: stderr + text, merged: { stdout, stderr } };
}

/** From best to worst, for the processes of one plugin ([agent-model]; another scale than that of plugins). */
const WORSE_LAST = ["Success", "Failed", "Cancelled", "ExecutionTimedOut"] as const;

/**
 * One report for the processes of a plugin (the property objects of schema 1.2): the worst detail, the first exit code that
 * is not 0, the streams joined by newlines [agent-io-handler].
 */
export function mergeReports(reports: readonly StepReport[]): StepReport {
  const [first] = reports;
  if (first !== undefined && reports.length === 1) return first;
  const rank = ({ detail }: StepReport) => WORSE_LAST.indexOf(detail);
  const worst = reports.reduce((a, b) => (rank(b) > rank(a) ? b : a), NOTHING_RAN);
  return {
    detail: worst.detail,
    exitCode: reports.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0,
    stdout: joinedStreams(reports.map(({ stdout }) => stdout)),
    stderr: joinedStreams(reports.map(({ stderr }) => stderr)),
  };
}

/** One stream of several processes: a newline before each, unless nothing was written before it [agent-io-handler]. */
export function joinedStreams(streams: readonly string[]): string {
  return streams.reduce((before, stream) => (before === "" ? stream : `${before}\n${stream}`), "");
}

const NOTHING_RAN: StepReport = { detail: "Success", exitCode: 0, stdout: "", stderr: "" };

type FlowStep = Flow["steps"][number];

/** Schemas 1.2 and 2.0 fail a step that cannot run, and 2.0 one that has a condition [agent-run-plugins]. */
function verdictOnOldStep({ name, action, preconditions }: FlowStep, platform: Platform): Verdict {
  const support = supportOf(action, platform);
  if (support === "unknown") return fail(unknownPlugin({ name, action }));
  if (support === "unsupported") {
    return fail(
      `Plugin with name ${action} is not supported in current platform. Step name: ${name}`,
    );
  }
  if (preconditions.length > 0) {
    return fail(
      `Precondition is not supported for document schema version prior to 2.2. Step name: ${name}`,
    );
  }
  if (support === "notFound") {
    return fail(`Plugin with name ${action} not found. Step name: ${name}`);
  }
  return { type: "run" };
}

/** Schema 2.2 skips what is not meant for the node, and fails what this agent does not understand [agent-run-plugins]. */
function verdictOnNewStep(
  { name, action, preconditions }: FlowStep,
  { platform, values }: { readonly platform: Platform; readonly values: ParameterValues },
): Verdict {
  const objections = preconditions.flatMap((each) => objectionTo(each, { platform, values }) ?? []);
  const isUnsatisfied = objections.some(({ type }) => type === "unsatisfied");
  const support = supportOf(action, platform);
  if (support === "unknown" && !isUnsatisfied) return fail(unknownPlugin({ name, action }));
  if (support !== "runs") {
    return skip(`Step execution skipped due to unsupported plugin: ${action}. Step name: ${name}`);
  }
  if (objections.length === 0) return { type: "run" };
  const list = objections.map(({ text }) => text).join(", ");
  return isUnsatisfied
    ? skip(`Step execution skipped due to unsatisfied preconditions: '${list}'. Step name: ${name}`)
    : fail(
        `Unrecognized precondition(s): '${list}', please update agent to latest version. Step name: ${name}`,
      );
}

function unknownPlugin({ name, action }: Pick<FlowStep, "name" | "action">): string {
  return `Plugin with name ${action} is not supported by this version of ssm agent, please update to latest version. Step name: ${name}`;
}

function skip(message: string): Verdict {
  return { type: "skip", message };
}

function fail(message: string): Verdict {
  return { type: "fail", message };
}
