/** Limits and patterns of the service, as its model states them (api-model of 2014-11-06), shared by both halves. */

/** Ids that one request may name in `InstanceIds`. */
export const MAX_INSTANCE_IDS = 50;

/** Items of a page of a listing, at most and by default (the default is our decision: AWS does not say). */
export const MAX_PAGE_SIZE = 50;

/** Bounds of `TimeoutSeconds`, the time for delivery, and what counts when it is left out. Seconds. */
export const TIMEOUT_SECONDS = { least: 30, most: 2_592_000, byDefault: 3_600 } as const;

/** Bounds of a step's execution time-out on the agent, which replaces a value outside of them by the default. Seconds. */
export const EXECUTION_TIMEOUT_SECONDS = { least: 5, most: 172_800, byDefault: 3_600 } as const;

/** What `MaxConcurrency` and `MaxErrors` are when a request leaves them out. */
export const RATE_DEFAULTS = { maxConcurrency: "50", maxErrors: "0" } as const;

/** A name that CloudWatch Logs takes for a log group: 1 to 512 of these characters. */
export const LOG_GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;
