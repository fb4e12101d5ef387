import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from "@smithy/types";
import type { Clock } from "../../../time/clock.ts";
import { unlessAborted } from "../aborted.ts";
import type { WireRequest, WireResponse } from "../wire.ts";

/** What a request handler stands for. */
interface BehindHandler {
  readonly clock: Clock;
  readonly random: () => number;
  readonly answer: (request: WireRequest) => Promise<WireResponse>;
}

/**
 * The fake as the lowest thing of a real SDK client: everything above it (middleware, serialisation, signing, retries,
 * exceptions, paginators, waiters) is the SDK's own.
 *
 * It carries the clock and the chance of the fake, so that whoever waits on that client finds them.
 *
 * @example
 * ```ts
 * const { requestHandler } = fake.logs.clientConfig(); // a FakeRequestHandler
 * requestHandler.clock === fake.clock; //=> true
 * ```
 */
export interface FakeRequestHandler
  extends RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  /** The clock of the fake behind it. */
  readonly clock: Clock;
  /** The chance of the fake behind it, which its seed decides. */
  readonly random: () => number;
  /** Takes no configuration; runtime extensions of the SDK ask for this. */
  updateHttpClientConfig(): void;
  /** Has no configuration; runtime extensions of the SDK ask for this. */
  httpHandlerConfigs(): Record<string, never>;
}

/** A request handler over a fake. The SDK does not look at the abort signal itself, so this does. */
export function requestHandler({ clock, random, answer }: BehindHandler): FakeRequestHandler {
  return {
    clock,
    random,
    handle: async (
      { method, headers, body }: HttpRequest,
      { abortSignal }: HttpHandlerOptions = {},
    ) => {
      const response = await unlessAborted(abortSignal, () => answer({ method, headers, body }));
      // A copy, because the SDK's type is mutable.
      return { response: { ...response, headers: { ...response.headers } } };
    },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}
