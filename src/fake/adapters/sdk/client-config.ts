import type { RetryStrategyV2 } from "@smithy/types";
import { inMessage } from "../../../domain/in-message.ts";
import { checkMembers, type OptionTable } from "../../../domain/options.ts";
import { bodyStream } from "./body-stream.ts";
import { type BehindHandler, type FakeRequestHandler, requestHandler } from "./request-handler.ts";
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

/**
 * Configuration of an `S3Client` that never leaves the process.
 *
 * @example
 * ```ts
 * const config: FakeS3ClientConfig = fake.objects.clientConfig();
 * config.forcePathStyle; //=> true
 * ```
 */
export interface FakeS3ClientConfig extends FakeClientConfig {
  /** The bucket is in the path, not in the name of the host. */
  forcePathStyle: true;
  /** Off. */
  useArnRegion: false;
  /** Off. */
  disableS3ExpressSessionAuth: true;
  /** No checksums beyond what S3 asks for. */
  requestChecksumCalculation: "WHEN_REQUIRED";
  /** The fake sends no checksums. */
  responseChecksumValidation: "WHEN_REQUIRED";
  /** None. */
  sigv4aSigningRegionSet: string[];
}

const MEMBERS = {
  region: "any",
  credentials: "any",
  requestHandler: "any",
  retryStrategy: "any",
  endpoint: "any",
  maxAttempts: "any",
  retryMode: "any",
  useDualstackEndpoint: "any",
  useFipsEndpoint: "any",
  userAgentAppId: "any",
  authSchemePreference: "any",
  disableClockSkewCorrection: "any",
} as const satisfies OptionTable<FakeClientConfig>;

/**
 * Refuses a mistyped member of a configuration that replaces the fake's; the SDK has more of them.
 *
 * @throws TypeError that names the nearest member.
 */
export function checkOverrides(given: unknown, place: string): void {
  if (typeof given !== "object" || given === null) {
    throw new TypeError(
      `${place} was given ${inMessage(given)}. Give it members of a configuration.`,
    );
  }
  checkMembers(given, MEMBERS, `What ${place} was given`);
}

/** What the clients of a fake are made of. */
export interface ConfigParts extends Omit<BehindHandler, "bodyOf"> {
  readonly region: string;
  readonly maxAttempts?: number | (() => Promise<number>) | undefined;
}

/** The configuration of a client of one of the fake's services. */
export function clientConfig({
  service,
  region,
  maxAttempts = 3,
  ...behind
}: ConfigParts): FakeClientConfig {
  const { clock, random } = behind;
  const bodyOf = service === "s3" ? { bodyOf: bodyStream } : {};
  return {
    region,
    credentials: { accessKeyId: "AKIAFAKESSM", secretAccessKey: "fake" },
    requestHandler: requestHandler({ service, ...behind, ...bodyOf }),
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

/** The configuration of a client of the fake's S3. */
export function s3ClientConfig(parts: Omit<ConfigParts, "service">): FakeS3ClientConfig {
  return {
    ...clientConfig({ service: "s3", ...parts }),
    forcePathStyle: true,
    useArnRegion: false,
    disableS3ExpressSessionAuth: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    sigv4aSigningRegionSet: [],
  };
}
