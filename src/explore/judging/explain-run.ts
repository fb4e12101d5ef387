import { COMMAND_DETAILS } from "../../domain/command-details.ts";
import type { SaidWord } from "../report.ts";
import type { RunInWorld } from "../run-world.ts";

/** The most characters of an error in a sentence. */
const MOST_CHARACTERS = 160;

/** How an end reads in a sentence. */
const ENDS: Readonly<Record<SaidWord, string>> = {
  succeeded: "succeeded",
  failed: "failed",
  partly: "succeeded on some nodes only",
  cancelled: "was cancelled",
  none: "found no node",
  running: "did not end",
};

/** What is wrong in a run, in one sentence. */
export function explainRun(run: RunInWorld): string {
  const { verdict, got, truth, ended, error } = run;
  const isEarly = run.leftOpen ? "while the command was still running" : undefined;
  switch (verdict) {
    case undefined:
      return "Nothing is wrong.";
    case "hung":
      return hanging(run);
    case "sentTwice":
      return `It sent the same command more than once: ${run.sent} commands, and two have equal document, parameters and targets.`;
    case "lied":
      if (run.sent === 0) return "It said succeeded, and sent nothing.";
      if (truth !== "running") return `It said succeeded, and ${endedAs(run)}.`;
      return `It said succeeded ${isEarly}, which later ${ENDS[ended]}.`;
    case "threw":
      return `It threw ${shortly(error)}, which is no fault's error, ${run.sent === 0 ? "and sent nothing" : `although ${endedAs(run)}`}.`;
    case "falseAlarm":
      return `It said ${got}${isEarly === undefined ? ", and the command" : ` ${isEarly}, which later`} succeeded.`;
    case "leftRunning":
      return `It ${error === undefined ? `said ${got}` : `threw ${shortly(error)}`} ${isEarly}, which later ${ENDS[ended]}.`;
  }
}

function hanging(run: RunInWorld): string {
  const since =
    run.sent === 0
      ? "its start, without a command that was sent"
      : `the command ${ENDS[run.ended]}`;
  switch (run.hungBy) {
    case "hours":
      return `It did not return in the three hours after ${since}.`;
    case "callsAfterEnd":
      return `It made 5,000 calls after ${since}, and did not return.`;
    case "callsAtOnce":
      return "It made 5,000 calls within ten minutes, and did not return.";
    case "clock":
      return "It did not return: something in it goes on for ever without time moving on.";
    case "realTime":
      return "It did not return, and nothing moved in it any more.";
    case "standstill":
    case "budget":
    case undefined:
      return "It did not return: it awaits something that never comes, and no timer, call or real work of it is left.";
  }
}

/** How the command ended, with the reason, in one clause. */
function endedAs({ fake, ended }: RunInWorld): string {
  if (ended === "succeeded") return "the command succeeded";
  const last = fake
    .records()
    .findLast(({ standing }) => COMMAND_DETAILS[standing.details].terminal);
  const [why] = fake.explain(last?.commandId).causes;
  return `the command ${ENDS[ended]}${why === undefined ? "" : ` (${[why.kind, nodesOf(why.nodes)].filter(Boolean).join(" on ")}: ${why.rule})`}`;
}

function nodesOf(nodes: readonly string[]): string {
  const [first = "", ...others] = nodes;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** An error, short enough for a sentence. */
function shortly(error = "an error"): string {
  const [line = ""] = error.split("\n");
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
}
