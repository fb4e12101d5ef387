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
export class FakeRequestHandler
  implements RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions>
{
  /** The clock of the fake behind it. */
  readonly clock: Clock;
  /** The chance of the fake behind it, which its seed decides. */
  readonly random: () => number;
  readonly #answer: (request: WireRequest) => Promise<WireResponse>;

  constructor({ clock, random, answer }: BehindHandler) {
    this.clock = clock;
    this.random = random;
    this.#answer = answer;
  }

  /** Answers a request of the SDK. The SDK does not look at the abort signal itself, so this does. */
  async handle(
    { method, headers, body }: HttpRequest,
    { abortSignal }: HttpHandlerOptions = {},
  ): Promise<{
    /** What the SDK takes for the service's answer. */
    response: HttpResponse;
  }> {
    const response = await unlessAborted(abortSignal, () =>
      this.#answer({ method, headers, body }),
    );
    // A copy, because the SDK's type is mutable.
    return { response: { ...response, headers: { ...response.headers } } };
  }

  /** Takes no configuration; runtime extensions of the SDK ask for this. */
  updateHttpClientConfig(): void {}

  /** Has no configuration; runtime extensions of the SDK ask for this. */
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}
