import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { anObject } from "./a-store.ts";

describe("a part", () => {
  it("is the whole object if it is the first", async () => {
    const { ContentRange, ContentLength, $metadata } = await anObject().get({ PartNumber: 1 });
    expect([ContentRange, ContentLength, $metadata.httpStatusCode]).toEqual([
      "bytes 0-9/10",
      10,
      206,
    ]);
  });

  it.each([0, -1, 10_001, 1.5])("is no part with the number %d", async (PartNumber) => {
    expect(await rejectionOf(anObject().get({ PartNumber }))).toMatchObject({
      name: "InvalidArgument",
      message: "Part number must be an integer between 1 and 10000, inclusive",
      $metadata: { httpStatusCode: 400 },
    });
  });

  it("cannot be asked for together with a range", async () => {
    const asked = anObject().get({ PartNumber: 1, Range: "bytes=0-1" });
    expect(await rejectionOf(asked)).toMatchObject({ name: "InvalidRequest" });
  });

  it.each([2, 10_000])("does not exist if its number is %i", async (PartNumber) => {
    expect(await rejectionOf(anObject().get({ PartNumber }))).toMatchObject({
      name: "InvalidPartNumber",
      ActualPartCount: "1",
      PartNumberRequested: String(PartNumber),
      $metadata: { httpStatusCode: 416 },
    });
  });
});
