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
  /** As AWS reports it: the action for schema 1.2 (`"aws:runShellScript"`), the step's name for 2.x. */
  readonly name: string;
  /** Its `Status`, as the service spelled it; `""` if it sent none. */
  readonly status: string;
  /** Its `StatusDetails`, as the service spelled it; `""` if it sent none. */
  readonly statusDetails: string;
  /** The code that its process ended with. Missing where AWS reports -1, which means that there is none. */
  readonly exitCode?: number;
  /**
   * Both streams in one text, as AWS merges them: at most 2,500 characters. Missing where nothing ran, or nothing was heard
   * of it.
   */
  readonly output?: string;
  /** Standard output alone, where it was read apart: at most 24,000 characters. */
  readonly stdout?: string;
  /** Standard error alone, where it was read apart: at most 24,000 characters. */
  readonly stderr?: string;
  /**
   * Whether the agent cut the output short: the streams where they were read apart, else `output`. Recognised by the markers
   * that it leaves in the text.
   */
  readonly truncated: boolean;
  /**
   * Where the whole output lies in CloudWatch Logs, if the command was sent with `CloudWatchOutputConfig`: in the log group
   * that this names, else in that of {@link defaultLogGroupName}.
   */
  readonly logStreams?: {
    /** The stream of standard output. */
    readonly stdout: string;
    /** The stream of standard error. */
    readonly stderr: string;
  };
}

/** The agent's own texts, from its source. */
const MERGED_CUT = /\n---(?:Output truncated---|Error truncated----)/;
const STREAM_CUT = /--output truncated--$/;

/** What ListCommandInvocations says of a plugin: its streams in one text. */
export function pluginOutcome(plugin: CommandPlugin, invocation: CommandInvocation): PluginOutcome {
  const { Name: name = "", Output: output = "" } = plugin;
  return {
    ...reported(plugin, { name, invocation }),
    ...(wasHeard(plugin, output) && { output }),
    truncated: MERGED_CUT.test(output),
  };
}

/** What GetCommandInvocation says of a plugin: its streams apart, once it has ended. */
export function pluginOutcomeApart(answer: GetCommandInvocationResult): PluginOutcome {
  const { PluginName: name = "" } = answer;
  const { StandardOutputContent: stdout = "", StandardErrorContent: stderr = "" } = answer;
  return {
    ...reported(answer, { name, invocation: answer }),
    ...(wasHeard(answer, stdout + stderr) && { stdout, stderr }),
    truncated: STREAM_CUT.test(stdout) || STREAM_CUT.test(stderr),
  };
}

/** The plugin that made an invocation fail: the first that ended badly by itself or by its time-out. */
export function failedPlugin(plugins: readonly PluginOutcome[]): PluginOutcome | undefined {
  return plugins.find(
    ({ status, output, stderr }) =>
      (status === "Failed" || status === "TimedOut") && (output ?? stderr) !== undefined,
  );
}

/** What both operations say of a plugin. */
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
