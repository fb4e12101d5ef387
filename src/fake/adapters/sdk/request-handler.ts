import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from "@smithy/types";
import type { Clock } from "../../../time/clock.ts";
import { unlessAborted } from "../aborted.ts";
import type { WireRequest, WireResponse } from "../wire.ts";
import { type SdkService, serviceCalled, wrongService } from "./sdk-service.ts";

/**
 * The member under which a handler of a fake says of which service it is. The symbol is registered by name, so it is the
 * same in every copy of this package.
 */
export const SERVICE_OF_FAKE: unique symbol = Symbol.for("service-of-fake-ssm");

/** What a request handler needs of the fake. */
export interface BehindHandler {
  readonly service: SdkService;
  readonly clock: Clock;
  readonly random: () => number;
  readonly answer: (request: WireRequest) => Promise<WireResponse>;
  /** The body that the SDK gets. @default the bytes */
  readonly bodyOf?: ((response: WireResponse, method: string) => unknown) | undefined;
}

/**
 * The fake as the lowest layer of a real SDK client: everything above it (middleware, serialisation, signing, retries,
 * exceptions, paginators, waiters) is the SDK's own.
 *
 * It carries the clock and the random numbers of the fake, so that code that waits on that client finds them.
 *
 * @example
 * ```ts
 * const { requestHandler } = fake.logs.clientConfig(); // a FakeRequestHandler
 * requestHandler.clock === fake.clock; //=> true
 * ```
 */
export interface FakeRequestHandler
  extends RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  /** The clock of the fake. */
  readonly clock: Clock;
  /** Random numbers of the fake, which its seed decides. */
  readonly random: () => number;
  /** Does nothing; runtime extensions of the SDK call it. */
  updateHttpClientConfig(): void;
  /** Returns an empty configuration; runtime extensions of the SDK call it. */
  httpHandlerConfigs(): Record<string, never>;
}

/** The path as it goes over the wire: the SDK has encoded it already, but not the query. */
function pathWithQuery(path = "/", query: HttpRequest["query"] = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (each) => encodeURIComponent(name) + (each === null ? "" : `=${encodeURIComponent(each)}`),
    ),
  );
  return parts.length === 0 ? path : `${path}?${parts.join("&")}`;
}

/**
 * A request handler for a fake. It handles the abort signal, because the SDK does not do that itself.
 *
 * @throws TypeError (as a rejection of a call) when the client is one of another service.
 */
export function requestHandler({
  service,
  clock,
  random,
  answer,
  bodyOf = ({ body }) => body,
}: BehindHandler): FakeRequestHandler {
  const handler = {
    [SERVICE_OF_FAKE]: service,
    clock,
    random,
    handle: async (
      { method, path, query, headers, body }: HttpRequest,
      { abortSignal }: HttpHandlerOptions = {},
    ) => {
      const called = serviceCalled(headers);
      if (called !== undefined && called !== service) throw wrongService(called, service);
      const target = pathWithQuery(path, query);
      const response = await unlessAborted(abortSignal, () =>
        answer({ method, path: target, headers, body }),
      );
      // A copy, because the SDK's type is mutable.
      const headersCopy = { ...response.headers };
      return { response: { ...response, headers: headersCopy, body: bodyOf(response, method) } };
    },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  } satisfies FakeRequestHandler & { readonly [SERVICE_OF_FAKE]: SdkService };
  return handler;
}
