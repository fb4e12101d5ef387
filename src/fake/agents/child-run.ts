import { mergeReports, type StepReport } from "../documents/step-flow.ts";
import type { PluginReply } from "../engine/invocation.ts";
import { type AgentRunContext, type AgentRunState, processOf } from "./agent-run-state.ts";
import { STREAM_LIMIT, shownStream } from "./output.ts";
import { folderOf } from "./output-files.ts";

/** What the run of a document within a step depends on: its output goes nowhere by itself, and its end is not late. */
export function childContext(
  run: AgentRunState,
  context: AgentRunContext,
): AgentRunContext | undefined {
  const document = processOf(run, context)?.child;
  return (
    document && {
      ...context,
      document,
      within: folderOf(run, context),
      isLogged: false,
      isUploaded: false,
      expiresAt: Number.POSITIVE_INFINITY,
      latency: { ...context.latency, startDelay: 0, replyDelay: 0, uploadDelay: 0 },
    }
  );
}

/**
 * What a step reports of the document that it has run: the outputs one after the other, each cut as the agent cuts it, the
 * messages of steps that the agent refused among the errors, and code 1 unless all went well [agent-run-document]. The agent
 * joins them in no certain order; here it is that of the steps (our decision).
 */
export function reportOfChild(plugins: readonly PluginReply[]): StepReport {
  const ran = plugins.filter(({ unrun, isSkipped }) => unrun !== "skipped" && isSkipped !== true);
  const { detail } = mergeReports(ran);
  return {
    detail,
    ...(ran.length === 0 && plugins.length > 0 ? { isSkipped: true } : {}),
    exitCode: detail === "Success" ? 0 : 1,
    stdout: ran.map(({ stdout }) => shownStream(stdout, STREAM_LIMIT)).join(""),
    stderr: ran
      .map(({ stderr, unrun, merged }) => (unrun ? merged?.stdout : stderr) ?? "")
      .map((text) => shownStream(text, STREAM_LIMIT))
      .join(""),
  };
}
