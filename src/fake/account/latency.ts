import { type Duration, toMs } from "../../time/duration.ts";
import { checkNames } from "./check-options.ts";

/**
 * How late the service does things, as durations.
 *
 * @example
 * ```ts
 * const late: Partial<Latency> = { visibilityDelay: "1s" };
 * const fake = new FakeSsm({ nodes: [{ instanceId }], latency: late });
 * const { Command } = await fake.sendCommand(request);
 * const answer = await fake.listCommandInvocations({ CommandId: Command?.CommandId });
 * answer.CommandInvocations; //=> []
 * // The records do not exist for another second.
 * ```
 */
export interface Latency {
  /** From the moment the targets are known to the making of the invocation records. @default "0s" */
  readonly visibilityDelay: Duration;
  /** From SendCommand to the expansion of `Targets`. @default "0s" */
  readonly targetExpansionDelay: Duration;
  /** From the dispatch of an invocation to the start of its first process. @default "0s" */
  readonly startDelay: Duration;
  /** From the end of the last process to the moment the service knows. @default "0s" */
  readonly replyDelay: Duration;
  /** What an upload to S3 or CloudWatch Logs adds to `replyDelay`. @default "0s" */
  readonly uploadDelay: Duration;
  /** From CancelCommand to the kill of a running process. @default "0s" */
  readonly cancelLatency: Duration;
  /** From ExpiresAfter to DeliveryTimedOut (12 to 15 s in [rec-2026-09-27-timeouts]). @default "0s" */
  readonly expirySweepLag: Duration;
  /**
   * From dispatch to `Delayed`, when the agent does not answer (at the poll after 3 s in [rec-2026-09-27-timeouts]).
   * @default "3s"
   */
  readonly agentDelayedAfter: Duration;
  /** How often the alarm of a command is read, from its send on. @default "60s" */
  readonly alarmPollEvery: Duration;
  /**
   * From the loss of an agent to the PingStatus ConnectionLost (still Online after 84 s in [rec-2026-09-27-timeouts]).
   * @default "0s"
   */
  readonly pingLostAfter: Duration;
}

/**
 * Latencies by name: `instant` is as early as possible, `measured` as in recordings of the service, `worst` later than any
 * of them.
 *
 * @example
 * ```ts
 * const presets: readonly LatencyPreset[] = ["instant", "measured", "worst"];
 * for (const latency of presets) {
 *   const fake = new FakeSsm({ nodes: [{ tags: { Role: "web" } }], latency });
 *   (await deploy(fake)).kind; //=> "succeeded"
 * }
 * ```
 */
export type LatencyPreset = "instant" | "measured" | "worst";

/** The same in milliseconds. */
export type LatencyMs = Readonly<Record<keyof Latency, number>>;

const INSTANT: Latency = {
  visibilityDelay: "0s",
  targetExpansionDelay: "0s",
  startDelay: "0s",
  replyDelay: "0s",
  uploadDelay: "0s",
  cancelLatency: "0s",
  expirySweepLag: "0s",
  agentDelayedAfter: "3s",
  alarmPollEvery: "60s",
  pingLostAfter: "0s",
};

/**
 * What each preset means.
 *
 * - `measured` ([rec-2026-09-27-managed-execution] [rec-2026-09-27-timeouts] [rec-2026-10-01-alarms]): records 74 to 84 ms
 *   after the send; targets known by the poll at 3 s; a terminal reply visible 1 to 3 s after the end; 6 to 9 s more with
 *   uploads; a script killed 150 to 480 ms after CancelCommand; the expiry sweep 12 to 15 s late; an agent's heartbeat
 *   every 5 minutes [agent-constants].
 * - `worst` (our decision): about three times that, to break code that was tuned to the recordings. Pages that AWS may leave
 *   empty or short are so: the first one of ListDocuments and FilterLogEvents, and those of GetLogEvents.
 */
export const LATENCY_PRESETS: Readonly<Record<LatencyPreset, Latency>> = {
  instant: INSTANT,
  measured: {
    ...INSTANT,
    visibilityDelay: "80ms",
    targetExpansionDelay: "100ms",
    startDelay: "50ms",
    replyDelay: "1s",
    uploadDelay: "6s",
    cancelLatency: "300ms",
    expirySweepLag: "13s",
    pingLostAfter: "5m",
  },
  worst: {
    visibilityDelay: "3s",
    targetExpansionDelay: "9s",
    startDelay: "5s",
    replyDelay: "9s",
    uploadDelay: "27s",
    cancelLatency: "9s",
    expirySweepLag: "45s",
    agentDelayedAfter: "10s",
    alarmPollEvery: "180s",
    pingLostAfter: "15m",
  },
};

export function latencyOf(latency: LatencyPreset | Partial<Latency> = {}): LatencyMs {
  if (typeof latency === "string" && !Object.hasOwn(LATENCY_PRESETS, latency)) {
    throw new TypeError(
      `latency is ${JSON.stringify(latency)}. Use one of ${Object.keys(LATENCY_PRESETS).join(", ")}, or an object of durations.`,
    );
  }
  if (typeof latency !== "string") checkNames(latency, INSTANT, "latency");
  const chosen =
    typeof latency === "string" ? LATENCY_PRESETS[latency] : { ...INSTANT, ...latency };
  const ms = (name: keyof Latency) => toMs(chosen[name], `latency.${name}`);
  return {
    visibilityDelay: ms("visibilityDelay"),
    targetExpansionDelay: ms("targetExpansionDelay"),
    startDelay: ms("startDelay"),
    replyDelay: ms("replyDelay"),
    uploadDelay: ms("uploadDelay"),
    cancelLatency: ms("cancelLatency"),
    expirySweepLag: ms("expirySweepLag"),
    agentDelayedAfter: ms("agentDelayedAfter"),
    alarmPollEvery: ms("alarmPollEvery"),
    pingLostAfter: ms("pingLostAfter"),
  };
}
