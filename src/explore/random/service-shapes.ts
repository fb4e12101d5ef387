import type { LatencyOptions, LatencyPreset, Settings } from "../../fake/index.ts";
import type { WorldLimits, WorldPages } from "../world.ts";
import {
  constant,
  integer,
  listOf,
  mapped,
  maybe,
  oneOf,
  oneOfValues,
  record,
  type Shape,
} from "./shape.ts";
import { delays } from "./time-shapes.ts";

/** Limits of a rollout, as counts and percentages that SendCommand takes. */
export function limitShape(): Shape<WorldLimits> {
  return record({
    MaxConcurrency: maybe(60, oneOf([2, texts(1, 10)], [1, percents(1)], [1, constant("100%")])),
    MaxErrors: maybe(60, oneOf([2, texts(0, 10)], [1, percents(0)], [1, constant("100%")])),
  });
}

function texts(min: number, max: number): Shape<string> {
  return mapped(integer(min, max), String);
}

function percents(min: number): Shape<string> {
  return mapped(integer(min, 100), (count) => `${count}%`);
}

/** How late the service is: a preset, or some delays. None is much later than in the preset `worst`. */
export function latencyShape(): Shape<LatencyPreset | LatencyOptions> {
  return oneOf<LatencyPreset | LatencyOptions>(
    [1, oneOfValues("instant", "worst")],
    [
      2,
      record({
        callDelay: maybe(20, delays(3)),
        sendAnswerDelay: maybe(15, delays(3)),
        visibilityDelay: maybe(40, delays(15)),
        targetExpansionDelay: maybe(30, delays(12)),
        idExpansionDelay: maybe(20, delays(12)),
        startDelay: maybe(20, delays(10)),
        replyDelay: maybe(30, delays(15)),
        uploadDelay: maybe(15, delays(30)),
        cancelLatency: maybe(15, delays(20)),
        expirySweepLag: maybe(15, delays(60)),
        agentDelayedAfter: maybe(20, delays(60)),
        alarmPollEvery: maybe(10, oneOfValues("30s", "60s", "180s")),
        pingLostAfter: maybe(10, oneOfValues("1m", "5m", "15m")),
        otherwise: maybe(20, oneOfValues("instant", "worst")),
      }),
    ],
  );
}

/** Pages that are short, and a first one that is empty. */
export function pageShape(): Shape<WorldPages> {
  return record({
    most: maybe(75, integer(1, 3)),
    emptyFirst: maybe(50, constant(true)),
  });
}

/**
 * What nobody has recorded, read otherwise than by default: one to three of the open questions of docs/settings.md. Those are
 * left out by which the caller's own request is refused, or output lies elsewhere.
 */
export function settingShape(): Shape<Partial<Settings>> {
  const answers = oneOf<Partial<Settings>>(
    ...otherAnswers().map((each) => [2, constant(each)] as const),
    [1, mapped(integer(1, 10), (pendingInvocationQuota) => ({ pendingInvocationQuota }))],
    [1, mapped(integer(1, 10), (agentWorkers) => ({ agentWorkers }))],
    [1, mapped(integer(0, 10), (agentQueue) => ({ agentQueue }))],
  );
  return mapped(listOf(answers, { min: 1, max: 3 }), (each) => Object.assign({}, ...each));
}

function otherAnswers(): readonly Partial<Settings>[] {
  return [
    { incompleteStatus: "Failed" },
    { incompleteDetails: "Success" },
    { errorLimit: "reached" },
    { deliveryTimeoutLimit: "reached" },
    { limitPrecedence: "DeliveryTimedOut" },
    { undeliverableAmongSuccess: "Incomplete" },
    { partialCancel: "Success" },
    { partialCancel: "Cancelled" },
    { percentRounding: "ceil" },
    { percentRounding: "round" },
    { delayedHoldsSlot: false },
    { ramp: "ack" },
    { ramp: "complete" },
    { terminatedAt: "close" },
    { showCancelling: true },
    { delayedStatus: "Delayed" },
    { limitExceededStatus: "Cancelled" },
    { skippedStatus: "Cancelled" },
    { liveCounters: true },
    { unstartedTimes: "empty" },
    { stderrLimit: 8_000 },
    { untimedDocument: "perStep" },
    { eventParameters: "object" },
  ];
}
