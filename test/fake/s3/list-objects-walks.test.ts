import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BucketStore, StoredObject } from "../../../src/fake/s3/bucket-store.ts";
import type { ListObjectsOutput } from "../../../src/fake/s3/operations/list-objects.ts";
import { callS3 } from "../../../src/fake/s3/s3-service.ts";

interface Asked {
  readonly keys: readonly string[];
  readonly Prefix: string;
  readonly Delimiter: string;
  readonly MaxKeys: number;
}

/** Few characters, so that prefixes and delimiters meet; two are in another order in UTF-16 than in UTF-8. */
const aWord = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom("/", "/", "a", "b", "😀", "！"), maxLength });
const someAsked: fc.Arbitrary<Asked> = fc.record({
  keys: fc.uniqueArray(
    aWord(6).filter((key) => key !== ""),
    { maxLength: 25 },
  ),
  Prefix: aWord(2),
  Delimiter: fc.oneof(fc.constantFrom("", "/", "//"), aWord(2)),
  MaxKeys: fc.integer({ min: 1, max: 6 }),
});

/** What a whole listing holds, and nothing of pages. */
function naive({ keys, Prefix, Delimiter }: Asked): readonly string[] {
  const inBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  const found = keys.filter((key) => key.startsWith(Prefix)).sort(inBytes);
  const entries = found.map((key) => {
    const at = Delimiter === "" ? -1 : key.indexOf(Delimiter, Prefix.length);
    return at < 0 ? key : `${key.slice(0, at + Delimiter.length)} and more`;
  });
  return [...new Set(entries)];
}

/** A way to go through a listing: the operation, and what the next page is asked with. */
interface Walk {
  readonly operation: string;
  readonly next: (page: ListObjectsOutput) => object;
}

const V2: Walk = {
  operation: "ListObjectsV2",
  next: ({ NextContinuationToken }) => ({ ContinuationToken: NextContinuationToken }),
};
const V1: Walk = {
  operation: "ListObjects",
  next: ({ NextMarker, Contents }) => ({ Marker: NextMarker ?? Contents.at(-1)?.Key }),
};

/** Every page of a listing. */
function pagesOf({ keys, ...asked }: Asked, { operation, next }: Walk): ListObjectsOutput[] {
  const buckets = new BucketStore();
  const bucket = buckets.add("output");
  for (const key of keys) bucket.put(new StoredObject(key, { text: "", at: 0 }));
  const context = { buckets, accountId: "123456789012", region: "us-east-1" };
  const pages: ListObjectsOutput[] = [];
  let from = {};
  do {
    const input = { Bucket: "output", ...asked, ...from };
    const answer = callS3(operation, { input, context });
    if (!answer.ok) throw new Error(answer.refusal.message);
    const page = answer.value as ListObjectsOutput;
    pages.push(page);
    from = next(page);
  } while (pages.at(-1)?.IsTruncated && pages.length < 100);
  return pages;
}

/** The entries of a page: its keys, and its common prefixes behind them. */
const entriesOf = ({ Contents, CommonPrefixes }: ListObjectsOutput) => [
  ...Contents.map(({ Key }) => Key),
  ...CommonPrefixes.map(({ Prefix }) => `${Prefix} and more`),
];

describe.each([V2, V1])("the pages of $operation", (walk) => {
  it("hold together what a model without pages holds, each entry once", () => {
    fc.assert(
      fc.property(someAsked, (asked) => {
        const entries = pagesOf(asked, walk).flatMap(entriesOf);
        expect(entries.sort()).toEqual([...naive(asked)].sort());
      }),
      { numRuns: 1_000 },
    );
  });

  it("come in order, and all but the last are full", () => {
    fc.assert(
      fc.property(someAsked, (asked) => {
        const pages = pagesOf(asked, walk).map(entriesOf);
        const whole = naive(asked);
        const parts = pages.map((_, index) =>
          whole.slice(index * asked.MaxKeys, (index + 1) * asked.MaxKeys),
        );
        expect(pages.map((page) => page.sort())).toEqual(parts.map((part) => part.sort()));
      }),
      { numRuns: 1_000 },
    );
  });
});
