/** The most UTF-8 bytes that the agent puts into one event [agent-logs-publisher]. */
export const MAX_EVENT_BYTES = 200_000;

/**
 * The messages of the events that the agent makes of one output stream, or of its beginning while it is not complete.
 *
 * - Whole lines are gathered into events of at most {@link MAX_EVENT_BYTES}, so many lines share one event, and the event
 *   keeps the newlines that end them [agent-logs-publisher].
 * - `\r\n` becomes `\n` [agent-logs-publisher], before anything is counted (our decision).
 * - The newline at the end of a complete stream is dropped. The agent drops one from every event that it makes after the
 *   process has ended [agent-logs-publisher]; that only the last event loses one is our decision, so that what was written
 *   can be read back.
 * - A line that is longer than an event is cut between two characters (our decision: the agent cuts between two bytes).
 * - An empty event is not made, since CloudWatch Logs does not take one: `"\n"` leaves no trace (our decision).
 *
 * Joined with nothing in between, the messages are the stream again, apart from the second and the third rule.
 *
 * @example
 * ```ts
 * toLogMessages("one\r\ntwo\r\n"); //=> ["one\ntwo"]
 * ```
 */
export function toLogMessages(
  text: string,
  { isComplete = true }: { readonly isComplete?: boolean } = {},
): readonly string[] {
  const whole = text.replaceAll("\r\n", "\n");
  const lines = isComplete ? whole.replace(/\n$/, "") : whole;
  const encoder = new TextEncoder();
  const room = new Uint8Array(MAX_EVENT_BYTES);
  const messages: string[] = [];
  for (let start = 0; start < lines.length; ) {
    // A UTF-16 unit takes at least one byte, so no event has more units than this; `encodeInto` never cuts a character.
    const ahead = lines.slice(start, start + MAX_EVENT_BYTES);
    const fits = encoder.encodeInto(ahead, room).read;
    const length = start + fits === lines.length ? fits : wholeLines(ahead.slice(0, fits));
    messages.push(ahead.slice(0, length));
    start += length;
  }
  return messages;
}

/** The length of the whole lines in `text`, or of all of it when it is the beginning of one line. */
function wholeLines(text: string): number {
  return text.lastIndexOf("\n") + 1 || text.length;
}
