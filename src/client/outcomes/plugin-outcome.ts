import type {
  CommandInvocation,
  CommandPlugin,
  GetCommandInvocationResult,
} from "@aws-sdk/client-ssm";
import { logStreamNames } from "../../domain/output-names.ts";

/**
 * How one plugin of an invocation ended.
 *
 * @example
 * ```ts
 * const plugin: PluginOutcome | undefined = outcome.invocations[0]?.plugins[0];
 * plugin; //=> { name: "aws:runShellScript", status: "Success", exitCode: 0, output: "deployed\n", … }
 * ```
 */
export interface PluginOutcome {
  /** The plugin, as AWS reports it: the action for schema 1.2 (`"aws:runShellScript"`), the step's name for 2.x. */
  readonly name: string;
  /** Its `Status`, as the service spelled it; `""` if it sent none. */
  readonly status: string;
  /** Its `StatusDetails`, as the service spelled it; `""` if it sent none. */
  readonly statusDetails: string;
  /** The exit code of its process. Missing where AWS reports -1, which means that there is none. */
  readonly exitCode?: number;
  /**
   * Both streams in one string, as the agent merges them: at most 2,500 bytes [agent-io-handler]. Missing if nothing ran,
   * or nothing was reported of it.
   */
  readonly output?: string;
  /** Standard output alone, if the streams were read separately: at most 24,000 characters. */
  readonly stdout?: string;
  /**
   * Standard error alone, if the streams were read separately: at most 24,000 characters, as far as is known (question 23
   * of docs/settings.md).
   */
  readonly stderr?: string;
  /**
   * Whether the agent cut the output short: `stdout` or `stderr` if they were read separately, else `output`. Recognised by
   * the markers that the agent puts there.
   */
  readonly truncated: boolean;
  /**
   * The log streams with the whole output, if the command was sent with `CloudWatchOutputConfig`. They are in the log group
   * that the config names, else in that of {@link defaultLogGroupName}.
   */
  readonly logStreams?: {
    /** The stream of standard output. */
    readonly stdout: string;
    /** The stream of standard error. */
    readonly stderr: string;
  };
}

/** The agent's markers where it cut the merged output [agent-io-handler] or the end of a stream [agent-plugin-util]. */
const MERGED_CUT = /\n---(?:Output truncated---|Error truncated----)/;
const STREAM_CUT = /--output truncated--$/;

/** A plugin as ListCommandInvocations shows it: its streams in one string. */
export function pluginOutcome(plugin: CommandPlugin, invocation: CommandInvocation): PluginOutcome {
  const { Name: name = "", Output: output = "" } = plugin;
  return {
    ...reported(plugin, { name, invocation }),
    ...(wasHeard(plugin, output) && { output }),
    truncated: MERGED_CUT.test(output),
  };
}

/** A plugin as GetCommandInvocation shows it: its streams separately, once the invocation has ended. */
export function pluginOutcomeApart(answer: GetCommandInvocationResult): PluginOutcome {
  const { PluginName: name = "" } = answer;
  const { StandardOutputContent: stdout = "", StandardErrorContent: stderr = "" } = answer;
  return {
    ...reported(answer, { name, invocation: answer }),
    ...(wasHeard(answer, stdout + stderr) && { stdout, stderr }),
    truncated: STREAM_CUT.test(stdout) || STREAM_CUT.test(stderr),
  };
}

/** What both operations show of a plugin. */
interface Report {
  readonly Status?: string | undefined;
  readonly StatusDetails?: string | undefined;
  readonly ResponseCode?: number | undefined;
}

function reported(
  { Status = "", StatusDetails = "", ResponseCode = -1 }: Report,
  {
    name,
    invocation: { CommandId = "", InstanceId = "", CloudWatchOutputConfig },
  }: {
    readonly name: string;
    readonly invocation: Pick<
      CommandInvocation,
      "CommandId" | "InstanceId" | "CloudWatchOutputConfig"
    >;
  },
): Omit<PluginOutcome, "truncated"> {
  return {
    name,
    status: Status,
    statusDetails: StatusDetails,
    ...(ResponseCode !== -1 && { exitCode: ResponseCode }),
    ...(CloudWatchOutputConfig?.CloudWatchOutputEnabled && {
      logStreams: logStreamNames({
        commandId: CommandId,
        instanceId: InstanceId,
        pluginName: name,
      }),
    }),
  };
}

function wasHeard({ ResponseCode = -1 }: Report, text: string): boolean {
  return ResponseCode !== -1 || text !== "";
}
