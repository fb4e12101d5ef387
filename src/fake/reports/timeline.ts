import type { OptionTable } from "../../domain/options.ts";
import type { InvocationDetail } from "../../domain/status.ts";
import type { EpochMs } from "../../time/clock.ts";
import { formatElapsed } from "../../time/duration.ts";
import type { Account } from "../account/account.ts";
import { type CommandRecord, isByTargets } from "../account/command-record.ts";
import type { RefusedCall } from "../calls/journal.ts";
import type { Invocation } from "../engine/invocation.ts";
import { reachedDetails } from "../engine/reached-details.ts";
import { rollUpInvocations } from "../engine/roll-up.ts";

/**
 * What to show of the timeline.
 *
 * @inline
 */
export type TimelineOptions = {
  /** That command only, and the refused calls that named it. @default all commands */
  readonly commandId?: string | undefined;
};

/** The options of `fake.timeline()`. */
export const TIMELINE_OPTIONS = {
  commandId: "a string",
} as const satisfies OptionTable<TimelineOptions>;

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

/** How many lines are looked at between two pieces. */
const LINES_PER_PIECE = 5_000;

/**
 * What happened to commands, as text: a line for every send, dispatch, delay, cancel and end, and for every call that was
 * refused, in order, with the time since `since`. Computed from the records and the journal, so that nothing is stored for
 * it.
 *
 * It comes piece by piece, for those who have to let other code run in between: a piece is text, or empty while the lines are
 * still being put in order.
 */
export function* timelineInPieces(
  commands: readonly CommandRecord[],
  { account, refused, since }: TimelineParts,
): Generator<string, void> {
  let subjects = 0;
  let whats = 0;
  let sorted: (readonly Line[])[] = [];
  let lines: Line[] = [];
  for (const line of linesOfAll(commands, { account, refused })) {
    subjects = Math.max(subjects, line.subject.length);
    whats = Math.max(whats, line.what.length);
    lines.push(line);
    if (lines.length < LINES_PER_PIECE) continue;
    sorted.push(inOrder(lines));
    lines = [];
    yield "";
  }
  sorted.push(inOrder(lines));
  while (sorted.length > 1) {
    const merged: (readonly Line[])[] = [];
    for (let index = 0; index < sorted.length; index += 2) {
      merged.push(yield* inOneOrder(sorted[index] ?? [], sorted[index + 1] ?? []));
    }
    sorted = merged;
  }
  const [all = []] = sorted;
  for (let from = 0; from < all.length; from += LINES_PER_PIECE) {
    const text = all
      .slice(from, from + LINES_PER_PIECE)
      .map(({ at, subject, what, move }) =>
        [formatElapsed(at - since), subject.padEnd(subjects), what.padEnd(whats), move].join("  "),
      )
      .join("\n");
    yield from === 0 ? text : `\n${text}`;
  }
}

/** Lines of one instant stay as they were. */
function inOrder(lines: readonly Line[]): readonly Line[] {
  return [...lines].sort((a, b) => a.at - b.at);
}

/** Two lists that are in order as one; at one instant, the first comes first. Yields while it works. */
function* inOneOrder(
  first: readonly Line[],
  second: readonly Line[],
): Generator<string, readonly Line[]> {
  const all: Line[] = [];
  let [at, other] = [0, 0];
  for (;;) {
    const [a, b] = [first[at], second[other]];
    if (a === undefined && b === undefined) return all;
    if (b === undefined || (a !== undefined && a.at <= b.at)) {
      if (a !== undefined) all.push(a);
      at++;
    } else {
      all.push(b);
      other++;
    }
    if (all.length % LINES_PER_PIECE === 0) yield "";
  }
}

function* linesOfAll(
  commands: readonly CommandRecord[],
  { account, refused }: Pick<TimelineParts, "account" | "refused">,
): Generator<Line, void> {
  for (const command of commands) yield* linesOf(command, account);
  for (const call of refused) yield lineOfRefusal(call);
}

/** The most characters of a sentence in a line. */
const MOST_CHARACTERS = 300;

function lineOfRefusal({ at, operation, name, message = "", why = "" }: RefusedCall): Line {
  const said = [message, why === "" ? "" : `(${why})`].filter((part) => part !== "").join(" ");
  const text = cut(said.slice(0, 2 * MOST_CHARACTERS).replace(/\s+/g, " "), MOST_CHARACTERS);
  const move = text === "" ? name : `${name}: ${text}`;
  return { at, subject: "refused", what: cut(operation, 60), move };
}

function* linesOf(command: CommandRecord, account: Account): Generator<Line, void> {
  const name = `${command.commandId.slice(0, 8)}…`;
  const { details } = rollUpInvocations(command.state.rollout, account.settings);
  yield {
    at: command.requestedAt,
    subject: name,
    what: `SendCommand ${command.request.DocumentName} → ${targetsOf(command)}`,
    move: "Pending",
  };
  for (const invocation of command.invocations) yield* linesOfInvocation(invocation);
  for (const { at, instanceId, text } of command.remarks) {
    yield { at, subject: instanceId, what: "note", move: text };
  }
  const { closedAt } = command.state;
  if (closedAt !== undefined) {
    yield { at: closedAt, subject: name, what: "ended", move: `→ ${details}` };
  }
}

function linesOfInvocation(invocation: Invocation): readonly Line[] {
  let from: InvocationDetail = "Pending";
  return reachedDetails(invocation).map(({ at, detail: to }) => {
    const move = from === to ? to : `${from} → ${to}`;
    from = to;
    return { at, subject: invocation.instanceId, what: causeOf(to, invocation), move };
  });
}

function causeOf(to: InvocationDetail, invocation: Invocation): string {
  switch (to) {
    case "InProgress":
      return "sent";
    case "Delayed":
      return "does not answer";
    case "Cancelling":
      return "cancel asked";
    default:
      return endOf(invocation);
  }
}

function endOf({ plugins, detail, trace }: Invocation): string {
  if (trace !== undefined) return "document failed as a whole";
  const decisive = plugins.find((plugin) => plugin.detail === detail) ?? plugins.at(-1);
  return decisive === undefined ? "ended unheard" : `ended with exit code ${decisive.exitCode}`;
}

function targetsOf(command: CommandRecord): string {
  const { Targets = [], InstanceIds = [] } = command.request;
  if (!isByTargets(command)) return cut(InstanceIds.join(", "), MOST_TARGETS);
  const targets = Targets.map(({ Key, Values = [] }) => `${Key}=${Values.join(",")}`).join(" ");
  const count = `(${command.targetCount} node${command.targetCount === 1 ? "" : "s"})`;
  return `${cut(targets, MOST_TARGETS)} ${count}`;
}

/** The most characters of targets in a line: every line is as wide as the widest. */
const MOST_TARGETS = 200;

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
