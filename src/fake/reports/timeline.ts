import { INVOCATION_DETAILS, type InvocationDetail } from "../../domain/status.ts";
import type { EpochMs } from "../../time/clock.ts";
import { formatElapsed } from "../../time/duration.ts";
import type { Account } from "../account/account.ts";
import { type CommandRecord, isByTargets } from "../account/command-record.ts";
import type { RefusedCall } from "../calls/journal.ts";
import type { Invocation } from "../engine/invocation.ts";
import { rollUpInvocations } from "../engine/roll-up.ts";

/** What happened, when, and to which command or node. */
interface Line {
  readonly at: EpochMs;
  readonly subject: string;
  readonly what: string;
  readonly move: string;
}

/** What a timeline is made of beside the commands. */
interface TimelineParts {
  readonly account: Account;
  /** The calls that were refused and are still kept. */
  readonly refused: readonly RefusedCall[];
  readonly since: EpochMs;
}

/**
 * What happened to commands, as text: a line for every send, dispatch, delay, cancel and end, and for every call that was
 * refused, in order, with the time since `since`. Computed from the records and the journal, so that nothing is stored for
 * it.
 */
export function formatTimeline(
  commands: readonly CommandRecord[],
  { account, refused, since }: TimelineParts,
): string {
  const lines = [
    ...commands.flatMap((command) => linesOf(command, account)),
    ...refused.map(lineOfRefusal),
  ];
  const ordered = lines
    .map((line, order) => ({ line, order }))
    .sort((a, b) => a.line.at - b.line.at || a.order - b.order)
    .map(({ line }) => line);
  const width = (text: (line: Line) => string) =>
    ordered.reduce((widest, line) => Math.max(widest, text(line).length), 0);
  const subjects = width(({ subject }) => subject);
  const whats = width(({ what }) => what);
  return ordered
    .map(({ at, subject, what, move }) =>
      [formatElapsed(at - since), subject.padEnd(subjects), what.padEnd(whats), move].join("  "),
    )
    .join("\n");
}

/** The most characters of a sentence in a line. */
const MOST_CHARACTERS = 300;

function lineOfRefusal({ at, operation, name, message = "", why = "" }: RefusedCall): Line {
  const said = [message, why === "" ? "" : `(${why})`].filter((part) => part !== "").join(" ");
  const text = said.replace(/\s+/g, " ");
  const cut = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return { at, subject: "refused", what: operation, move: cut === "" ? name : `${name}: ${cut}` };
}

function linesOf(command: CommandRecord, account: Account): readonly Line[] {
  const name = `${command.commandId.slice(0, 8)}…`;
  const { details } = rollUpInvocations(command.state.rollout, account.settings);
  const sent = {
    at: command.requestedAt,
    subject: name,
    what: `SendCommand ${command.request.DocumentName} → ${targetsOf(command)}`,
    move: "Pending",
  };
  const ended =
    command.state.closedAt === undefined
      ? []
      : [{ at: command.state.closedAt, subject: name, what: "ended", move: `→ ${details}` }];
  const remarks = command.remarks.map(({ at, instanceId, text }) => {
    return { at, subject: instanceId, what: "note", move: text };
  });
  const moves = command.invocations.flatMap((each) => linesOfInvocation(each));
  return [sent, ...moves, ...remarks, ...ended];
}

function linesOfInvocation(invocation: Invocation): readonly Line[] {
  const { instanceId: subject, sentAt, delayedAt, cancelAskedAt, endedAt, detail } = invocation;
  const lines: Line[] = [];
  let from: InvocationDetail = "Pending";
  const add = (at: EpochMs | undefined, what: string, to: InvocationDetail) => {
    if (at === undefined) return;
    lines.push({ at, subject, what, move: from === to ? to : `${from} → ${to}` });
    from = to;
  };
  add(sentAt, "sent", "InProgress");
  add(delayedAt, "does not answer", "Delayed");
  if (detail !== "Cancelled" || endedAt !== cancelAskedAt) {
    add(cancelAskedAt, "cancel asked", "Cancelling");
  }
  if (INVOCATION_DETAILS[detail].terminal) add(endedAt, endOf(invocation), detail);
  return lines;
}

function endOf({ plugins, detail, trace }: Invocation): string {
  if (trace !== undefined) return "document failed as a whole";
  const decisive = plugins.find((plugin) => plugin.detail === detail) ?? plugins.at(-1);
  return decisive === undefined ? "ended unheard" : `ended with exit code ${decisive.exitCode}`;
}

function targetsOf(command: CommandRecord): string {
  const { Targets = [], InstanceIds = [] } = command.request;
  if (!isByTargets(command)) return InstanceIds.join(", ");
  const targets = Targets.map(({ Key, Values = [] }) => `${Key}=${Values.join(",")}`).join(" ");
  return `${targets} (${command.targetCount} node${command.targetCount === 1 ? "" : "s"})`;
}
