import { type ScriptOptions, scriptRequest } from "./scripts.ts";

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
  options: ScriptOptions = {},
): ShellScriptRequest {
  return scriptRequest("AWS-RunShellScript", { script, options });
}
