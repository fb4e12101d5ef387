import { describe, expectTypeOf, it } from "vitest";
import { type Refusal, type Result, refuse } from "../../src/fake/result.ts";

describe("a refusal", () => {
  it("has a text that tells, or says why", () => {
    expectTypeOf(refuse("InvalidDocument", "Document X does not exist.")).toEqualTypeOf<
      Result<never>
    >();
    expectTypeOf(refuse("InvalidDocument", undefined, "No X.")).toEqualTypeOf<Result<never>>();
    expectTypeOf(refuse("InvalidDocument", "No.", "No X.")).toEqualTypeOf<Result<never>>();
  });

  it("of a name alone does not compile", () => {
    // @ts-expect-error: neither a message nor a reason
    refuse("InvalidDocument");
    // @ts-expect-error: AWS sends no message, and nobody says why
    refuse("InvalidDocument", undefined);
    // @ts-expect-error: the same with a message that may be missing
    refuse("InvalidDocument", "" as string | undefined);
  });

  it("cannot be changed on its way", () => {
    expectTypeOf<Refusal>().toEqualTypeOf<Readonly<Refusal>>();
  });
});
