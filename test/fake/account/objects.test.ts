import { describe, expect, it, vi } from "vitest";
import { Objects } from "../../../src/fake/account/objects.ts";

/** Three objects in two buckets. */
function someObjects(runDue: () => void = () => {}): Objects {
  const objects = new Objects(runDue);
  objects.put("one", { key: "b/stdout", text: "second" });
  objects.put("one", { key: "a/stdout", text: "first" });
  objects.put("two", { key: "a/stdout", text: "other" });
  return objects;
}

describe("the objects of S3", () => {
  it("are read by bucket and key", () => {
    expect(someObjects().get("two", "a/stdout")).toBe("other");
  });

  it.each([
    ["bucket", "three", "a/stdout"],
    ["key", "one", "c/stdout"],
  ])("are undefined for a %s that does not exist", (_, bucket, key) => {
    expect(someObjects().get(bucket, key)).toBeUndefined();
  });

  it("are listed in the order of their keys", () => {
    expect(someObjects().list("one")).toEqual(["a/stdout", "b/stdout"]);
  });

  it("are listed by prefix", () => {
    expect(someObjects().list("one", "b/")).toEqual(["b/stdout"]);
  });

  it("are an empty list in a bucket that does not exist", () => {
    expect(someObjects().list("three")).toEqual([]);
  });

  it("are replaced by what is put in the same place", () => {
    const objects = someObjects();
    objects.put("one", { key: "a/stdout", text: "again" });
    expect([objects.get("one", "a/stdout"), objects.list("one")]).toEqual([
      "again",
      ["a/stdout", "b/stdout"],
    ]);
  });

  it("are gone when they are cleared", () => {
    const objects = someObjects();
    objects.clear();
    expect(objects.list("one")).toEqual([]);
  });

  it("are read after what is due has run", () => {
    const runDue = vi.fn();
    const objects = someObjects(runDue);
    objects.get("one", "a/stdout");
    objects.list("one");
    expect(runDue).toHaveBeenCalledTimes(2);
  });
});
