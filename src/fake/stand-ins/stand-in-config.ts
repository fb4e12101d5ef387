import { inMessage } from "../../domain/in-message.ts";
import { REGION_NAME } from "../../domain/patterns.ts";
import {
  type ConfigParts,
  clientConfig,
  type FakeClientConfig,
  s3ClientConfig,
} from "../adapters/sdk/client-config.ts";
import { type FakeRequestHandler, SERVICE_OF_FAKE } from "../adapters/sdk/request-handler.ts";
import { type SdkService, wrongService } from "../adapters/sdk/sdk-service.ts";
import { type AskForFake, clockOf } from "./asked-fake.ts";
import type { RegionWatch } from "./region-watch.ts";
import { sleptRetries } from "./slept-retries.ts";

/** The configuration of a client, of whichever class and version. */
export type GivenConfig = Readonly<Record<string, unknown>>;

/**
 * The handler of a configuration, if it is that of a fake itself: then the client keeps that fake. One of a stand-in is
 * not: code that shares a handler between its clients means none of them in particular.
 *
 * @throws TypeError for that of a fake's other service.
 */
export function handlerOfFake(
  { requestHandler }: GivenConfig,
  service: SdkService,
): FakeRequestHandler | undefined {
  const isObject = typeof requestHandler === "object" && requestHandler !== null;
  const of: unknown = isObject ? Reflect.get(requestHandler, SERVICE_OF_FAKE) : undefined;
  if (of === undefined) return undefined;
  // Our handlers alone have this member, and it has one of these values.
  if (of !== service) throw wrongService(service, of as SdkService);
  return requestHandler as FakeRequestHandler;
}

/** The configuration of a client that keeps the fake of its handler, with all that the caller may have left out. */
export function configOfFake(
  given: GivenConfig,
  { service, handler }: { readonly service: SdkService; readonly handler: FakeRequestHandler },
): GivenConfig {
  const { clock, random } = handler;
  const own = configFor(service, { clock, random, region: "us-east-1", answer: unanswered });
  const { credentials = own.credentials } = given as { readonly credentials?: object };
  return {
    ...{ ...own, ...given },
    extensions: [...extensionsOf(given), lastWord({ requestHandler: handler, credentials })],
  };
}

/** For a handler that is never used. */
const unanswered = () => Promise.reject(new Error("The handler of the configuration answers."));

function configFor(service: SdkService, parts: Omit<ConfigParts, "service">): FakeClientConfig {
  return service === "s3" ? s3ClientConfig(parts) : clientConfig({ service, ...parts });
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
  const own = configFor(service, parts);
  const { credentials } = own;
  // Without the mark of a fake's own.
  const { [SERVICE_OF_FAKE]: _, ...requestHandler } = own.requestHandler as FakeRequestHandler & {
    readonly [SERVICE_OF_FAKE]?: SdkService;
  };
  return {
    ...heardOf(given),
    ...own,
    requestHandler,
    region: regionProvider(given["region"], ask),
    retryStrategy: sleptRetries(given["retryStrategy"], clock) ?? own.retryStrategy,
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
  ...["regionInfoProvider", "signerConstructor", "clientContextParams"],
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
