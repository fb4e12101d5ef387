import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergedOutput, shownStream } from "../../../src/fake/agents/output.ts";

const SUFFIX = "--output truncated--";
const HEADING = "\n----------ERROR-------\n";
const OUT_CUT = "\n---Output truncated---";
const ERR_CUT = "\n---Error truncated----";

const bytes = (text: string) => new TextEncoder().encode(text).length;
const a = (count: number) => "a".repeat(count);
const e = (count: number) => "e".repeat(count);

describe("a stream of GetCommandInvocation", () => {
  it("is empty where nothing was written", () => {
    expect(shownStream("", 24_000)).toBe("");
  });

  it("is whole one byte below the limit", () => {
    expect(shownStream(a(23_999), 24_000)).toBe(a(23_999));
  });

  it("is cut at the limit", () => {
    expect(shownStream(a(24_000), 24_000)).toBe(a(23_980) + SUFFIX);
  });

  it("is cut beyond it, to as many bytes", () => {
    expect(shownStream(a(90_000), 24_000)).toBe(a(23_980) + SUFFIX);
  });

  it("keeps trailing newlines", () => {
    expect(shownStream("done\n\n", 24_000)).toBe("done\n\n");
  });

  it("counts bytes: of a character of two, half as many fit", () => {
    expect(shownStream("é".repeat(50), 100)).toBe("é".repeat(40) + SUFFIX);
  });

  it("is whole below the limit in bytes", () => {
    expect(shownStream(`${"é".repeat(49)}a`, 100)).toBe(`${"é".repeat(49)}a`);
  });

  it("shows each byte of a character that the limit cuts as U+FFFD", () => {
    expect(shownStream("😀".repeat(30), 102)).toBe(`${"😀".repeat(20)}\uFFFD\uFFFD${SUFFIX}`);
  });
});

const merged = (stdout: string, stderr: string) => mergedOutput({ stdout, stderr });

describe("Output of a plugin", () => {
  it("is empty where nothing was written", () => {
    expect(merged("", "")).toBe("");
  });

  it("is stdout alone where there is no stderr", () => {
    expect(merged("done\n", "")).toBe("done\n");
  });

  it("is a heading and stderr where there is no stdout", () => {
    expect(merged("", "bad\n")).toBe(`${HEADING}bad\n`);
  });

  it("is stdout, a heading and stderr", () => {
    expect(merged("done\n", "bad\n")).toBe(`done\n${HEADING}bad\n`);
  });

  it("is whole one byte below its room, without stderr", () => {
    expect(merged(a(2_499), "")).toBe(a(2_499));
  });

  it("cuts stdout that fills its room, without stderr", () => {
    expect(merged(a(2_500), "")).toBe(a(2_477) + OUT_CUT);
  });

  it("is whole one byte below the room that the heading leaves", () => {
    expect(merged(a(2_000), e(475))).toBe(a(2_000) + HEADING + e(475));
  });

  it("cuts both where both are longer than half of the room", () => {
    expect(merged(a(1_239), e(1_239))).toBe(a(1_215) + OUT_CUT + HEADING + e(1_215) + ERR_CUT);
  });

  it("cuts stderr where stdout is half of the room", () => {
    expect(merged(a(1_238), e(1_239))).toBe(a(1_238) + HEADING + e(1_215) + ERR_CUT);
  });

  it("cuts stderr where both are half of the room", () => {
    expect(merged(a(1_238), e(1_238))).toBe(a(1_238) + HEADING + e(1_215) + ERR_CUT);
  });

  it("cuts stderr where stdout is short", () => {
    expect(merged("ok", e(9_000))).toBe(`ok${HEADING}${e(2_451)}${ERR_CUT}`);
  });

  it("cuts stderr where there is no stdout", () => {
    expect(merged("", e(9_000))).toBe(HEADING + e(2_453) + ERR_CUT);
  });

  it("cuts stdout where stderr is short", () => {
    expect(merged(a(9_000), "bad")).toBe(`${a(2_450)}${OUT_CUT}${HEADING}bad`);
  });

  it("cuts stdout where stderr is half of the room", () => {
    expect(merged(a(1_239), e(1_238))).toBe(a(1_215) + OUT_CUT + HEADING + e(1_238));
  });

  it("counts a byte that is no UTF-8, which is shown as U+FFFD, as one", () => {
    const other = (count: number) => "\uFFFD".repeat(count);
    expect([merged(other(2_000), ""), merged(other(3_000), "")]).toEqual([
      ...[other(2_000), other(2_477) + OUT_CUT],
    ]);
  });

  it("counts bytes, and shows each byte of a character that is cut as U+FFFD", () => {
    expect(merged("😀".repeat(700), "")).toBe(`${"😀".repeat(619)}\uFFFD${OUT_CUT}`);
  });
});

/** A beginning and what can be repeated after it, in characters of one to four bytes. */
const aText = fc
  .tuple(fc.string({ unit: "grapheme", maxLength: 40 }), fc.nat({ max: 200 }))
  .map(([piece, times]) => piece.repeat(times));

/** The bytes of a cut string, where U+FFFD stands for one byte of a character that was cut. */
const cutBytes = (text: string) => bytes(text.replaceAll("\uFFFD", "?"));

/** The longest beginning that two strings share. */
function sharedBeginning(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

describe("a cut of any string", () => {
  it("is never longer than the limit, in bytes", () => {
    fc.assert(
      fc.property(aText, fc.integer({ min: 20, max: 5_000 }), (text, limit) => {
        expect(cutBytes(shownStream(text, limit))).toBeLessThanOrEqual(
          Math.max(limit, bytes(text)),
        );
      }),
    );
  });

  it("keeps the beginning, and all of it that fits but the last character", () => {
    fc.assert(
      fc.property(aText, fc.integer({ min: 20, max: 5_000 }), (text, limit) => {
        const shown = shownStream(text, limit);
        const kept = sharedBeginning(text, shown);
        const room = shown === text ? 0 : limit - SUFFIX.length - 3;
        expect(bytes(kept)).toBeGreaterThanOrEqual(room);
      }),
    );
  });

  it("is never longer than 2,500 bytes, of both streams", () => {
    fc.assert(
      fc.property(aText, aText, (stdout, stderr) => {
        expect(cutBytes(merged(stdout, stderr))).toBeLessThanOrEqual(2_500);
      }),
    );
  });

  it("takes from neither stream more than from half of the room", () => {
    fc.assert(
      fc.property(aText, aText, (stdout, stderr) => {
        const output = merged(stdout, stderr);
        const kept = sharedBeginning(stdout, output);
        expect(bytes(kept)).toBeGreaterThanOrEqual(Math.min(bytes(stdout), 1_215 - 3));
      }),
    );
  });
});
