import type { Streams } from "./output-files.ts";

/**
 * How the agent shortens output before it sends it to the service. Sources: [agent-plugin-util] for a stream,
 * [agent-io-handler] for both. The agent measures UTF-8 bytes, so a limit of 2,500 holds 833 characters of three bytes.
 * Where it cuts a character in two, each byte that is left of it is shown as U+FFFD [agent-cases]. A U+FFFD in the output
 * stands for one byte that is no UTF-8, and counts as one (our decision: a process hardly ever writes that character).
 */

/**
 * The most bytes of a stream that the agent reports [agent-plugin-util], and of standard output that GetCommandInvocation
 * shows [api-get-command-invocation] ([rules-output]).
 */
export const STREAM_LIMIT = 24_000;

const STREAM_SUFFIX = "--output truncated--";
const ERROR_HEADING = "\n----------ERROR-------\n";
const STDOUT_CUT = "\n---Output truncated---";
const STDERR_CUT = "\n---Error truncated----";

/** Bytes that `CommandPlugin.Output` holds, of both streams together. */
const MERGED_LIMIT = 2_500;

/**
 * A stream as GetCommandInvocation shows it: whole below the limit, else its beginning and a suffix, `limit` bytes in all.
 */
export function shownStream(text: string, limit: number): string {
  if (byteLength(text, limit) < limit) return text;
  return beginning(text, limit - STREAM_SUFFIX.length) + STREAM_SUFFIX;
}

/**
 * Both streams as `CommandPlugin.Output` shows them: stdout, a heading, stderr; cut so that neither takes the other's room,
 * each cut marked. [rec-2026-09-27-managed-execution] has it for a long stdout.
 */
export function mergedOutput({ stdout, stderr }: Streams): string {
  const heading = stderr === "" ? "" : ERROR_HEADING;
  const room = MERGED_LIMIT - heading.length;
  const [outLength, errLength] = [byteLength(stdout, room), byteLength(stderr, room)];
  if (outLength + errLength < room) return stdout + heading + stderr;
  const half = room / 2;
  const cutOut = (bytes: number) => beginning(stdout, bytes) + STDOUT_CUT;
  const cutErr = (bytes: number) => beginning(stderr, bytes) + STDERR_CUT;
  if (outLength > half && errLength > half) {
    const each = Math.floor((room - STDOUT_CUT.length - STDERR_CUT.length) / 2);
    return cutOut(each) + heading + cutErr(each);
  }
  if (outLength <= half) return stdout + heading + cutErr(room - STDERR_CUT.length - outLength);
  return cutOut(room - STDOUT_CUT.length - errLength) + heading + stderr;
}

/**
 * The UTF-8 bytes of a string; above `most` perhaps fewer than all, but at least `most`, so that a long string costs
 * little.
 */
function byteLength(text: string, most: number): number {
  // A UTF-16 unit takes at least one byte.
  return new TextEncoder().encode(measured(text.slice(0, most))).length;
}

/** The first bytes of a string, as text again. */
function beginning(text: string, bytes: number): string {
  const room = new Uint8Array(Math.max(0, bytes));
  const { read, written } = new TextEncoder().encodeInto(measured(text.slice(0, bytes)), room);
  const isCut = read < text.length;
  return text.slice(0, read) + (isCut ? NO_UTF8.repeat(room.length - written) : "");
}

const NO_UTF8 = "\uFFFD";

/** As many UTF-16 units, with one byte for each that stands for a byte that is no UTF-8. */
function measured(text: string): string {
  return text.replaceAll(NO_UTF8, "?");
}
