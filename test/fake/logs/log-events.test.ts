import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_EVENT_BYTES, toLogMessages } from "../../../src/fake/logs/log-events.ts";

const sizeOf = (text: string) => new TextEncoder().encode(text).length;

/** One half of a pair of surrogates, without the other. */
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

describe("the messages of a stream", () => {
  it.each([
    ["many lines in one event", "one\ntwo\nthree", ["one\ntwo\nthree"]],
    ["without the newline at the end", "one\ntwo\n", ["one\ntwo"]],
    ["with the empty lines before it", "one\n\n\n", ["one\n\n"]],
    ["with \\r\\n as \\n", "one\r\ntwo\r\n", ["one\ntwo"]],
    ["with a \\r that stands alone", "50%\r100%\n", ["50%\r100%"]],
    ["none for an empty stream", "", []],
    ["none for nothing but a newline", "\n", []],
    ["none for nothing but \\r\\n", "\r\n", []],
  ])("are %s", (_, text, messages) => {
    expect(toLogMessages(text)).toEqual(messages);
  });

  it("fill an event to its last byte", () => {
    const line = "x".repeat(MAX_EVENT_BYTES - 1);
    expect(toLogMessages(`${line}\nx\n`)).toEqual([`${line}\n`, "x"]);
  });

  it("begin a new event with the line that does not fit", () => {
    const line = `${"x".repeat(99_999)}\n`;
    expect(toLogMessages(`${line}${line}${line}`)).toEqual([line + line, line.slice(0, -1)]);
  });

  it("count bytes, not characters", () => {
    const line = `${"ä".repeat(49_999)}\n`; // 99,999 bytes
    expect(toLogMessages(line.repeat(3))).toEqual([line + line, line.slice(0, -1)]);
  });

  it("cut a line that is longer than an event between two characters", () => {
    const [head, ...rest] = toLogMessages(`x${"🚀".repeat(50_000)}\nnext\n`);
    expect([head, rest]).toEqual([`x${"🚀".repeat(49_999)}`, ["🚀\nnext"]]);
  });

  it("end an event before a long line begins", () => {
    const long = "y".repeat(MAX_EVENT_BYTES + 5);
    const messages = toLogMessages(`short\n${long}\nshort`);
    expect(messages).toEqual(["short\n", long.slice(5), "yyyyy\nshort"]);
  });

  // Characters of one to four bytes in lines around the limit, so that every border falls on each of them.
  const lines = fc
    .array(
      fc.record({
        unit: fc.constantFrom("x", "ä", "漢", "🚀", "a\r", "e\u0301", ""),
        length: fc.oneof(fc.nat(5), fc.integer({ min: 45_000, max: 110_000 })),
        end: fc.constantFrom("\n", "\r\n", ""),
      }),
      { maxLength: 6 },
    )
    .map((parts) => parts.map(({ unit, length, end }) => unit.repeat(length) + end).join(""));

  it("joined are the text, but for \\r\\n and the newline at the end", () => {
    fc.assert(
      fc.property(lines, (text) => {
        const kept = text.replaceAll("\r\n", "\n").replace(/\n$/, "");
        return toLogMessages(text).join("") === kept;
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("are never empty, never too long and never half a character", () => {
    fc.assert(
      fc.property(lines, (text) =>
        toLogMessages(text).every(
          (message) => message !== "" && sizeOf(message) <= MAX_EVENT_BYTES && !HALF.test(message),
        ),
      ),
      { seed: 1, numRuns: 60 },
    );
  });
});
