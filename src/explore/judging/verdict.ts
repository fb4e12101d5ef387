import type { SaidWord, Verdict } from "../report.ts";

/** What was seen of a run of a function in a world. */
export interface Seen {
  readonly hung: boolean;
  readonly sentTwice: boolean;
  /** What the function said; undefined if it hung. */
  readonly said: SaidWord | undefined;
  /** Whether it threw, and if so, whether a fault of the world caused that. */
  readonly threw: "no" | "aFault" | "anError";
  /** Whether it sent anything. */
  readonly sent: boolean;
  /** Whether a command was open when it returned. */
  readonly leftOpen: boolean;
  /** How its commands ended, once the world was played on. */
  readonly truth: SaidWord;
}

/** What is wrong, if anything: the first verdict that holds. */
export function verdictOf(seen: Seen): Verdict | undefined {
  const { hung, sentTwice, said, threw, leftOpen, truth } = seen;
  if (hung) return "hung";
  if (sentTwice) return "sentTwice";
  if (said === "succeeded" && (leftOpen || truth !== "succeeded")) return "lied";
  if (isRightlyThrown(seen)) return undefined;
  if (threw !== "no") return "threw";
  // Who says that it still runs while it does is not wrong about that.
  const isHonest = said === "running" && leftOpen;
  if (truth === "succeeded" && said !== "succeeded" && !isHonest) return "falseAlarm";
  return leftOpen ? "leftRunning" : undefined;
}

/** The truth as an entry shows it: of what was called a success too early, that it still ran. */
export function shownTruth({ said, leftOpen, truth }: Seen): SaidWord {
  return said === "succeeded" && leftOpen ? "running" : truth;
}

/** Whether an error was in place: a fault of the world caused it, or something was sent that did not succeed. */
function isRightlyThrown({ threw, sent, truth }: Seen): boolean {
  if (threw === "no") return false;
  return threw === "aFault" || (sent && truth !== "succeeded");
}
