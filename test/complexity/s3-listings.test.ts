import { describe, expect, it } from "vitest";
import { Bucket, BucketStore, StoredObject } from "../../src/fake/s3/bucket-store.ts";
import type { ListObjectsOutput } from "../../src/fake/s3/operations/list-objects.ts";
import { callS3 } from "../../src/fake/s3/s3-service.ts";

/** A bucket that counts how many of its keys and objects are looked at. */
class CountingBucket extends Bucket {
  looks = 0;

  override get keys(): readonly string[] {
    return new Proxy(super.keys, {
      get: (keys, name) => {
        // Looking at the length costs nothing.
        if (name !== "length") this.looks++;
        return Reflect.get(keys, name) as unknown;
      },
    });
  }

  override object(key: string): StoredObject | undefined {
    this.looks++;
    return super.object(key);
  }
}

/** A bucket with so many folders, each with so many objects. */
function aBucket({
  folders,
  objects = 1,
}: {
  readonly folders: number;
  readonly objects?: number;
}) {
  const bucket = new CountingBucket("output");
  for (let folder = 0; folder < folders; folder++) {
    for (let object = 0; object < objects; object++) {
      const key = `run/${number(folder)}/${number(object)}`;
      bucket.put(new StoredObject(key, { text: key, at: 0 }));
    }
  }
  const buckets = new BucketStore();
  buckets.get = () => bucket;
  const context = { buckets, accountId: "123456789012", region: "us-east-1" };
  const list = (asked: object, operation = "ListObjectsV2") => {
    const before = bucket.looks;
    const answer = callS3(operation, { input: { Bucket: "output", ...asked }, context });
    if (!answer.ok) throw new Error(answer.refusal.message);
    const page = answer.value as ListObjectsOutput;
    return { page, looks: bucket.looks - before };
  };
  return { list };
}

const number = (index: number) => String(index).padStart(6, "0");

/** Steps of a search by halves through so many keys, at most. */
const searchOf = (keys: number) => Math.ceil(Math.log2(keys + 1));

const OPERATIONS = ["ListObjects", "ListObjectsV2"] as const;

describe.each(OPERATIONS)("a page of %s", (operation) => {
  it.each([100, 1_000, 50_000])(
    "costs its keys and one search, of %i keys: two looks for each that it shows",
    (folders) => {
      const { looks } = aBucket({ folders }).list({ MaxKeys: 10 }, operation);
      expect(looks).toBeLessThanOrEqual(searchOf(folders) + 2 * 10 + 1);
    },
  );

  it("costs ten times as much with ten times as many keys, at most", () => {
    const { list } = aBucket({ folders: 5_000 });
    const [small, large] = [5, 50].map((MaxKeys) => list({ MaxKeys }, operation).looks);
    expect(large!).toBeLessThanOrEqual(small! * 10);
  });

  it("costs nothing for what the prefix leaves out", () => {
    const { list } = aBucket({ folders: 20_000 });
    const { page, looks } = list({ Prefix: "run/010000/" }, operation);
    expect(page.Contents).toHaveLength(1);
    expect(looks).toBeLessThanOrEqual(searchOf(20_000) + 2 + 1);
  });

  it("costs a search for each common prefix, however many keys have it", () => {
    const costs = [10, 1_000].map((objects) => {
      const { list } = aBucket({ folders: 50, objects });
      const asked = { Prefix: "run/", Delimiter: "/", MaxKeys: 10 };
      const { page, looks } = list(asked, operation);
      expect(page.CommonPrefixes).toHaveLength(10);
      return looks - 11 * searchOf(50 * objects);
    });
    for (const beyond of costs) expect(beyond).toBeLessThanOrEqual(11);
  });
});

describe("a walk through all pages", () => {
  it.each([
    ["in pages of keys", {}, 20],
    ["in pages of common prefixes", { Prefix: "run/", Delimiter: "/" }, 20],
  ])("costs the same deep in the bucket as at its beginning: %s", (_, asked, MaxKeys) => {
    const { list } = aBucket({ folders: 2_000 });
    const costs: number[] = [];
    let from = {};
    for (;;) {
      const { page, looks } = list({ ...asked, ...from, MaxKeys });
      costs.push(looks);
      if (page.NextContinuationToken === undefined) break;
      from = { ContinuationToken: page.NextContinuationToken };
    }
    expect(costs).toHaveLength(100);
    expect(Math.max(...costs)).toBeLessThanOrEqual(Math.min(...costs) * 1.25);
  });
});

it("a listing of everything costs everything, which shows that the count sees it", () => {
  const [small, large] = [10, 1_000].map((folders) => aBucket({ folders }).list({}).looks);
  expect(large!).toBeGreaterThan(small! * 50);
});
