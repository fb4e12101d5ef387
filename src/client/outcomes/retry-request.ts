import type { Command } from "@aws-sdk/client-ssm";
import { notTaken } from "../../domain/in-message.ts";
import { checkOptions, isPlainObject, type OptionTable } from "../../domain/options.ts";
import { member } from "../member.ts";
import { unmarked } from "../once/once-mark.ts";
import { SEND_MEMBERS, type SendRequest } from "../requests/requests.ts";
import { nodesOf } from "./nodes-of.ts";
import { type CommandOutcome, INVOCATION_KINDS, type InvocationOutcome } from "./outcome.ts";

/**
 * Options of {@link retryRequest}.
 *
 * @inline
 */
export type RetryOptions = {
  /**
   * The kinds of outcomes whose nodes get the command again: exactly these.
   *
   * @default all but `"deliveryTimedOut"` and `"unrecognized"`, and, where an alarm ended the command, `"terminated"`: there
   *   the script may still run
   */
  readonly only?: readonly Exclude<InvocationOutcome["kind"], "succeeded">[] | undefined;
};

/** The options of {@link retryRequest}. */
export const RETRY_OPTIONS = { only: "a list" } as const satisfies OptionTable<RetryOptions>;

/**
 * A request that names its nodes.
 *
 * @inline
 */
export type NodesRequest = Extract<SendRequest, { InstanceIds: string[] }>;

/**
 * The request that sends a command again, to the nodes on which it did not succeed. It is made of what the service shows of the
 * command: document, parameters, limits, places of output, notifications, alarms. Two things it does not show: `DocumentHash`,
 * and whether a default was asked for, so what is the service's default is left out. The mark of a key
 * (`once`) is not part of the comment.
 *
 * Where the script may still run, it is not sent again, unless `only` says so: a delivery that timed out, an invocation that
 * was open when its command ended, one that this version does not know, one that an alarm ended
 * [rec-2026-10-01-alarms].
 *
 * @param outcome - How the command ended, read with its nodes. With more than 50 nodes, {@link RunCommandClient.send} refuses
 *   the request.
 * @param options - `only`: kinds of outcomes.
 * @returns `undefined` if there is no such node: nothing to send.
 * @throws TypeError for a look at a command that has not ended, for an outcome that was read without its nodes, and for kinds
 *   that no outcome has.
 *
 * @example
 * ```ts
 * node.behavior = inOrder(fails({ stderr: "locked\n" }), succeeds());
 * const sent = await runCommand.send(request);
 * const again = retryRequest(await sent.waitForTerminal());
 * again; //=> { DocumentName: "AWS-RunShellScript", InstanceIds: ["i-0123456789abcdef0"], … }
 * if (again) (await (await runCommand.send(again)).waitForTerminal()).kind; //=> "succeeded"
 * ```
 */
export function retryRequest(
  outcome: CommandOutcome,
  options?: RetryOptions,
): NodesRequest | undefined {
  const place = "retryRequest()";
  checkOptions(options, RETRY_OPTIONS, place);
  const nodes = nodesOf(outcome, place);
  const { kind, command }: { readonly kind: string; readonly command: Command } = outcome;
  // JavaScript may give a look.
  if (kind === "running" || kind === "unknown") {
    throw notTaken(outcome, place, "the outcome of a command that has ended");
  }
  const kinds: readonly string[] = [...Object.values(INVOCATION_KINDS), "unrecognized"].filter(
    (each) => each !== "succeeded",
  );
  const mayRun = ["deliveryTimedOut", "unrecognized"];
  if (/Alarm/.test(command.StatusDetails ?? "")) mayRun.push("terminated");
  const only: readonly string[] = options?.only ?? kinds.filter((each) => !mayRun.includes(each));
  for (const each of only) checkOptions({ only: each }, { only: kinds }, place);
  const ids = nodes.flatMap((node) => (only.includes(node.kind) ? node.instanceId : []));
  if (ids.length === 0) return undefined;
  const shown = {
    ...command,
    Comment: unmarked(command.Comment),
    // A role without a topic is refused.
    ServiceRoleArn: command.NotificationConfig?.NotificationArn && command.ServiceRole,
    // Nobody asks for a region any more, but every command shows one [api-ssm-model].
    OutputS3Region: "",
    Targets: [],
    InstanceIds: ids.sort(),
  };
  const members = Object.keys(SEND_MEMBERS).map((name) => [name, member(shown, name)]);
  // Its document and these ids are among them.
  return askedFor(Object.fromEntries(members)) as NodesRequest;
}

/** What the service shows where a request left something out, besides what is empty [rec-2026-09-27-managed-execution]. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  DocumentVersion: "$DEFAULT",
  MaxConcurrency: "50",
  MaxErrors: "0",
  TimeoutSeconds: 3600,
};

/** Without what was left out, in the members that are objects, too; parameters may be empty on purpose. */
function askedFor(shown: object): object {
  const members = Object.entries(shown).map(([name, value]) => [
    name,
    isPlainObject(value) && name !== "Parameters" ? askedFor(value) : value,
  ]);
  return Object.fromEntries(
    members.filter(
      ([name, value]) =>
        value &&
        value !== DEFAULTS[name] &&
        (typeof value !== "object" || Object.keys(value).length),
    ),
  );
}
