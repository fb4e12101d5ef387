import type { EpochMs } from "../../time/clock.ts";
import type { Settings } from "../engine/settings.ts";
import { hasNotGivenUp } from "./agent-run-ends.ts";
import type { AgentRunState } from "./agent-run-state.ts";

/** How many documents an agent has. */
export interface AgentLoad {
  /** Those that it runs. */
  readonly running: number;
  /** Those that wait for a worker. */
  readonly queued: number;
}

/**
 * Where a command comes to that is sent to an agent: to a worker, which runs its document; to the queue of the agent; or
 * nowhere, because the agent cannot be reached or is full.
 */
export type Place = "worker" | "queue" | "unreachable" | "full";

/**
 * The place that an agent has for one more document: it runs five at a time and holds five more [agent-constants]
 * [agent-processor], whatever these documents do.
 */
export function placeIn(
  { running, queued }: AgentLoad,
  { agentWorkers, agentQueue }: Pick<Settings, "agentWorkers" | "agentQueue">,
): Exclude<Place, "unreachable"> {
  if (running < agentWorkers && queued === 0) return "worker";
  return queued < agentQueue ? "queue" : "full";
}

/**
 * Whether a run keeps a worker of its agent busy, which is until its document has ended. A process after which the agent is
 * not heard of again does not, and neither does a document that the agent has given up (our decision: nothing is known of
 * that agent any more).
 */
export function holdsWorker(run: AgentRunState): boolean {
  switch (run.stage) {
    case "waitsForNode":
    case "queued":
    case "replying":
    case "gone":
      return false;
    case "starting":
    case "asking":
      return hasNotGivenUp(run);
    case "running":
      return run.child === undefined
        ? run.process?.result.type !== "neverReplies"
        : holdsWorker(run.child);
  }
}

/** How often a command is offered to an agent that was full when it came [agent-mds-interactor]. */
const OFFERED_EVERY_MS = 10_000;

/** When a command that came at `since` is offered again to an agent that has a place since `at`. */
export function nextOfferAt(since: EpochMs, at: EpochMs): EpochMs {
  const rounds = Math.max(1, Math.ceil((at - since) / OFFERED_EVERY_MS));
  return since + rounds * OFFERED_EVERY_MS;
}
