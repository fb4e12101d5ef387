import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type Optional, type OptionTable } from "../../domain/options.ts";
import { REGION_NAME } from "../../domain/patterns.ts";
import type { Pages } from "../calls/paging.ts";
import { DEFAULT_SETTINGS, type Settings } from "../engine/settings.ts";
import type { LatencyPreset } from "./latency.ts";

/** The options of a fake that JavaScript callers can get wrong. */
export interface GivenOptions {
  readonly clock: unknown;
  readonly region: unknown;
  readonly accountId: unknown;
  readonly seed: number;
}

/** Refuses options that would otherwise be misunderstood without an error. */
export function checkFakeOptions({ clock, region, accountId, seed }: GivenOptions): void {
  if (!isClock(clock)) {
    throw new TypeError(
      "The clock of FakeSsm has no now() and sleep(). Give it a VirtualClock, the systemClock, or leave it out.",
    );
  }
  if (typeof region !== "string" || !REGION_NAME.test(region)) {
    throw new TypeError(`The region is ${inMessage(region)}. Write one such as "us-east-1".`);
  }
  if (typeof accountId !== "string" || !/^\d{12}$/.test(accountId)) {
    throw new TypeError(`accountId is ${inMessage(accountId)}. Write twelve digits, as a string.`);
  }
  if (!Number.isInteger(seed)) throw new TypeError(`seed is ${seed}. Give it a whole number.`);
}

/** All settings: those that are given, and the defaults. Refuses those that do not exist, and counts that are none. */
export function settingsFrom(given: Optional<Settings>): Settings {
  checkOptions(given, SETTINGS_OPTIONS, "settings");
  const stated = Object.entries(given).filter(([, value]) => value !== undefined);
  const settings: Settings = { ...DEFAULT_SETTINGS, ...Object.fromEntries(stated) };
  checkCount(settings, "agentWorkers", 1);
  checkCount(settings, "agentQueue", 0);
  return settings;
}

/**
 * How small pages are, beside what requests ask for. AWS says that MaxResults is the most of a page, and that only a token tells
 * whether more follow.
 *
 * @inline
 */
export type PageOptions = {
  /** The most items of every page of every listing. @default as many as the request asks for */
  readonly most?: number | undefined;
  /**
   * Whether every listing begins with an empty page that has a token, also where it holds nothing. ListObjects of S3 cannot: it
   * goes on from its last key. @default false; with the latency `"worst"` only ListDocuments, FilterLogEvents and GetLogEvents do
   */
  readonly emptyFirst?: boolean | undefined;
};

/** What the pages of a fake may be told. */
export const PAGE_OPTIONS = {
  most: "a number",
  emptyFirst: "a boolean",
} as const satisfies OptionTable<PageOptions>;

/** The pages of an account. What the options leave out is as the preset of its latency has it. */
export function pagesFrom(given: PageOptions | undefined, latency: LatencyPreset): Pages {
  checkOptions(given, PAGE_OPTIONS, "pages");
  const { most = Infinity, emptyFirst } = given ?? {};
  if (most !== Infinity && (!Number.isInteger(most) || most < 1)) {
    throw new TypeError(
      `pages.most is ${inMessage(most)}. Give it a whole number of items, 1 or more, or leave it out.`,
    );
  }
  const isWorst = latency === "worst";
  const byDefault = isWorst ? "said" : "none";
  const told = emptyFirst ? "all" : "none";
  return { most, emptyFirst: emptyFirst === undefined ? byDefault : told, isShort: isWorst };
}

/** The settings that are one of some words. */
type WordSetting = {
  [Name in keyof Settings]: string extends Settings[Name]
    ? never
    : Settings[Name] extends string
      ? Name
      : never;
}[keyof Settings];

const WORDS = {
  incompleteStatus: ["Success", "Failed"],
  incompleteDetails: ["Incomplete", "Success"],
  errorLimit: ["exceeded", "reached"],
  deliveryTimeoutLimit: ["exceeded", "reached"],
  limitPrecedence: ["Failed", "DeliveryTimedOut"],
  undeliverableAmongSuccess: ["Success", "Incomplete"],
  partialCancel: ["Incomplete", "Success", "Cancelled"],
  percentRounding: ["floor", "ceil", "round"],
  ramp: ["none", "ack", "complete"],
  terminatedAt: ["stop", "close"],
  delayedStatus: ["Pending", "Delayed"],
  multiPluginRead: ["summary", "refuse"],
  limitExceededStatus: ["Failed", "Cancelled"],
  skippedStatus: ["Success", "Cancelled"],
  unstartedTimes: ["absent", "empty"],
  stoppedNodes: ["refused", "accepted"],
  untimedDocument: ["once", "perStep"],
  eventParameters: ["text", "object"],
} as const satisfies { readonly [Name in WordSetting]: readonly Settings[Name][] };

/** The settings, and what each may be. */
export const SETTINGS_OPTIONS = {
  ...WORDS,
  delayedHoldsSlot: "a boolean",
  showCancelling: "a boolean",
  pendingInvocationQuota: "a number",
  liveCounters: "a boolean",
  unusableResponseCode: "a number",
  omittedLogGroupEcho: "a string",
  leadingSlash: "a boolean",
  stderrLimit: "a number",
  agentWorkers: "any",
  agentQueue: "any",
} as const satisfies OptionTable<Settings>;

function checkCount(settings: Settings, name: "agentWorkers" | "agentQueue", least: number): void {
  const count = settings[name];
  if (Number.isInteger(count) && count >= least) return;
  throw new TypeError(
    `settings.${name} is ${inMessage(count)}. Give it a whole number of documents, ${least} or more.`,
  );
}

function isClock(clock: unknown): boolean {
  if (typeof clock !== "object" || clock === null) return false;
  const has = (method: string) => typeof Reflect.get(clock, method) === "function";
  return has("now") && has("sleep");
}
