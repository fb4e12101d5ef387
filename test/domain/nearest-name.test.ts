import { describe, expect, it } from "vitest";
import { nearestName } from "../../src/domain/nearest-name.ts";

const NAMES = ["InstanceIds", "Targets", "TimeoutSeconds"];

describe("nearestName", () => {
  it.each([
    ["a letter too few", "Target", "Targets"],
    ["a letter too many", "Targgets", "Targets"],
    ["another letter", "Tergets", "Targets"],
    ["two letters exchanged", "Tragets", "Targets"],
    ["the name itself", "Targets", "Targets"],
  ])("finds a name within one letter, or a swap: %s", (_, written, name) => {
    expect(nearestName(written, NAMES)).toBe(name);
  });

  it("finds none that is three letters away", () => {
    expect(nearestName("Targetedly", NAMES)).toBeUndefined();
  });

  it("ignores the case of letters, and returns the name as it is", () => {
    expect(nearestName("TIMEOUT_SECOND", NAMES)).toBe("TimeoutSeconds");
  });

  it("prefers the nearer name, and the first of two that are as near", () => {
    expect([nearestName("cost", ["port", "host"]), nearestName("rost", ["port", "host"])]).toEqual([
      "host",
      "host",
    ]);
    expect(nearestName("mort", ["sort", "port"])).toBe("sort");
  });

  it("lets no letter be wrong in two, one in seven and two in eight", () => {
    expect([
      nearestName("os", ["ok"]),
      nearestName("OS", ["os"]),
      nearestName("abc", ["abd"]),
      nearestName("abcdefg", ["abcdexy"]),
      nearestName("abcdefgh", ["abcdefxy"]),
    ]).toEqual([undefined, "os", "abd", undefined, "abcdefxy"]);
  });

  it("prefers the nearer one, wherever it stands", () => {
    expect(nearestName("targets12", ["targets345", "targets13"])).toBe("targets13");
    expect(nearestName("targets12", ["targets13", "targets345"])).toBe("targets13");
  });

  it("finds none among no names", () => {
    expect(nearestName("Targets", [])).toBeUndefined();
  });
});
