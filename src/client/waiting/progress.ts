import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import type { OpenInvocationDetail } from "../../domain/status.ts";
import {
  INVOCATION_KINDS,
  type InvocationOutcome,
  invocationOutcome,
  kindOf,
} from "../outcomes/outcome.ts";
import { type Fleet, isEnded } from "./seen-invocations.ts";

/**
 * The state of a command and its invocations at one poll.
 *
 * @example
 * ```ts
 * fake.nodes.add({ tags: { Role: "web" }, behavior: succeeds({ after: "90s" }) }); // a second, slow one
 * const lines: string[] = [];
 * const onProgress = ({ counts, total }: CommandProgress) => lines.push(`${counts.succeeded} of ${total}`);
 * const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), Targets: tagTargets({ Role: "web" }) });
 * await sent.waitForTerminal({ onProgress, pollEvery: "1m" });
 * lines; //=> ["0 of 2", "1 of 2", "2 of 2"]
 * ```
 */
export interface CommandProgress {
  /** The command, as ListCommands just showed it. */
  readonly command: Command;
  /** How many nodes the command goes to, as far as the service knows yet. The counts add up to it. */
  readonly total: number;
  /**
   * The number of invocations by how they ended and, for those that are open, by phase. Invocations that are not listed yet
   * are `pending`; those that are `delayed` wait for a node that does not answer.
   */
  readonly counts: Readonly<
    Record<InvocationOutcome["kind"] | "pending" | "inProgress" | "delayed" | "cancelling", number>
  >;
  /** How many invocations have ended, however they ended. */
  readonly ended: number;
  /** How many of them did not succeed, for whatever reason. */
  readonly failed: number;
  /** The invocations whose end was first seen at this poll. */
  readonly justEnded: readonly InvocationOutcome[];
}

/** How a command stands. Adds the nodes of `justEnded` to `reported`, which is kept from poll to poll. */
export function progressOf(
  command: Command,
  { fleet, reported }: { readonly fleet: Fleet; readonly reported: Set<string> },
): CommandProgress {
  const counts = noneYet();
  const justEnded: InvocationOutcome[] = [];
  let ended = 0;
  for (const [id, invocation] of fleet) {
    if (!isEnded(invocation)) {
      counts[phaseOf(invocation)]++;
      continue;
    }
    const outcome = invocationOutcome(invocation);
    ended++;
    counts[outcome.kind]++;
    if (!reported.has(id)) justEnded.push(outcome);
    reported.add(id);
  }
  const total = Math.max(command.TargetCount ?? 0, fleet.size);
  counts.pending += total - fleet.size;
  return { command, total, counts, ended, failed: ended - counts.succeeded, justEnded };
}

/** The phase of an invocation that is open. */
export function phaseOf(invocation: CommandInvocation): OpenPhase | "unrecognized" {
  return kindOf(OPEN_PHASES, invocation);
}

/**
 * Where an invocation may stand that has not ended.
 *
 * @inline
 */
export type OpenPhase = Exclude<keyof CommandProgress["counts"], InvocationOutcome["kind"]>;

/** The phase of each detail that is not terminal. With `Delayed`, the status is Pending [rec-2026-09-27-timeouts]. */
const OPEN_PHASES = {
  Pending: "pending",
  InProgress: "inProgress",
  Delayed: "delayed",
  Cancelling: "cancelling",
} as const satisfies Record<OpenInvocationDetail, OpenPhase>;

function noneYet(): Record<keyof CommandProgress["counts"], number> {
  const names = [
    ...Object.values(OPEN_PHASES),
    ...Object.values(INVOCATION_KINDS),
    "unrecognized" as const,
  ];
  // Every name becomes a member here.
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<
    (typeof names)[number],
    number
  >;
}
