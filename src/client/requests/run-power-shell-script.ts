import { type ScriptOptions, scriptRequest } from "./scripts.ts";

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
 * The members of a request that runs a PowerShell script, on Windows nodes and wherever PowerShell is installed.
 *
 * - A text is sent as it is, as one element of `commands`: no splitting, no quoting. Lines may also be given one by one;
 *   the agent joins them with newlines.
 * - Its output keeps the line ends that PowerShell writes, `\r\n` (recorded 2026-09).
 *
 * @param script - The text, or its lines.
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
