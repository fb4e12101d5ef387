import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeToken, encodeToken } from "../../../src/fake/calls/page-token.ts";

const places = fc.array(fc.nat(), { minLength: 1, maxLength: 2 });

describe("a page token", () => {
  it("leads back to its place when the question is the same", () => {
    fc.assert(
      fc.property(places, fc.string(), (place, question) => {
        expect(decodeToken(encodeToken(place, question), question)).toEqual(place);
      }),
    );
  });

  it("leads nowhere when the question is another", () => {
    fc.assert(
      fc.property(places, fc.string(), fc.string(), (place, question, other) => {
        fc.pre(question !== other);
        expect(decodeToken(encodeToken(place, question), other)).toBeUndefined();
      }),
    );
  });

  it("leads nowhere when its place was changed", () => {
    const changed = atob(encodeToken([3, 1], "question")).replace("3.1", "4.1");
    expect(decodeToken(btoa(changed), "question")).toBeUndefined();
  });

  it.each(["", "AAMAAQ", "no base64!", btoa("3.1"), btoa("3.1:00000000"), btoa(":811c9dc5")])(
    "leads nowhere when somebody else made it: %j",
    (token) => {
      expect(decodeToken(token, "question")).toBeUndefined();
    },
  );

  it("is made of characters that need no escaping in JSON", () => {
    expect(encodeToken([3, 1], "question")).toMatch(/^[A-Za-z0-9+/=]+$/);
  });
});
