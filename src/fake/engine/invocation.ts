import { INVOCATION_DETAILS, type InvocationDetail } from "../../domain/status.ts";
import type { EpochMs } from "../../time/clock.ts";

/** What the agent reports for one step. */
export interface PluginReply {
  readonly name: string;
  readonly detail: "Success" | "Failed" | "ExecutionTimedOut" | "Cancelled";
  readonly exitCode: number;
  readonly startedAt: EpochMs;
  readonly finishedAt: EpochMs;
  readonly stdout: string;
  readonly stderr: string;
  /** What `CommandPlugin.Output` merges instead of the two streams, where they differ [agent-cases]. */
  readonly merged?: { readonly stdout: string; readonly stderr: string };
  /** The agent skipped the step, or refused to run it. Why stands in `merged` [agent-run-plugins]. */
  readonly unrun?: "skipped" | "refused";
  /** Whether it has run a document whose steps were all skipped. */
  readonly isSkipped?: boolean;
}

/** A command on one node. */
export interface Invocation {
  readonly instanceId: string;
  readonly detail: InvocationDetail;
  readonly sentAt: EpochMs | undefined;
  readonly delayedAt: EpochMs | undefined;
  readonly cancelAskedAt: EpochMs | undefined;
  readonly endedAt: EpochMs | undefined;
  readonly plugins: readonly PluginReply[];
  /** Why the agent failed the document as a whole, if it did; it then reports no plugins. */
  readonly trace: string | undefined;
}

/** Why a node cannot be used, as the service has found out. */
export type Unusable = "Undeliverable" | "InvalidPlatform" | "AccessDenied";

export type InvocationEvent =
  | {
      readonly type:
        | "sent"
        | "agentSilent"
        | "agentBack"
        | "cancelAsked"
        /** The agent had not run any of it when the cancel came. */
        | "recalled"
        | "expired"
        | "stopped"
        | "alarmed";
      readonly at: EpochMs;
    }
  | {
      readonly type: "agentReplied";
      readonly at: EpochMs;
      readonly plugins: readonly PluginReply[];
      readonly trace?: string | undefined;
    }
  | { readonly type: "rejected"; readonly at: EpochMs; readonly as: Unusable };

export interface InvocationEffect {
  readonly type: "handToAgent" | "recallFromAgent";
}

/** Where an event leads: to a detail, to the result of the agent's replies, or to what the event says. */
export interface Move {
  readonly to: InvocationDetail | "asReplied" | "asGiven";
  readonly effects?: readonly InvocationEffect[];
}

const expires = { expired: { to: "DeliveryTimedOut" } } as const;
const isAlarmed = { alarmed: { to: "Terminated" } } as const;
const isRejected = { rejected: { to: "asGiven" } } as const;
const handToAgent = [{ type: "handToAgent" }] as const;
const recallFromAgent = [{ type: "recallFromAgent" }] as const;

/**
 * What may happen to an invocation. An event that a row does not name changes nothing. A terminal row is `{}`, so terminal
 * stays terminal by construction, and a reply after the delivery time-out is ignored (question 18 of docs/settings.md;
 * [rules-late-replies]).
 *
 * - `Delayed`: the agent cannot be reached; the command is delivered when it comes back before the expiry (up to the expiry
 *   [rec-2026-09-27-timeouts]; the return [guide-command-statuses]).
 * - `expired`: the service looks only for the agent's terminal reply, so it hits running ones too [guide-command-statuses].
 * - `stopped`: MaxErrors is exceeded. What is running goes on to its end [guide-send-multiple].
 * - `alarmed` hits the running ones too, whose processes go on [rec-2026-10-01-alarms].
 * - `cancelAsked` ends at once what the agent does not have (our decision); a running one ends when its process has.
 */
export const INVOCATION_LIFECYCLE = {
  Pending: {
    sent: { to: "InProgress", effects: handToAgent },
    cancelAsked: { to: "Cancelled" },
    stopped: { to: "Terminated" },
    ...expires,
    ...isAlarmed,
    ...isRejected,
  },
  InProgress: {
    agentSilent: { to: "Delayed" },
    // The agent was back before its absence was noticed.
    agentBack: { to: "InProgress", effects: handToAgent },
    agentReplied: { to: "asReplied" },
    cancelAsked: { to: "Cancelling", effects: recallFromAgent },
    ...expires,
    ...isAlarmed,
    ...isRejected,
  },
  Delayed: {
    agentBack: { to: "InProgress", effects: handToAgent },
    cancelAsked: { to: "Cancelled" },
    ...expires,
    ...isAlarmed,
    ...isRejected,
  },
  Cancelling: {
    agentReplied: { to: "asReplied" },
    recalled: { to: "Cancelled" },
    ...expires,
    ...isAlarmed,
    ...isRejected,
  },
  Success: {},
  Failed: {},
  ExecutionTimedOut: {},
  DeliveryTimedOut: {},
  Cancelled: {},
  Undeliverable: {},
  Terminated: {},
  InvalidPlatform: {},
  AccessDenied: {},
} as const satisfies Record<InvocationDetail, { readonly [E in InvocationEvent["type"]]?: Move }>;

export function newInvocation(instanceId: string): Invocation {
  return {
    instanceId,
    detail: "Pending",
    sentAt: undefined,
    delayedAt: undefined,
    cancelAskedAt: undefined,
    endedAt: undefined,
    plugins: NO_PLUGINS,
    trace: undefined,
  };
}

/** The record after the event, and what the service has to do next. The same record means that nothing happened. */
export function nextInvocation(
  invocation: Invocation,
  event: InvocationEvent,
): readonly [next: Invocation, effects: readonly InvocationEffect[]] {
  const moves: { readonly [E in InvocationEvent["type"]]?: Move } =
    INVOCATION_LIFECYCLE[invocation.detail];
  const move = moves[event.type];
  if (move === undefined) return [invocation, NO_EFFECTS];
  const detail = destination(move.to, event);
  const next: Invocation = {
    instanceId: invocation.instanceId,
    detail,
    sentAt: event.type === "sent" ? event.at : invocation.sentAt,
    delayedAt: event.type === "agentSilent" ? event.at : invocation.delayedAt,
    cancelAskedAt: event.type === "cancelAsked" ? event.at : invocation.cancelAskedAt,
    endedAt: INVOCATION_DETAILS[detail].terminal ? event.at : undefined,
    plugins: event.type === "agentReplied" ? event.plugins : invocation.plugins,
    trace: event.type === "agentReplied" ? event.trace : invocation.trace,
  };
  return [next, move.effects ?? NO_EFFECTS];
}

/**
 * One result for the replies of all steps: Failed before ExecutionTimedOut before Cancelled before Success; skipped steps
 * do not count. [agent-aggregator] calls this order a contract between service and agent.
 */
export function rollUpPlugins(plugins: readonly PluginReply[]): PluginReply["detail"] {
  const [only] = plugins;
  if (only !== undefined && plugins.length === 1 && only.unrun === undefined) return only.detail;
  const ran = plugins.filter(({ unrun }) => unrun !== "skipped");
  return PLUGIN_PRECEDENCE.find((detail) => ran.some((p) => p.detail === detail)) ?? "Success";
}

const PLUGIN_PRECEDENCE = ["Failed", "ExecutionTimedOut", "Cancelled", "Success"] as const;
const NO_EFFECTS: readonly InvocationEffect[] = [];
const NO_PLUGINS: readonly PluginReply[] = [];

function destination(to: Move["to"], event: InvocationEvent): InvocationDetail {
  if (to === "asReplied") {
    const isWhole = event.type === "agentReplied" && event.trace === undefined;
    return isWhole ? rollUpPlugins(event.plugins) : "Failed";
  }
  if (to === "asGiven") return event.type === "rejected" ? event.as : "Undeliverable";
  return to;
}
