import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { md5 } from "../../../src/fake/s3/md5.ts";

/** What Node makes of the same bytes. */
const byNode = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");

/** So many bytes, of every value. */
const someBytes = (length: number) =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + length) % 256);

/** The lengths from one to another. */
const lengths = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("the MD5 digest", () => {
  // The examples of RFC 1321.
  it.each([
    ["", "d41d8cd98f00b204e9800998ecf8427e"],
    ["a", "0cc175b9c0f1b6a831c399e269772661"],
    ["abc", "900150983cd24fb0d6963f7d28e17f72"],
    ["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
    ["abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"],
    [
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
      "d174ab98d277d9f5a5611c2c9f419d9f",
    ],
    ["1234567890".repeat(8), "57edf4a22be3c955ac49da2e2107b67a"],
  ])("of %j is the one of RFC 1321", (message, digest) => {
    expect(md5(new TextEncoder().encode(message))).toBe(digest);
  });

  it("is Node's for every length of up to 130 bytes", () => {
    const inputs = lengths(0, 130).map(someBytes);
    expect(inputs.map(md5)).toEqual(inputs.map(byNode));
  });

  it.each([55, 56, 63, 64, 65, 119, 120, 127, 128, 129])(
    "is Node's for %i bytes that are all zero, or all one",
    (length) => {
      const inputs = [0x00, 0xff, 0x80].map((byte) => new Uint8Array(length).fill(byte));
      expect(inputs.map(md5)).toEqual(inputs.map(byNode));
    },
  );

  it.each([65_535, 65_536, 1_000_003])("is Node's for %i bytes", (length) => {
    expect(md5(someBytes(length))).toBe(byNode(someBytes(length)));
  });

  it("is Node's for bytes that are a part of others", () => {
    const part = someBytes(300).subarray(7, 207);
    expect(md5(part)).toBe(byNode(part));
  });

  it("is Node's for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(md5(bytes)).toBe(byNode(bytes));
      }),
      { numRuns: 300 },
    );
  });

  it("leaves the bytes as they were", () => {
    const bytes = someBytes(100);
    md5(bytes);
    expect(bytes).toEqual(someBytes(100));
  });
});
