import type { RetryStrategyV2 } from "@smithy/types";
import type { Clock } from "../../../time/clock.ts";
import type { WireRequest, WireResponse } from "../wire.ts";
import { type FakeRequestHandler, requestHandler } from "./request-handler.ts";
import { retryOnClock } from "./retry-strategy.ts";

/**
 * Configuration of an SDK client that never leaves the process: it has every member whose absence would make the SDK read
 * files, environment variables or the metadata of an instance. Leaving out any of them brings the reads back.
 *
 * @example
 * ```ts
 * const config: FakeClientConfig = fake.logs.clientConfig();
 * config.endpoint; //=> "https://logs.us-east-1.fake-ssm.invalid"
 * ```
 */
export interface FakeClientConfig {
  /** The region of the fake. */
  region: string;
  /** Made-up keys to sign requests with; they are not checked. */
  credentials: {
    /** Made up. */
    accessKeyId: string;
    /** Made up. */
    secretAccessKey: string;
  };
  /** Hands requests to the fake. */
  requestHandler: FakeRequestHandler;
  /** Sleeps between attempts on the fake's clock. */
  retryStrategy: RetryStrategyV2;
  /** An address under the reserved domain `invalid`, to which nothing is ever sent. */
  endpoint: string;
  /** How often a call is tried, the first time included. */
  maxAttempts: number | (() => Promise<number>);
  /** The SDK's standard mode. */
  retryMode: "standard";
  /** Off. */
  useDualstackEndpoint: false;
  /** Off. */
  useFipsEndpoint: false;
  /** None. */
  userAgentAppId: string;
  /** No preference. */
  authSchemePreference: string[];
  /** The clock of the fake is virtual, so the SDK must not correct its own by it. */
  disableClockSkewCorrection: true;
}

/** The configuration of a client of one of the fake's services. */
export function clientConfig({
  service,
  region,
  clock,
  random,
  answer,
  maxAttempts = 3,
  bodyOf,
}: {
  readonly service: string;
  readonly region: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly answer: (request: WireRequest) => Promise<WireResponse>;
  readonly maxAttempts?: number | (() => Promise<number>) | undefined;
  readonly bodyOf?: (response: WireResponse, method: string) => unknown;
}): FakeClientConfig {
  return {
    region,
    credentials: { accessKeyId: "AKIAFAKESSM", secretAccessKey: "fake" },
    requestHandler: requestHandler({ clock, random, answer, bodyOf }),
    retryStrategy: retryOnClock({ clock, random, maxAttempts }),
    endpoint: `https://${service}.${region}.fake-ssm.invalid`,
    maxAttempts,
    retryMode: "standard",
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: "",
    authSchemePreference: [],
    disableClockSkewCorrection: true,
  };
}
