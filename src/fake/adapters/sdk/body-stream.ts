import { connectionReset } from "../../calls/connection-errors.ts";
import type { WireResponse } from "../wire.ts";

/**
 * The body of a response as the stream that an SDK gets from its own handler: one of Node's where Node's modules can be
 * had, because code pipes it, else one of the web. A body that is shorter than it says it is breaks off.
 */
export function bodyStream({ body, headers }: WireResponse, method: string): unknown {
  const said = method === "HEAD" ? 0 : Number(headers["content-length"] ?? 0);
  const chunks = chunksOf(body, said > body.byteLength);
  return nodeReadable()?.from(chunks, { objectMode: false }) ?? webStream(chunks);
}

async function* chunksOf(body: Uint8Array, breaksOff: boolean): AsyncGenerator<Uint8Array, void> {
  if (body.byteLength > 0) yield body;
  if (breaksOff) throw connectionReset("aborted");
}

/** What is needed of Node's class of streams. */
interface ReadableClass {
  from(chunks: AsyncIterable<Uint8Array>, options: { readonly objectMode: boolean }): unknown;
}

/** Not imported: this runs wherever the SDK does, and some of these places have no such module. */
function nodeReadable(): ReadableClass | undefined {
  if (typeof process === "undefined") return undefined;
  // Node before 20.16 lacks the function, and so do other runtimes.
  const { getBuiltinModule } = process as {
    getBuiltinModule?: (name: string) => { readonly Readable?: ReadableClass } | undefined;
  };
  return getBuiltinModule?.("stream")?.Readable;
}

function webStream(chunks: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
}
