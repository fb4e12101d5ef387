import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { realTime } from "../../../time/clock.ts";
import { isConnectionReset, isNoAnswer } from "../../calls/connection-errors.ts";
import type { WireRequest } from "../wire.ts";
import {
  hostNameOf,
  inUrl,
  isAllowedHost,
  isForeignOrigin,
  isLoopbackAddress,
} from "./host-check.ts";
import { MOST_BODY_BYTES, readBody } from "./http-body.ts";
import { errorResponse, type HttpResponse } from "./http-responses.ts";

/** A request over HTTP that was read whole. */
export interface HttpRequest extends WireRequest {
  readonly path: string;
  readonly body: Uint8Array;
  /** Whether it was sent from this machine. */
  readonly isLocal: boolean;
}

/** How long the server waits for a request (our decision). */
export interface HttpPatience {
  /** For the headers of a request, in milliseconds. */
  readonly headersMs: number;
  /** For a whole request, in milliseconds. */
  readonly requestMs: number;
  /** How often it checks both, in milliseconds. */
  readonly checkEveryMs: number;
}

/** Options of {@link listenHttp}. */
export interface HttpServerOptions {
  readonly port: number;
  readonly host: string;
  /** Names that a `Host` may have beside those of this machine. */
  readonly allowedHosts: readonly string[];
  /**
   * Answers a request. A rejection with the code `ECONNRESET` breaks the connection off, and one that says that the answer is
   * lost leaves it open without an answer.
   */
  readonly answer: (request: HttpRequest) => Promise<HttpResponse>;
  /** Gets every answer, including those of the server itself. */
  readonly onAnswer?: (request: HttpRequest, answer: HttpResponse) => void;
  readonly patience?: HttpPatience;
}

/** A server that listens. */
export interface HttpListener {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Well above the time for which clients keep idle connections, so that no connection is closed while a request is on its
 * way.
 */
const KEEP_ALIVE_MS = 75_000;
/** How long answers that are under way may still take when the server closes. */
const CLOSE_GRACE_MS = 500;
const MOST_CONNECTIONS = 1_000;
const PATIENCE: HttpPatience = { headersMs: 10_000, requestMs: 30_000, checkEveryMs: 1_000 };

/**
 * No answer is meant for a web page: no foreign origin is allowed, no page may embed an answer, and an answer that a browser
 * shows runs no script and belongs to no origin, whatever a request has said of its type.
 */
const FIXED_HEADERS = {
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/**
 * An HTTP server that hands whole requests to `answer` and survives broken ones.
 *
 * - A `Host` that is missing or malformed is a 400; one that is not allowed is a 403 (DNS rebinding), and so is a foreign
 *   `Origin`. No CORS header is ever sent.
 * - A body above 1 MiB is a 413; a request that takes too long is a 408; headers above 16 KiB are a 431.
 * - It sends no `date`, which would make SDKs correct their clocks by a virtual one.
 *
 * Our decision, after the security advisories of similar servers.
 */
export async function listenHttp(options: HttpServerOptions): Promise<HttpListener> {
  const { port, host, patience = PATIENCE } = options;
  const answering = new Set<Duplex>();
  /** Requests whose connections are left open without an answer. */
  const unanswered = new Set<IncomingMessage>();
  let closed: Promise<void> | undefined;
  const server = createServer(
    {
      requireHostHeader: false, // refused below, in a form that clients can read
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: patience.checkEveryMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      response.on("close", () => {
        answering.delete(request.socket);
        unanswered.delete(request);
      });
      response.on("error", () => {});
      void respond(request, {
        response,
        options,
        begun: () => answering.add(request.socket),
        leftOpen: () => {
          if (closed !== undefined) request.socket.destroy();
          else if (!request.socket.destroyed) unanswered.add(request);
        },
      });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = 0; // their size is bounded, and Node would silently drop headers above a count
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // Bytes after a broken request are broken, too, and the request was answered.
    if (socket.writableEnded) return;
    // Another answer is on its way, and the client would take this one for it.
    if (!socket.writable || answering.has(socket)) socket.destroy();
    else hangUp(socket, rawAnswer(error.code));
  });
  await listening(server, { port, host });
  const address = server.address();
  // A server that listens on a port has an address of this kind.
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${inUrl(host)}:${bound}`,
    port: bound,
    close() {
      closed ??= closing(server);
      // Nothing will come over these, however long their clients wait.
      for (const { socket } of unanswered) socket.destroy();
      return closed;
    },
  };
}

function listening(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const advice = "Choose another port or address, or port 0 to have a free port picked.";
      reject(
        new Error(`Cannot listen on ${inUrl(host)}:${port} (${cause.code}). ${advice}`, { cause }),
      );
    });
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function closing(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const stop = realTime.after(CLOSE_GRACE_MS, () => server.closeAllConnections());
    server.close(() => {
      stop();
      resolve();
    });
  });
}

/** Sends a last answer, and goes on reading for a while: if bytes are unread at the end, the client may lose the answer. */
function hangUp(socket: Duplex, words: string): void {
  const stop = realTime.after(CLOSE_GRACE_MS, () => socket.destroy());
  socket.on("close", stop);
  socket.end(words);
  socket.resume();
}

async function respond(
  incoming: IncomingMessage,
  {
    response,
    options,
    begun,
    leftOpen,
  }: {
    readonly response: ServerResponse;
    readonly options: HttpServerOptions;
    readonly begun: () => void;
    /** Called when no answer will come: the connection is the client's to close. */
    readonly leftOpen: () => void;
  },
): Promise<void> {
  const body = await readBody(incoming);
  if (body === "cut") return;
  begun();
  const request = requestOf(incoming, typeof body === "string" ? new Uint8Array() : body);
  let answer: HttpResponse;
  try {
    answer =
      refusalOf(incoming, options) ??
      (body === "too large" ? TOO_LARGE : await options.answer(request));
  } catch (error) {
    if (isConnectionReset(error)) {
      incoming.socket.destroy();
      return;
    }
    if (isNoAnswer(error)) {
      leftOpen();
      return;
    }
    answer = failed(error);
  }
  try {
    options.onAnswer?.(request, answer);
  } catch (error) {
    answer = failed(error);
  }
  response.sendDate = false;
  const last = body === "too large" ? { connection: "close" } : {};
  const method = request.method;
  try {
    writeHead(response, { answer, method, last });
  } catch (error) {
    // A header that HTTP cannot send, which a handler of a test may have given.
    answer = failed(error);
    writeHead(response, { answer, method, last });
  }
  if (answer.pieces === undefined) response.end(answer.response.body);
  else await send(answer.pieces, response);
}

function writeHead(
  response: ServerResponse,
  {
    answer,
    method,
    last,
  }: {
    readonly answer: HttpResponse;
    readonly method: string;
    readonly last: Readonly<Record<string, string>>;
  },
): void {
  const { statusCode, headers, body: bytes } = answer.response;
  // The length of a body that was cut on purpose is that of what is left, so that the client does not wait for the rest.
  // An answer to HEAD says how long the answer to GET is.
  const isSaid = answer.pieces !== undefined || (method === "HEAD" && "content-length" in headers);
  const length = isSaid ? {} : { "content-length": String(bytes.byteLength) };
  response.writeHead(statusCode, { ...headers, ...FIXED_HEADERS, ...length, ...last });
}

/** Sends a long body piece by piece, as fast as its receiver takes it, and lets other requests have their turn in between. */
async function send(
  pieces: Iterable<string | Uint8Array>,
  response: ServerResponse,
): Promise<void> {
  try {
    for (const piece of pieces) {
      if (response.destroyed) return;
      if (piece !== "" && !response.write(piece)) await drained(response);
      else await realTime.nextTurn();
    }
    response.end();
  } catch {
    // The status has been sent: all that is left is to let the receiver see that this is not the whole.
    response.destroy();
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    response.on("drain", go).on("close", go);
  });
}

function requestOf(incoming: IncomingMessage, body: Uint8Array): HttpRequest {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return {
    method: incoming.method ?? "",
    path: pathOf(incoming.url ?? ""),
    headers: Object.fromEntries(headers),
    body,
    isLocal: isLoopbackAddress(incoming.socket.remoteAddress ?? ""),
  };
}

/** The path of a request target. A client that takes the server for a proxy writes the host before it (RFC 9112, 3.2.2). */
function pathOf(target: string): string {
  return target.replace(/^http:\/\/[^/]*/i, "") || "/";
}

/** The refusal of a sender, whatever it requests, or undefined if it is allowed. */
function refusalOf(
  { headers, headersDistinct }: IncomingMessage,
  { host, allowedHosts }: HttpServerOptions,
): HttpResponse | undefined {
  const [given = "", ...others] = headersDistinct["host"] ?? [];
  const name = others.length > 0 ? undefined : hostNameOf(given);
  if (name === undefined) {
    const message = "The Host header is missing or malformed. Send the name and port of the URL.";
    return errorResponse(400, { name: "ValidationException", message });
  }
  if (!isAllowedHost(name, [inUrl(host), ...allowedHosts])) {
    return errorResponse(403, {
      name: "AccessDeniedException",
      message: `The host ${JSON.stringify(name)} is not allowed. ${cureFor(name)}`,
    });
  }
  const site = headers["sec-fetch-site"];
  const isFromPage = site !== undefined && site !== "none" && site !== "same-origin";
  if (isFromPage || isForeignOrigin(headers.origin, given)) {
    return errorResponse(403, {
      name: "AccessDeniedException",
      message: "The request comes from a web page of another origin. Only programs may ask.",
    });
  }
  return undefined;
}

function cureFor(name: string): string {
  return name.endsWith(".localhost")
    ? "If this is S3 with the bucket in the host's name, use 127.0.0.1, or path style (forcePathStyle: true)."
    : `Use localhost or 127.0.0.1, or allow the name: --allowed-host ${name}.`;
}

const TOO_LARGE = errorResponse(413, {
  name: "RequestEntityTooLargeException",
  message: `The body is larger than ${MOST_BODY_BYTES} bytes. Send a smaller request.`,
});

/** The answer when code of the user threw: a behavior, a handler or a log. */
function failed(error: unknown): HttpResponse {
  const message = error instanceof Error ? error.message : String(error);
  return errorResponse(500, { name: "InternalServerError", message });
}

/** The last answer on a connection on which no HTTP could be read. */
function rawAnswer(code: string | undefined): string {
  const [status, name] =
    code === "HPE_HEADER_OVERFLOW"
      ? ["431 Request Header Fields Too Large", "RequestHeaderSectionTooLargeException"]
      : code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ["408 Request Timeout", "RequestTimeoutException"]
        : ["400 Bad Request", "ValidationException"];
  const body = JSON.stringify({ __type: name, message: "The request could not be read." });
  const head = [
    `HTTP/1.1 ${status}`,
    "content-type: application/x-amz-json-1.1",
    `content-length: ${body.length}`,
    "connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
