import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRange } from "../../../src/fake/s3/byte-range.ts";

const SIZE = 10;

describe("a range", () => {
  it.each([
    ["from the beginning", "bytes=0-4", 0, 4],
    ["of the first byte", "bytes=0-0", 0, 0],
    ["of the last byte", "bytes=9-9", 9, 9],
    ["in the middle", "bytes=3-5", 3, 5],
    ["of everything", "bytes=0-9", 0, 9],
    ["to beyond the end", "bytes=3-10", 3, 9],
    ["to far beyond the end", "bytes=3-99999999999999999999999", 3, 9],
    ["without an end", "bytes=3-", 3, 9],
    ["without an end from the beginning", "bytes=0-", 0, 9],
    ["of the last bytes", "bytes=-3", 7, 9],
    ["of the very last byte", "bytes=-1", 9, 9],
    ["of as many last bytes as there are", "bytes=-10", 0, 9],
    ["of more last bytes than there are", "bytes=-99", 0, 9],
    ["with zeros in front", "bytes=003-0005", 3, 5],
    ["between blanks", " bytes=3-5 ", 3, 5],
  ])("%s is %j", (_, header, first, last) => {
    expect(readRange(header, SIZE)).toEqual({ first, last });
  });

  it.each([
    ["that begins at the end", "bytes=10-"],
    ["that begins beyond the end", "bytes=11-20"],
    ["that begins far beyond the end", `bytes=${"9".repeat(400)}-`],
    ["of the last 0 bytes", "bytes=-0"],
  ])("%s is unsatisfiable", (_, header) => {
    expect(readRange(header, SIZE)).toBe("unsatisfiable");
  });

  it.each(["bytes=0-0", "bytes=0-", "bytes=-1", "bytes=-0"])(
    "%s of an empty object is unsatisfiable",
    (header) => {
      expect(readRange(header, 0)).toBe("unsatisfiable");
    },
  );

  it("that is not asked for is the whole object", () => {
    expect(readRange(undefined, SIZE)).toBeUndefined();
  });

  it.each([
    ["is empty", ""],
    ["has no unit", "0-4"],
    ["has another unit", "lines=0-4"],
    ["has no number", "bytes=-"],
    ["has nothing", "bytes="],
    ["has no dash", "bytes=4"],
    ["has a sign", "bytes=+0-4"],
    ["has two dashes", "bytes=--4"],
    ["has a fraction", "bytes=0.5-4"],
    ["has other digits", "bytes=٣-٥"],
    ["has blanks inside", "bytes= 0 - 4"],
    ["ends before it begins", "bytes=5-4"],
    ["ends before it begins, both beyond the end", "bytes=20-15"],
    ["has several parts", "bytes=0-1,3-4"],
    ["has several parts with blanks", "bytes=0-1, 3-4"],
    ["has a part and a comma", "bytes=0-1,"],
    ["has a second line", "bytes=0-1\nbytes=2-3"],
  ])("that %s counts as none", (_, header) => {
    expect(readRange(header, SIZE)).toBeUndefined();
  });

  it("lies within the object, however it is asked for", () => {
    const aNumber = fc.oneof(fc.constant(""), fc.nat({ max: 30 }).map(String));
    fc.assert(
      fc.property(aNumber, aNumber, fc.nat({ max: 20 }), (from, to, size) => {
        const range = readRange(`bytes=${from}-${to}`, size);
        if (typeof range !== "object") return;
        const { first, last } = range;
        expect([first >= 0, first <= last, last < size]).toEqual([true, true, true]);
      }),
      { numRuns: 500 },
    );
  });
});
