import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type Optional, type OptionTable, wordAdvice } from "../../domain/options.ts";
import { type Duration, toMs } from "../../time/duration.ts";

/**
 * How late the service does things, as durations. What calls take (`callDelay`, `sendAnswerDelay`) passes on a `VirtualClock`
 * that skips; elsewhere they take nothing, but for SendCommand of a fake that is served on the wall clock.
 * docs/decisions/time.md says why.
 *
 * @example
 * ```ts
 * const late: LatencyOptions = { visibilityDelay: "1s" };
 * const fake = new FakeSsm({ nodes: [{ instanceId }], latency: late });
 * const { Command } = await fake.sendCommand(request);
 * const answer = await fake.listCommandInvocations({ CommandId: Command?.CommandId });
 * answer.CommandInvocations; //=> []
 * // The records do not exist for another second.
 * ```
 */
export interface Latency {
  /** From the start of a call to the moment the service looks at it; SendCommand is looked at when it is made. @default "100ms" */
  readonly callDelay: Duration;
  /** From the moment SendCommand reaches the service to its answer. @default "70ms" */
  readonly sendAnswerDelay: Duration;
  /**
   * From the moment the targets are known to the making of the invocation records. Ids of nodes are known when the answer to
   * SendCommand leaves. @default "0s"
   */
  readonly visibilityDelay: Duration;
  /** From SendCommand to the expansion of `Targets` that do not list ids. @default "200ms" */
  readonly targetExpansionDelay: Duration;
  /**
   * From the answer to SendCommand to the expansion of `Targets` that list ids of nodes; a `targetExpansionDelay` of your own
   * counts for them, too, unless you give this. @default "0s"
   */
  readonly idExpansionDelay: Duration;
  /** From the dispatch of an invocation to the start of its first process. @default "140ms" */
  readonly startDelay: Duration;
  /** From the end of the last process to the moment the service knows. @default "140ms" */
  readonly replyDelay: Duration;
  /** What an upload to S3 or CloudWatch Logs adds to `replyDelay`. @default "7.5s" */
  readonly uploadDelay: Duration;
  /** From CancelCommand to the kill of a running process. @default "300ms" */
  readonly cancelLatency: Duration;
  /** From ExpiresAfter to DeliveryTimedOut (12 to 15 s in [rec-2026-09-27-timeouts]). @default "13s" */
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
   * @default "5m"
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

/**
 * Durations of your own, and what those that are left out are like.
 *
 * @example
 * ```ts
 * const latency: LatencyOptions = { cancelLatency: "20s", otherwise: "instant" };
 * const fake = new FakeSsm({ nodes: [{ behavior: hangs() }], latency });
 * ```
 */
export interface LatencyOptions extends Optional<Latency> {
  /** The preset that has the durations which are left out. @default "measured" */
  readonly otherwise?: LatencyPreset | undefined;
}

/** The same in milliseconds. */
export type LatencyMs = Readonly<Record<keyof Latency, number>>;

const INSTANT: Latency = {
  callDelay: "0s",
  sendAnswerDelay: "0s",
  visibilityDelay: "0s",
  targetExpansionDelay: "0s",
  idExpansionDelay: "0s",
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
 * - `instant`: nothing is late, and calls take no time; only that a silent node is Delayed after 3 s, and an alarm is read every
 *   60 s, is as in `measured`.
 * - `measured` ([rec-2026-09-27-managed-execution] [rec-2026-09-27-timeouts] [rec-2026-10-01-alarms]): SendCommand is answered
 *   some 70 ms after RequestedDateTime; records of ids carry 74 to 84 ms, and a look after the answer found them; those of
 *   tags came at 198 ms; a process starts 141 to 179 ms after its record, and 281 ms after the one before it in its place of MaxConcurrency; a
 *   reply arrives some 140 ms after the end, and 6 to 9 s later with uploads; a script is killed 150 to 480 ms after
 *   CancelCommand; the expiry sweep is 12 to 15 s late; an agent's heartbeat comes every 5 minutes [agent-constants]. That a
 *   call takes 0.1 s is our decision.
 * - `worst` (our decision): about three times that or more, to break code that was tuned to the recordings. Pages that AWS may
 *   leave empty or short are so: the first one of ListDocuments and FilterLogEvents, and those of GetLogEvents; `pages` changes that.
 */
export const LATENCY_PRESETS: Readonly<Record<LatencyPreset, Latency>> = {
  instant: INSTANT,
  measured: {
    ...INSTANT,
    callDelay: "100ms",
    sendAnswerDelay: "70ms",
    targetExpansionDelay: "200ms",
    startDelay: "140ms",
    replyDelay: "140ms",
    uploadDelay: "7.5s",
    cancelLatency: "300ms",
    expirySweepLag: "13s",
    pingLostAfter: "5m",
  },
  worst: {
    callDelay: "300ms",
    sendAnswerDelay: "210ms",
    visibilityDelay: "3s",
    targetExpansionDelay: "9s",
    idExpansionDelay: "9s",
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

/** The members of a latency that is an object; its durations are checked where they are read. */
export const LATENCY_OPTIONS = {
  callDelay: "any",
  sendAnswerDelay: "any",
  visibilityDelay: "any",
  targetExpansionDelay: "any",
  idExpansionDelay: "any",
  startDelay: "any",
  replyDelay: "any",
  uploadDelay: "any",
  cancelLatency: "any",
  expirySweepLag: "any",
  agentDelayedAfter: "any",
  alarmPollEvery: "any",
  pingLostAfter: "any",
  otherwise: ["instant", "measured", "worst"],
} as const satisfies OptionTable<LatencyOptions>;

/** The preset of a fake that is told none. */
export const DEFAULT_LATENCY = "measured" satisfies LatencyPreset;

/** The preset that an option is, or that it takes the rest from. */
export function presetOf(latency: LatencyPreset | LatencyOptions = DEFAULT_LATENCY): LatencyPreset {
  // JavaScript callers can give anything.
  return isObject(latency) ? (latency.otherwise ?? DEFAULT_LATENCY) : latency;
}

export function latencyOf(latency: LatencyPreset | LatencyOptions = DEFAULT_LATENCY): LatencyMs {
  const otherwise = presetOf(latency);
  if (isObject(latency)) checkOptions(latency, LATENCY_OPTIONS, "latency");
  const { otherwise: _, ...given }: LatencyOptions = isObject(latency) ? latency : {};
  if (!Object.hasOwn(LATENCY_PRESETS, otherwise)) {
    const presets = Object.keys(LATENCY_PRESETS);
    const advice = wordAdvice(otherwise, presets, ", or an object of durations");
    throw new TypeError(`latency is ${inMessage(latency)}. ${advice}`);
  }
  const stated = Object.entries(given).filter(([, duration]) => duration !== undefined);
  const { targetExpansionDelay } = given;
  const chosen: Latency = {
    ...LATENCY_PRESETS[otherwise],
    ...(targetExpansionDelay === undefined ? {} : { idExpansionDelay: targetExpansionDelay }),
    ...Object.fromEntries(stated),
  };
  const ms = (name: keyof Latency) => toMs(chosen[name], `latency.${name}`);
  return {
    callDelay: ms("callDelay"),
    sendAnswerDelay: ms("sendAnswerDelay"),
    visibilityDelay: ms("visibilityDelay"),
    targetExpansionDelay: ms("targetExpansionDelay"),
    idExpansionDelay: ms("idExpansionDelay"),
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

function isObject(latency: unknown): latency is LatencyOptions {
  return typeof latency === "object" && latency !== null;
}
