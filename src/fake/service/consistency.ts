import type { Duration } from "../../time/duration.ts";
import { toMs } from "../../time/duration.ts";

/** How late the service is. */
export interface ConsistencyDial {
  /** From the moment the targets are known to the making of the invocation records. @default "0s" */
  readonly visibilityDelay: Duration;
  /** From SendCommand to the expansion of `Targets`. @default "0s" */
  readonly targetExpansionDelay: Duration;
  /** From the dispatch of an invocation to the start of its first process. @default "0s" */
  readonly startDelay: Duration;
  /** From the end of the last process to the moment the service knows. @default "0s" */
  readonly replyDelay: Duration;
  /** What uploading to S3 or CloudWatch Logs adds to that. @default "0s" */
  readonly uploadDelay: Duration;
  /** From CancelCommand to the kill of a running process. @default "0s" */
  readonly cancelLatency: Duration;
  /** From ExpiresAfter to DeliveryTimedOut (seen 12 to 15 s late, 2026-09). @default "0s" */
  readonly expirySweepLag: Duration;
  /** From dispatch to `Delayed`, when the agent does not answer (seen at the poll after 3 s). @default "3s" */
  readonly agentDelayedAfter: Duration;
}

/** The same in milliseconds. */
export type Delays = Readonly<Record<keyof ConsistencyDial, number>>;

/** As soon as can be: what a test wants that is not about delays. */
export const INSTANT: ConsistencyDial = {
  visibilityDelay: "0s",
  targetExpansionDelay: "0s",
  startDelay: "0s",
  replyDelay: "0s",
  uploadDelay: "0s",
  cancelLatency: "0s",
  expirySweepLag: "0s",
  agentDelayedAfter: "3s",
};

export function delaysOf(dial: ConsistencyDial): Delays {
  return {
    visibilityDelay: toMs(dial.visibilityDelay, "consistency.visibilityDelay"),
    targetExpansionDelay: toMs(dial.targetExpansionDelay, "consistency.targetExpansionDelay"),
    startDelay: toMs(dial.startDelay, "consistency.startDelay"),
    replyDelay: toMs(dial.replyDelay, "consistency.replyDelay"),
    uploadDelay: toMs(dial.uploadDelay, "consistency.uploadDelay"),
    cancelLatency: toMs(dial.cancelLatency, "consistency.cancelLatency"),
    expirySweepLag: toMs(dial.expirySweepLag, "consistency.expirySweepLag"),
    agentDelayedAfter: toMs(dial.agentDelayedAfter, "consistency.agentDelayedAfter"),
  };
}
