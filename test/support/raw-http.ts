import { once } from "node:events";
import { connect } from "node:net";

/** How long to wait for more from a server that keeps the connection open: long, since a busy computer is slow. */
const QUIET_MS = 2_000;

/**
 * What a server answers to raw bytes on a connection of their own: all of it, until the server closes the connection, as a
 * request asks it to by default. The sender closes a connection that stays open when it has been quiet for a while and,
 * with `waitMs`, after that long without an answer.
 */
export async function sendRaw(
  port: number,
  bytes: string | Uint8Array,
  { waitMs }: { readonly waitMs?: number } = {},
): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    socket.setTimeout(QUIET_MS);
  });
  // A server may break off the connection; what it has sent until then counts.
  socket.on("error", () => {});
  socket.on("timeout", () => socket.destroy());
  if (waitMs !== undefined) socket.setTimeout(waitMs);
  socket.write(bytes);
  await once(socket, "close");
  return Buffer.concat(chunks).toString("latin1");
}

/** A request as a string: a POST of AWS JSON 1.1 unless other parts are given. A header that is undefined is left out. */
export function rawRequest({
  line = "POST / HTTP/1.1",
  headers = {},
  body = "{}",
}: {
  readonly line?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
} = {}): string {
  const all: Readonly<Record<string, string | undefined>> = {
    host: "127.0.0.1",
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AmazonSSM.ListCommands",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return [line, ...lines, "", body].join("\r\n");
}

/** The status codes in what a server has answered, in order. */
export function statusesIn(answer: string): readonly number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
