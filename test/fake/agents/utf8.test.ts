import { describe, expect, it } from "vitest";
import { textOf, utf8Reader } from "../../../src/fake/agents/utf8.ts";

const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const OTHER = "\uFFFD";

describe("bytes as text", () => {
  it("are UTF-8, with the mark at their beginning", () => {
    expect(textOf(new TextEncoder().encode("\uFEFFaé€😀"))).toBe("\uFEFFaé€😀");
  });

  it.each([
    ["a byte that begins nothing", bytes(0x61, 0xff, 0x62), `a${OTHER}b`],
    ["a byte that only goes on", bytes(0x80, 0xbf), OTHER.repeat(2)],
    ["a character of two that breaks off", bytes(0xc3), OTHER],
    ["a character of three that breaks off", bytes(0xe2, 0x82), OTHER.repeat(2)],
    ["a character of four that breaks off", bytes(0xf0, 0x9f, 0x98, 0x61), `${OTHER.repeat(3)}a`],
    ["a character that is longer than needed", bytes(0xc0, 0xaf), OTHER.repeat(2)],
    ["one of three that is longer than needed", bytes(0xe0, 0x80, 0xaf), OTHER.repeat(3)],
    ["a half of a surrogate pair", bytes(0xed, 0xa0, 0x80), OTHER.repeat(3)],
    ["a character above all others", bytes(0xf4, 0x90, 0x80, 0x80), OTHER.repeat(4)],
  ])("have U+FFFD for each byte of %s", (_, given, text) => {
    expect(textOf(given)).toBe(text);
  });

  it("keep what is right around what is wrong", () => {
    expect(textOf(bytes(0xc3, 0xa9, 0xc3, 0xe2, 0x82, 0xac))).toBe(`é${OTHER}€`);
  });
});

describe("bytes that come in pieces", () => {
  const whole = bytes(
    0x61,
    0xc3,
    0xa9,
    0xe2,
    0x82,
    0xac,
    0xf0,
    0x9f,
    0x98,
    0x80,
    0xff,
    0x62,
    0xe2,
    0x82,
  );
  const cuts = Array.from({ length: whole.length + 1 }, (_, cut) => cut);

  it.each(cuts)("are read as all of them at once when they are cut at %i", (cut) => {
    const reader = utf8Reader();
    const pieces = [whole.subarray(0, cut), whole.subarray(cut)].map((piece) => reader.read(piece));
    expect([...pieces, reader.end()].join("")).toBe(`aé€😀${OTHER}b${OTHER.repeat(2)}`);
  });

  it("hold back no more than a character that may go on", () => {
    const reader = utf8Reader();
    expect([reader.read(bytes(0x61, 0xf0, 0x9f, 0x98)), reader.read(bytes(0x80))]).toEqual([
      "a",
      "😀",
    ]);
  });
});
