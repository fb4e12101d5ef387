import { once } from "node:events";
import { connect } from "node:net";

/** How long a server that keeps the connection is listened to for more: long, since a busy machine is slow. */
const QUIET_MS = 2_000;

/**
 * What a server answers to bytes on a connection of their own, as text: all of it, until the server hangs up, as a
 * request asks it to by default. The sender hangs up on one that keeps the connection and has gone quiet and, with
 * `waitMs`, after that long without an answer.
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
  // A server may break off; what it has said until then counts.
  socket.on("error", () => {});
  socket.on("timeout", () => socket.destroy());
  if (waitMs !== undefined) socket.setTimeout(waitMs);
  socket.write(bytes);
  await once(socket, "close");
  return Buffer.concat(chunks).toString("latin1");
}

/** A request as text: a POST of AWS JSON 1.1 unless it is said otherwise. A header that is undefined is left out. */
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
