import type { EpochMs } from "../../time/clock.ts";
import { type Duration, isDuration, toMs } from "../../time/duration.ts";
import type { InvocationEvent } from "../engine/invocation.ts";

/**
 * By how much the clock of a node is ahead, or with a minus behind.
 *
 * @inline
 */
export type ClockSkew = Duration | `-${Duration}`;

/**
 * The most that a clock may be off: a request whose signature is more than five minutes away from the service's time is refused,
 * so that the agent is not heard of at all [report-agent-skew].
 */
const MOST_SKEW_MS = 300_000;

/** Whether a string is a skew with which the agent can still speak to the service. */
export function isClockSkew(text: string): text is ClockSkew {
  return isDuration(text.replace(/^-/, "")) && Math.abs(skewMs(text as ClockSkew)) <= MOST_SKEW_MS;
}

/**
 * What the clock of a node says. The agent stamps what it reports with it: start and end of a plugin [agent-run-plugins], and
 * events of CloudWatch Logs [agent-logs-publisher]. What the service stamps is the service's time, and no time-out knows the skew.
 */
export function onClockOf({ clockSkew }: { readonly clockSkew: ClockSkew }, at: EpochMs): EpochMs {
  return clockSkew === "0s" ? at : at + skewMs(clockSkew);
}

/** What the agent of a node tells, with the times of its clock. */
export function stampedBy<Event extends InvocationEvent>(
  node: { readonly clockSkew: ClockSkew },
  event: Event,
): Event {
  if (event.type !== "agentReplied" || node.clockSkew === "0s") return event;
  const plugins = event.plugins.map((plugin) => ({
    ...plugin,
    startedAt: onClockOf(node, plugin.startedAt),
    finishedAt: onClockOf(node, plugin.finishedAt),
  }));
  return { ...event, plugins };
}

function skewMs(skew: ClockSkew): number {
  const isBehind = skew.startsWith("-");
  // A skew is a duration, perhaps behind a minus.
  const ms = toMs((isBehind ? skew.slice(1) : skew) as Duration, "clockSkew");
  return isBehind ? -ms : ms;
}
