import { EXECUTION_TIMEOUT_SECONDS } from "../../domain/limits.ts";
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
   * How long the script may run before the agent kills it; whole seconds from `"5s"` to `"2d"`. It counts from the
   * script's start and says nothing about delivery, which `TimeoutSeconds` bounds.
   *
   * @default the document's own, 3600 s
   */
  readonly executionTimeout?: Duration;
  /** The folder that the script starts in. @default the agent's own */
  readonly workingDirectory?: string;
}

/** Members of a request that runs a script. */
interface ScriptRequest<Document extends string> {
  readonly DocumentName: Document;
  readonly Parameters: Record<string, string[]>;
}

/** The request of one of AWS's two documents for scripts, which take the same parameters. */
export function scriptRequest<Document extends string>(
  DocumentName: Document,
  { script, options }: { script: string | readonly string[]; options: ScriptOptions },
): ScriptRequest<Document> {
  const { executionTimeout, workingDirectory } = options;
  const commands = typeof script === "string" ? [script] : [...script];
  if (commands.join("").trim() === "") {
    // The helper is called as its document is: runShellScript, AWS-RunShellScript.
    const helper = DocumentName.replace("AWS-R", "r");
    throw new RangeError(
      `The script is empty, so the nodes would have nothing to run. Give ${helper} at least one line.`,
    );
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
      `executionTimeout is ${JSON.stringify(executionTimeout)}, which the agent on the node would replace by an hour. Give it whole seconds, from "${least}s" to "${most}s" (two days).`,
    );
  }
  return seconds;
}
