/** Limits and patterns that client and fake share, as [api-ssm-model] states them unless another source is named. */

/** The most ids that one request may name in `InstanceIds`. */
export const MAX_INSTANCE_IDS = 50;

/** Items of a page of a listing, at most and by default (the default is our decision: question 30 of docs/settings.md). */
export const MAX_PAGE_SIZE = 50;

/** Bounds of `TimeoutSeconds`, the time for delivery in seconds, and its default [rec-2019-send-command]. */
export const TIMEOUT_SECONDS = { least: 30, most: 2_592_000, byDefault: 3_600 } as const;

/** Bounds of a step's execution time-out in seconds; outside of them the agent takes the default [agent-plugin-util]. */
export const EXECUTION_TIMEOUT_SECONDS = { least: 5, most: 172_800, byDefault: 3_600 } as const;

/** What `MaxConcurrency` and `MaxErrors` are when a request leaves them out. */
export const RATE_DEFAULTS = { maxConcurrency: "50", maxErrors: "0" } as const;

/** A name that CloudWatch Logs takes for a log group: 1 to 512 of these characters [logs-service-model]. */
export const LOG_GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;
