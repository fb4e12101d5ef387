import { inMessage } from "../../domain/in-message.ts";
import type { Clock } from "../../time/clock.ts";
import { SDK_SERVICES, type SdkService, servicesOf } from "../adapters/sdk/sdk-service.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import { type AskForFake, askChecked } from "./asked-fake.ts";
import { type RegionWatch, watchRegions } from "./region-watch.ts";
import { configOfFake, configOnFake, type GivenConfig, handlerOfFake } from "./stand-in-config.ts";

/** A class of clients, of whichever service and version. */
type ClientClass = new (...args: unknown[]) => { readonly config?: unknown };

/**
 * A module of the SDK whose clients run on a fake: for code that makes its own, so that none can be handed in. It stands in
 * for `@aws-sdk/client-ssm`, `client-cloudwatch-logs` or `client-s3`; everything but the clients is the SDK's own.
 *
 * - `fake` is asked at every call, so that a client that was made when its file was loaded meets the fake of the running test.
 * - The region of a client chooses the account, as over HTTP; without one it is the fake's own. Nodes are in the fake's own.
 * - Endpoint, profile, credentials and request handler of the caller do not count, also when they are set later: no client
 *   that is made of the module's classes reaches the network. The number of attempts counts, and a retry strategy, too; its
 *   delays pass on the fake's clock.
 * - A client with the configuration of a fake, or its request handler, keeps that fake.
 * - `instanceof` and subclasses are as they were.
 *
 * @param module - The module as the SDK has it.
 * @param fake - Returns the fake.
 * @returns A module with the same exports.
 * @throws TypeError for a promise, for what is no such module, and when `fake` is no function; a call rejects with a
 *   TypeError when `fake` returns none.
 *
 * @example
 * ```ts
 * // In a test of Vitest:
 * // vi.mock("@aws-sdk/client-ssm", async (importOriginal) => {
 * //   const { sdkOnFake } = await import("ssm-run-command/fake");
 * //   return sdkOnFake(await importOriginal(), () => fake);
 * // });
 * const sdk = sdkOnFake(await import("@aws-sdk/client-ssm"), () => fake);
 * const { Commands } = await new sdk.SSM({}).listCommands({}); // as in the code under test
 * Commands; //=> []
 * ```
 */
export function sdkOnFake<Module>(module: Module, fake: () => FakeSsm<Clock>): Module {
  const service = serviceOf(module);
  if (typeof fake !== "function") {
    throw new TypeError(
      `sdkOnFake was given ${inMessage(fake)} as the fake. Give it a function that returns the fake: () => fake.`,
    );
  }
  const ask = askChecked(fake);
  const regionWatch = watchRegions();
  const made = new Map<ClientClass, ClientClass>();
  const standIn = (Client: ClientClass) => {
    const known = made.get(Client) ?? standInFor(Client, { service, ask, regionWatch });
    made.set(Client, known);
    return known;
  };
  // The same exports, with classes that have the same members.
  return withStandIns(module as object, standIn) as Module;
}

/**
 * Which service a module is of.
 *
 * @throws TypeError for what is none.
 */
function serviceOf(module: unknown): SdkService {
  if (isPromise(module)) {
    throw new TypeError(
      "sdkOnFake was given a promise. Wait for the module: sdkOnFake(await importOriginal(), () => fake).",
    );
  }
  const found = servicesOf(SDK_SERVICES).find((service) =>
    SDK_SERVICES[service].classes.some((name) =>
      [module, exported(module, "default")].some((each) => isClient(exported(each, name))),
    ),
  );
  if (found !== undefined) return found;
  const names = servicesOf(SDK_SERVICES).map((service) => SDK_SERVICES[service].classes[0]);
  throw new TypeError(
    `sdkOnFake was given ${inMessage(module)}, which has none of ${names.join(", ")}. Give it the SDK's own module: what importOriginal() of Vitest resolves with, or jest.requireActual("@aws-sdk/client-ssm") returns.`,
  );
}

/** Told by its shape: test runners have realms of their own. */
function isPromise(module: unknown): boolean {
  return typeof module === "object" && module !== null && "then" in module;
}

function exported(module: unknown, name: string): unknown {
  const isModule = typeof module === "object" && module !== null;
  return isModule && Object.hasOwn(module, name) ? Reflect.get(module, name) : undefined;
}

/** The exports under which a module has itself once more, as a loader of ES modules shows one of CommonJS. */
const ITSELF = ["default", "module.exports"];

/** The base of all clients, which reaches nothing by itself. */
const BASE = "__Client";

function withStandIns(module: object, standIn: (Client: ClientClass) => ClientClass): object {
  const copy = {};
  for (const name of Object.getOwnPropertyNames(module)) {
    const value: unknown = Reflect.get(module, name);
    const enumerable = Object.prototype.propertyIsEnumerable.call(module, name);
    const isItself = ITSELF.includes(name) && typeof value === "object" && value !== null;
    const inPlace = isItself
      ? withStandIns(value, standIn)
      : isClient(value) && name !== BASE
        ? standIn(value)
        : value;
    Object.defineProperty(copy, name, { value: inPlace, enumerable, ...CHANGEABLE });
  }
  return copy;
}

/** As the exports of a module of CommonJS are, so that spies can replace them. */
const CHANGEABLE = { writable: true, configurable: true };

function isClient(value: unknown): value is ClientClass {
  return typeof value === "function" && typeof value.prototype?.send === "function";
}

/** A class that makes clients of the fake. It has the prototype of the SDK's own, so that `instanceof` holds both ways. */
function standInFor(
  Client: ClientClass,
  parts: {
    readonly service: SdkService;
    readonly ask: AskForFake;
    readonly regionWatch: RegionWatch;
  },
): ClientClass {
  const StandIn: ClientClass = new Proxy(Client, {
    construct: (target, [config, ...rest]: unknown[], newTarget: ClientClass) => {
      const given: GivenConfig = typeof config === "object" && config !== null ? { ...config } : {};
      const handler = handlerOfFake(given, parts.service);
      const regionOf = () => regionIn(client);
      const chosen =
        handler === undefined
          ? configOnFake(given, { ...parts, regionOf })
          : configOfFake(given, { ...parts, handler });
      const client: InstanceType<ClientClass> = Reflect.construct(
        target,
        [chosen, ...rest],
        newTarget,
      );
      keepHandler(client, chosen);
      if (newTarget === StandIn) {
        // `new client.constructor()` is a client of the fake, too.
        Object.defineProperty(client, "constructor", { value: StandIn, ...CHANGEABLE });
      }
      return client;
    },
  });
  return StandIn;
}

/** Code that puts a handler of its own into a client that it has made, such as one for a proxy, is not heard either. */
function keepHandler({ config }: InstanceType<ClientClass>, { requestHandler }: GivenConfig): void {
  if (typeof config !== "object" || config === null) return;
  Object.defineProperty(config, "requestHandler", {
    get: () => requestHandler,
    set: () => {},
    enumerable: true,
  });
}

/** The region that a client has made of its configuration. */
async function regionIn({ config }: InstanceType<ClientClass>): Promise<unknown> {
  const isObject = typeof config === "object" && config !== null;
  const region: unknown = isObject ? Reflect.get(config, "region") : undefined;
  return typeof region === "function" ? region() : region;
}
