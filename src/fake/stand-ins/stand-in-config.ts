import type { RetryStrategyV2, RetryToken } from "@smithy/types";
import { inMessage } from "../../domain/in-message.ts";
import { REGION_NAME } from "../../domain/patterns.ts";
import type { Clock } from "../../time/clock.ts";
import { clientConfig, s3ClientConfig } from "../adapters/sdk/client-config.ts";
import { SERVICE_OF_FAKE } from "../adapters/sdk/request-handler.ts";
import { type SdkService, wrongService } from "../adapters/sdk/sdk-service.ts";
import { type AskForFake, clockOf } from "./asked-fake.ts";
import type { RegionWatch } from "./region-watch.ts";

/** The configuration of a client, of whichever class and version. */
export type GivenConfig = Readonly<Record<string, unknown>>;

/**
 * Whether a configuration is a fake's own: then it stays as it is.
 *
 * @throws TypeError for that of a fake's other service.
 */
export function isOfFake(config: GivenConfig, service: SdkService): boolean {
  const { requestHandler } = config;
  const isObject = typeof requestHandler === "object" && requestHandler !== null;
  // Our handlers alone have this member, and it has one of these values.
  const of = (isObject ? Reflect.get(requestHandler, SERVICE_OF_FAKE) : undefined) as
    | SdkService
    | undefined;
  if (of !== undefined && of !== service) throw wrongService(service, of);
  return of === service;
}

/**
 * The configuration of a client whose lowest layer is the fake that is asked for at each call. What the caller says of
 * endpoints, profiles, credentials and request handlers does not count; the region, the number of attempts and a retry
 * strategy do, and so does all else.
 *
 * @param regionOf - Returns the region of the client that is made with it.
 */
export function configOnFake(
  given: GivenConfig,
  {
    service,
    ask,
    regionOf,
    regionWatch,
  }: {
    readonly service: SdkService;
    readonly ask: AskForFake;
    readonly regionWatch: RegionWatch;
    readonly regionOf: () => Promise<unknown>;
  },
): GivenConfig {
  const clock = clockOf(ask);
  const parts = {
    ...{ clock, random: () => ask().random(), region: "any" },
    ...(given["maxAttempts"] === undefined ? {} : { maxAttempts: given["maxAttempts"] as number }),
    answer: async (request: Parameters<ReturnType<AskForFake>["answer"]>[0]) => {
      const region = checkRegion(await regionOf());
      const fake = ask();
      regionWatch(fake, { region, request });
      return fake.wireIn(region)[service](request);
    },
  };
  const own = service === "s3" ? s3ClientConfig(parts) : clientConfig({ service, ...parts });
  const { requestHandler, credentials } = own;
  return {
    ...heardOf(given),
    ...own,
    region: regionProvider(given["region"], ask),
    retryStrategy: onClock(given["retryStrategy"], clock) ?? own.retryStrategy,
    // With another one the SDK may ask the metadata of an instance.
    defaultsMode: "standard",
    extensions: [...extensionsOf(given), lastWord({ requestHandler, credentials })],
    ...(service === "s3" ? { bucketEndpoint: false, useAccelerateEndpoint: false } : {}),
  };
}

/** What the caller says of who he is and where he calls. */
const NOT_HEARD = [
  ...["profile", "signer", "token", "credentialDefaultProvider"],
  ...["httpAuthSchemes", "httpAuthSchemeProvider", "endpointProvider"],
];

/** The rest. Members are left out and not undefined, which the SDK would take for their values. */
function heardOf(given: GivenConfig): GivenConfig {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !NOT_HEARD.includes(name)));
}

/** @throws TypeError for what is no name of a region. */
function checkRegion(region: unknown): string {
  if (typeof region === "string" && REGION_NAME.test(region)) return region;
  throw new TypeError(
    `A client has the region ${inMessage(region)}. Write one such as "us-east-1", or leave it out for that of the fake.`,
  );
}

/** The SDK takes a region that is marked for FIPS as a wish for such an endpoint, which it refuses beside another one. */
function regionProvider(given: unknown, ask: AskForFake): unknown {
  if (given === undefined || given === null) return async () => ask().region;
  if (typeof given === "string") return withoutFips(given);
  if (typeof given !== "function") return given;
  return async () => withoutFips(await given());
}

function withoutFips(region: unknown): unknown {
  return typeof region === "string" ? region.replace(/^fips-|-fips$/, "") : region;
}

function extensionsOf({ extensions }: GivenConfig): readonly unknown[] {
  return Array.isArray(extensions) ? extensions : [];
}

/** Runtime extensions can replace the handler and the credentials; this one runs after those of the caller. */
function lastWord({
  requestHandler,
  credentials,
}: {
  readonly requestHandler: object;
  readonly credentials: object;
}): object {
  return {
    configure: (extension: object) => {
      call(extension, "setHttpHandler", requestHandler);
      call(extension, "setCredentials", credentials);
    },
  };
}

/** Calls a method that not every version of the SDK has. */
function call(object: object, method: string, argument: unknown): void {
  const found: unknown = Reflect.get(object, method);
  if (typeof found === "function") Reflect.apply(found, object, [argument]);
}

/** A token of the caller's retry strategy, for the SDK's loop: what it says of delays has passed already. */
interface SleptToken extends RetryToken {
  readonly of: RetryToken;
}

/** The caller's retry strategy, whose delays pass on the fake's clock. */
function onClock(given: unknown, clock: Clock): RetryStrategyV2 | undefined {
  if (!isRetryStrategy(given)) return undefined;
  const slept = async (token: RetryToken): Promise<SleptToken> => {
    const ms = Math.round(token.getRetryDelay());
    if (ms > 0) await clock.sleep(`${ms}ms`);
    return { getRetryCount: () => token.getRetryCount(), getRetryDelay: () => 0, of: token };
  };
  // The loop hands back only tokens that it got here.
  const own = (token: RetryToken) => (token as SleptToken).of;
  return {
    acquireInitialRetryToken: async (scope) => slept(await given.acquireInitialRetryToken(scope)),
    refreshRetryTokenForRetry: async (token, error) =>
      slept(await given.refreshRetryTokenForRetry(own(token), error)),
    recordSuccess: (token) => given.recordSuccess(own(token)),
  };
}

function isRetryStrategy(given: unknown): given is RetryStrategyV2 {
  return typeof given === "object" && given !== null && "refreshRetryTokenForRetry" in given;
}
