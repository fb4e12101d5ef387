import { EXECUTION_TIMEOUT_SECONDS } from "../../domain/limits.ts";
import type { OptionTable } from "../../domain/options.ts";
import { type Duration, toMs } from "../../time/duration.ts";

/**
 * How a script runs on its node.
 *
 * @example
 * ```ts
 * const options: ScriptOptions = { executionTimeout: "10m", workingDirectory: "/srv/app" };
 * runShellScript("./deploy.sh", options).Parameters;
 * //=> { commands: ["./deploy.sh"], executionTimeout: ["600"], workingDirectory: ["/srv/app"] }
 * ```
 */
export interface ScriptOptions {
  /**
   * How long the script may run before the agent kills it; whole seconds from `"5s"` to `"2d"`. It counts from the start of
   * the script and says nothing about delivery, which `TimeoutSeconds` limits.
   *
   * @default the document's own, 3600 s
   */
  readonly executionTimeout?: Duration | undefined;
  /** The folder in which the script starts. @default the agent's own */
  readonly workingDirectory?: string | undefined;
}

/** The options of the helpers for scripts. */
export const SCRIPT_OPTIONS = {
  executionTimeout: "any",
  workingDirectory: "a string",
} as const satisfies OptionTable<ScriptOptions>;

/**
 * Members of a request that runs a shell script, to be spread into it.
 *
 * @example
 * ```ts
 * const script: ShellScriptRequest = runShellScript(["cd /srv/app", "./deploy.sh"]);
 * script.Parameters["commands"]; //=> ["cd /srv/app", "./deploy.sh"]
 * await runCommand.send({ ...script, Comment: "nightly", InstanceIds: [instanceId] });
 * ```
 */
export interface ShellScriptRequest {
  /** AWS's document for shell scripts. */
  readonly DocumentName: "AWS-RunShellScript";
  /** The document's parameters: `commands`, and those of `executionTimeout` and `workingDirectory` that were given. */
  readonly Parameters: Record<string, string[]>;
}

/**
 * Members of a request that runs a PowerShell script, to be spread into it.
 *
 * @example
 * ```ts
 * const node = fake.nodes.add({ platform: "Windows" });
 * const restart: PowerShellScriptRequest = runPowerShellScript("Restart-Service W3SVC");
 * const { command } = await runCommand.send({ ...restart, InstanceIds: [node.instanceId] });
 * command.DocumentName; //=> "AWS-RunPowerShellScript"
 * ```
 */
export interface PowerShellScriptRequest {
  /** AWS's document for PowerShell scripts. */
  readonly DocumentName: "AWS-RunPowerShellScript";
  /** The document's parameters: `commands`, and those of `executionTimeout` and `workingDirectory` that were given. */
  readonly Parameters: Record<string, string[]>;
}

/**
 * The members of a request that runs a shell script on Linux and macOS nodes.
 *
 * - A string is sent as it is, as one element of `commands`: no splitting, no quoting. Lines may also be given one by one;
 *   the agent joins them with newlines [agent-plugin-util].
 * - The exit code is that of the last line, as of any shell script without `set -e`.
 *
 * @param script - The whole script, or its lines.
 * @param options - Time-out and folder.
 * @throws RangeError when the script is empty, or when `executionTimeout` is not whole seconds from 5 to 172,800: outside
 *   of these the agent takes 3600 s and reports no error [agent-plugin-util]; TypeError when it is not a duration.
 *
 * @example
 * ```ts
 * runShellScript("./deploy.sh", { executionTimeout: "10m" });
 * //=> { DocumentName: "AWS-RunShellScript", Parameters: { commands: ["./deploy.sh"], executionTimeout: ["600"] } }
 * ```
 */
export function runShellScript(
  script: string | readonly string[],
  options: ScriptOptions = {},
): ShellScriptRequest {
  return scriptRequest("AWS-RunShellScript", { script, options });
}

/**
 * The members of a request that runs a PowerShell script, on Windows nodes and wherever PowerShell is installed.
 *
 * - A string is sent as it is, as one element of `commands`: no splitting, no quoting. Lines may also be given one by one;
 *   the agent joins them with newlines [agent-plugin-util].
 * - Its output keeps the line ends that PowerShell writes, `\r\n` [report-powershell-lines].
 *
 * @param script - The whole script, or its lines.
 * @param options - Time-out and folder.
 * @throws RangeError and TypeError as {@link runShellScript} does.
 *
 * @example
 * ```ts
 * runPowerShellScript("Restart-Service W3SVC");
 * //=> { DocumentName: "AWS-RunPowerShellScript", Parameters: { commands: ["Restart-Service W3SVC"] } }
 * ```
 */
export function runPowerShellScript(
  script: string | readonly string[],
  options: ScriptOptions = {},
): PowerShellScriptRequest {
  return scriptRequest("AWS-RunPowerShellScript", { script, options });
}

/** Members of a request that runs a script. */
interface ScriptRequest<Document extends string> {
  readonly DocumentName: Document;
  readonly Parameters: Record<string, string[]>;
}

/** The request for one of AWS's two documents for scripts, which take the same parameters. */
function scriptRequest<Document extends string>(
  DocumentName: Document,
  { script, options }: { script: string | readonly string[]; options: ScriptOptions },
): ScriptRequest<Document> {
  // Each helper is named after its document: runShellScript, AWS-RunShellScript.
  const helper = DocumentName.replace("AWS-R", "r");
  const wrong = Object.keys(options).find((name) => !(name in SCRIPT_OPTIONS));
  if (wrong !== undefined) {
    throw new TypeError(
      `${helper}() has no option "${wrong}". It has ${Object.keys(SCRIPT_OPTIONS).join(", ")}.`,
    );
  }
  const { executionTimeout, workingDirectory } = options;
  const commands = typeof script === "string" ? [script] : [...script];
  if (commands.join("").trim() === "") {
    throw new RangeError(`The script is empty. Give ${helper} at least one line.`);
  }
  return {
    DocumentName,
    Parameters: {
      commands,
      ...(executionTimeout !== undefined && {
        executionTimeout: [String(wholeSeconds(executionTimeout))],
      }),
      ...(workingDirectory !== undefined && { workingDirectory: [workingDirectory] }),
    },
  };
}

function wholeSeconds(executionTimeout: Duration): number {
  const { least, most } = EXECUTION_TIMEOUT_SECONDS;
  const seconds = toMs(executionTimeout, "executionTimeout") / 1_000;
  if (!Number.isInteger(seconds) || seconds < least || seconds > most) {
    throw new RangeError(
      `executionTimeout is ${JSON.stringify(executionTimeout)}, which the agent would replace by an hour. Give it whole seconds from "${least}s" to "${most}s".`,
    );
  }
  return seconds;
}
