import { EXECUTION_TIMEOUT_SECONDS } from "../domain/limits.ts";
import { type Duration, toMs } from "../time/duration.ts";

/** How a script runs on its node. */
export interface ScriptOptions {
  /**
   * How long the script may run before the agent kills it; whole seconds from `"5s"` to `"2d"`. It counts from the
   * script's start and says nothing about delivery, which `TimeoutSeconds` bounds.
   *
   * @default the document's own, 3600 s
   */
  readonly executionTimeout?: Duration;
  /** The folder that the script starts in. @default the agent's own */
  readonly workingDirectory?: string;
}

/** Members of a request that runs a shell script, to be spread into it. */
export interface ShellScriptRequest {
  /** AWS's document for shell scripts. */
  readonly DocumentName: "AWS-RunShellScript";
  /** The document's parameters: `commands`, and those of `executionTimeout` and `workingDirectory` that were given. */
  readonly Parameters: Record<string, string[]>;
}

/**
 * The members of a request that runs a shell script on Linux and macOS nodes.
 *
 * - A text is sent as it is, as one element of `commands`: no splitting, no quoting. Lines may also be given one by one;
 *   the agent joins them with newlines.
 * - The exit code is that of the last line, as of any shell script without `set -e`.
 *
 * @param script - The text, or its lines.
 * @param options - Time-out and folder.
 * @throws RangeError when the script is empty, or `executionTimeout` is one that the agent would replace by 3600 s without a
 *   word (the agent's source: outside of 5 to 172,800, or a fraction); TypeError when it is not a duration.
 *
 * @example
 * ```ts
 * runShellScript("./deploy.sh", { executionTimeout: "10m" });
 * //=> { DocumentName: "AWS-RunShellScript", Parameters: { commands: ["./deploy.sh"], executionTimeout: ["600"] } }
 * ```
 */
export function runShellScript(
  script: string | readonly string[],
  { executionTimeout, workingDirectory }: ScriptOptions = {},
): ShellScriptRequest {
  const commands = typeof script === "string" ? [script] : [...script];
  if (commands.join("").trim() === "") {
    throw new RangeError(
      "The script is empty, so the nodes would have nothing to run. Give runShellScript at least one line.",
    );
  }
  return {
    DocumentName: "AWS-RunShellScript",
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
      `executionTimeout is ${JSON.stringify(executionTimeout)}, which the agent on the node would replace by an hour. Give it whole seconds, from "${least}s" to "${most}s" (two days).`,
    );
  }
  return seconds;
}
