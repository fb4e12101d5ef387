import { inMessage } from "./in-message.ts";
import { checkMembers, type OptionTable } from "./options.ts";

/**
 * A plugin of a command on a node.
 *
 * @example
 * ```ts
 * await fake.documents.add("Deploy-App", deployAppYaml); // steps: install, verify
 * const sent = await runCommand.send({ DocumentName: "Deploy-App", InstanceIds: [instanceId] });
 * await sent.waitForTerminal();
 * const verify: PluginRef = { commandId: sent.commandId, instanceId, pluginName: "verify" };
 * (await runCommand.readOutput(verify)).stdout; //=> "deployed\n"
 * ```
 */
export interface PluginRef {
  /** The command's id. */
  readonly commandId: string;
  /** The node's id. */
  readonly instanceId: string;
  /**
   * The plugin, as AWS reports it: the action for schema 1.2 (`"aws:runShellScript"`), the step's name for 2.x. It may be
   * left out if there is only one.
   */
  readonly pluginName?: string | undefined;
}

/** What tells which plugin. */
export const PLUGIN_REF_OPTIONS = {
  commandId: "a string",
  instanceId: "a string",
  pluginName: "a string",
} as const satisfies OptionTable<PluginRef>;

/**
 * Refuses what names no plugin: without command or node, or with a mistyped member. It may have more members, as a command
 * that was sent has.
 *
 * @throws TypeError that says what is missing or mistyped.
 */
export function checkPluginRef(given: unknown, place: string): void {
  const owner: object = Object(given);
  checkMembers(owner, PLUGIN_REF_OPTIONS, `What ${place} was given`);
  const missing = ["commandId", "instanceId"].find(
    (name) => typeof Reflect.get(owner, name) !== "string",
  );
  if (missing === undefined) return;
  throw new TypeError(
    `${place} was given ${inMessage(given)}, without ${missing}. Give it { commandId, instanceId, pluginName }.`,
  );
}

/**
 * The log group that the agent writes to if `CloudWatchOutputConfig` names none: `/aws/ssm/<document>`, where any character
 * other than letters, digits and `_-/.#` becomes `.`; `*`, which no name has, stays, for patterns of names.
 *
 * Source: [guide-cloudwatch-output] and [agent-message-util]. [api-ssm-model] leaves out the leading slash; the agent does
 * not (question 22 of docs/settings.md).
 *
 * @param documentName - The name or ARN that the command was sent with.
 *
 * @example
 * ```ts
 * defaultLogGroupName("AWS-RunShellScript"); //=> "/aws/ssm/AWS-RunShellScript"
 * ```
 */
export function defaultLogGroupName(documentName: string): string {
  return `/aws/ssm/${documentName.replace(/[^a-zA-Z0-9_\-/.#*]/g, ".")}`;
}

/**
 * The two log streams of a plugin, one per output stream. A stream exists only once the plugin has written to it.
 *
 * Source: [rec-2026-09-27-managed-execution] and [agent-run-plugins]. In the names `:` and `*` become `-`. (The sample of
 * [guide-cloudwatch-output] shows the document's name as third part; the service does not.)
 *
 * @example
 * ```ts
 * logStreamNames({ commandId, instanceId: "i-0123456789abcdef0", pluginName: "aws:runShellScript" }).stdout;
 * //=> "…/i-0123456789abcdef0/aws-runShellScript/stdout"
 * ```
 */
export function logStreamNames(at: Required<PluginRef>): {
  /** Where standard output goes. */
  readonly stdout: string;
  /** Where standard error goes. */
  readonly stderr: string;
} {
  checkPluginRef(at, "logStreamNames()");
  const { commandId, instanceId, pluginName } = at;
  const prefix = `${commandId}/${instanceId}/${pluginName}`.replace(/[:*]/g, "-");
  return { stdout: `${prefix}/stdout`, stderr: `${prefix}/stderr` };
}
