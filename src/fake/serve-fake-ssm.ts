import { inMessage } from "../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../domain/options.ts";
import { partitionOf } from "../domain/partition.ts";
import { AWS_REGION } from "../domain/patterns.ts";
import type { Clock, EpochMs } from "../time/clock.ts";
import { answerAws, type RegionalServices } from "./adapters/http/aws-endpoint.ts";
import { answerFakeRoute, FAKE_ROUTES } from "./adapters/http/fake-routes.ts";
import { isLoopbackAddress } from "./adapters/http/host-check.ts";
import { errorNameOf, type HttpResponse } from "./adapters/http/http-responses.ts";
import { type HttpRequest, listenHttp } from "./adapters/http/http-server.ts";
import type { AsyncDisposal } from "./async-disposal.ts";
import { checkFake } from "./check-fake.ts";
import type { FakeSsm } from "./fake-ssm.ts";

/**
 * A request that {@link serveFakeSsm} has answered, as a log may show it: without parameters, output and credentials.
 *
 * @example
 * ```ts
 * const requests: ServedRequest[] = [];
 * const served = await serveFakeSsm(fake, { log: (request) => requests.push(request) });
 * await fetch(`${served.url}/_fake/health`);
 * requests; //=> [{ request: "GET /_fake/health", statusCode: 200, … }]
 * await served.close();
 * ```
 */
export interface ServedRequest {
  /** When it was answered, on the fake's clock, in milliseconds since 1970. */
  readonly at: EpochMs;
  /** What was requested: an operation such as `"SendCommand"`, or method and path. */
  readonly request: string;
  /** The status of the answer. */
  readonly statusCode: number;
  /** The name of the error, if the answer is one. */
  readonly error?: string;
  /** A note for those who run the server, such as which operations are answered, or why a host was refused. */
  readonly hint?: string;
}

/**
 * Options of {@link serveFakeSsm}. All of them have a default.
 *
 * @example
 * ```ts
 * const allowedHosts = ["fake-ssm.test"]; // as a container sees it
 * const options: ServeOptions = { allowedHosts, log: ({ request }) => console.log(request) };
 * const served = await serveFakeSsm(fake, options);
 * await served.close();
 * ```
 */
export interface ServeOptions {
  /** The port; 0 picks a free one. @default 0 */
  readonly port?: number | undefined;
  /** The address to listen on. One that other machines reach needs `allowRemote`. @default "127.0.0.1" */
  readonly host?: string | undefined;
  /** Whether `host` may be an address that other machines reach. @default false */
  readonly allowRemote?: boolean | undefined;
  /** Names that the `Host` header may have beside `localhost`, `127.0.0.1`, `[::1]` and `host`. @default [] */
  readonly allowedHosts?: readonly string[] | undefined;
  /** What `POST /_fake/reset` does. @default () => fake.reset() */
  readonly reset?: (() => Promise<void>) | undefined;
  /** Gets every answered request. @default a warning on the console for an operation that is not answered, or a 500 */
  readonly log?: ((request: ServedRequest) => void) | undefined;
}

/** The options of {@link serveFakeSsm}. */
export const SERVE_OPTIONS = {
  port: "any",
  host: "a string",
  allowRemote: "a boolean",
  allowedHosts: "a list",
  reset: "a function",
  log: "a function",
} as const satisfies OptionTable<ServeOptions>;

/**
 * A fake that is served over HTTP.
 *
 * @example
 * ```ts
 * await using served = await serveFakeSsm(fake);
 * const health = await fetch(`${served.url}/_fake/health`);
 * health.status; //=> 200
 * ```
 */
export interface ServedFakeSsm extends AsyncDisposal {
  /** The endpoint for clients, such as `"http://127.0.0.1:4599"`. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  /** Stops listening, as `await using` does. Answers that are under way get half a second; the fake itself stays usable. */
  close(): Promise<void>;
}

/** How many regions may be open beside the fake's own. Our decision: memory must not grow without end. */
const MOST_REGIONS = 40;

/**
 * Serves a fake over HTTP: an endpoint for aws-cli, boto3 and every SDK. Its CloudWatch Logs and its S3 are at the same port;
 * S3 in path style, which clients take by themselves where the host is an address, such as `127.0.0.1`.
 *
 * - Give the fake a clock that runs by itself (`systemClock`, `scaledClock(60)`); on a virtual one, time moves by what each
 *   request takes, and stands still between them unless this process moves it.
 * - On a clock that runs by itself the answer to SendCommand takes 70 real ms, as recorded, and every other answer comes at
 *   once (`sendAnswerDelay` of the fake's `latency`). From about three times real time on, records of tags are there by then.
 * - Signatures are not checked. A request that was signed for another region sees no node and no command of this one: it is
 *   answered by an account in that region, with the same settings, latency, faults, handlers and journal.
 * - Under `/_fake/`, on this machine only: `GET health`, `timeline` and `journal`; with the header `X-Fake-Ssm: 1`,
 *   `POST reset`, `nodes/ID/go-offline` and `nodes/ID/come-back`.
 * - A `Host` that is not allowed, a foreign `Origin` and what a browser sends for a page of another site are refused, so that no
 *   web page can reach the fake.
 *
 * @throws TypeError (as a rejection) for a `host` that other machines reach without `allowRemote`; Error if the port is
 *   taken.
 *
 * @example
 * ```ts
 * const served = await serveFakeSsm(new FakeSsm({ clock: systemClock }));
 * served.url; //=> "http://127.0.0.1:…"
 * await served.close();
 * ```
 */
export async function serveFakeSsm(
  fake: FakeSsm<Clock>,
  options: ServeOptions = {},
): Promise<ServedFakeSsm> {
  checkFake(fake, "serveFakeSsm()");
  checkOptions(options, SERVE_OPTIONS, "serveFakeSsm()");
  const { port = 0, host = "127.0.0.1", allowRemote = false, allowedHosts = [] } = options;
  const { reset = () => fake.reset(), log = warnOfSurprises } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(
      `port of serveFakeSsm() is ${inMessage(port)}. Give it a whole number up to 65535, or 0 for a free one.`,
    );
  }
  if (!allowRemote && !isLoopbackAddress(host)) {
    throw new TypeError(
      `The host ${JSON.stringify(host)} can be reached from other machines. Use 127.0.0.1, or allow it: allowRemote, --allow-remote.`,
    );
  }
  const listener = await listenHttp({
    port,
    host,
    allowedHosts,
    answer: (request) =>
      request.path.startsWith(FAKE_ROUTES)
        ? answerFakeRoute(request, { fake, reset })
        : answerAws(request, (region, mayOpen) => servicesIn(region, { fake, mayOpen })),
    onAnswer: (request, answer) => log(servedRequest(request, { answer, at: fake.clock.now() })),
  });
  const close = () => listener.close();
  return { url: listener.url, port: listener.port, close, [Symbol.asyncDispose]: close };
}

/** The services of the region that a request was signed for, or of the fake's own region if the request names none. */
function servicesIn(
  region: string | undefined,
  { fake, mayOpen }: { readonly fake: FakeSsm<Clock>; readonly mayOpen: boolean },
): RegionalServices | undefined {
  const isRegion = region !== undefined && AWS_REGION.test(region);
  const mayOpenBeside = (others: number) => mayOpen && isRegion && others < MOST_REGIONS;
  const services = fake.servicesIn(region ?? fake.region, mayOpenBeside);
  if (services !== undefined || mayOpen || !isRegion) return services;
  // What may open no region reads buckets only, and these are known in all regions of the partition.
  const isNear = partitionOf(region) === partitionOf(fake.region);
  return isNear ? fake.servicesIn(fake.region, () => false) : undefined;
}

function servedRequest(
  { method, path, headers }: HttpRequest,
  { answer, at }: { readonly answer: HttpResponse; readonly at: EpochMs },
): ServedRequest {
  const { response, hint } = answer;
  const target = path === "/" ? headers["x-amz-target"]?.split(".").at(-1) : undefined;
  const operation = answer.operation ?? target;
  const error = answer.error ?? errorNameOf(response);
  return {
    at,
    request: printable(operation ?? `${method} ${path.replace(/\?.*/s, "")}`),
    statusCode: response.statusCode,
    ...(error === undefined ? {} : { error }),
    ...(hint === undefined ? {} : { hint: printable(hint) }),
  };
}

/** What a client wrote, as one short line: a request must not be able to forge lines of the log. */
function printable(text: string): string {
  const line = text.replace(/[^\x20-\x7e]+/g, "?");
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}

function warnOfSurprises({ request, statusCode, error, hint }: ServedRequest): void {
  if (error !== "UnknownOperationException" && statusCode < 500) return;
  console.warn(`${request} returned ${statusCode} ${error}. ${hint ?? ""}`.trim());
}
