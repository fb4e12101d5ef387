import {
  ListObjectsCommand,
  type ListObjectsCommandInput,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { BucketStore, StoredObject } from "../../../src/fake/s3/bucket-store.ts";
import { rejectionOf } from "../../support/rejection.ts";
import { aStore } from "./a-store.ts";

/** 2024-01-01T00:00:10.500Z, when the objects were uploaded. */
const UPLOADED = 1_704_067_210_500;
const TREE = ["a", "b/1", "b/2", "b/c/3", "d", "e/1"];
const WRONG_TOKEN = {
  name: "InvalidArgument",
  message: "The continuation token provided is incorrect",
  ArgumentName: "continuation-token",
  $metadata: { httpStatusCode: 400 },
};

/** A real client of a fake with the bucket `output`, which holds these keys, and an empty one, `other`. */
function aBucket(keys: readonly string[] = TREE) {
  const buckets = new BucketStore();
  const bucket = buckets.add("output");
  buckets.add("other");
  for (const key of keys) bucket.put(new StoredObject(key, { text: key, at: UPLOADED }));
  const { fake, s3 } = aStore(buckets);
  return {
    s3,
    list: (input: Partial<ListObjectsV2CommandInput> = {}) =>
      s3.send(new ListObjectsV2Command({ Bucket: "output", ...input })),
    listOld: (input: Partial<ListObjectsCommandInput> = {}) =>
      s3.send(new ListObjectsCommand({ Bucket: "output", ...input })),
    /** The body of an answer as it goes over the wire. */
    raw: async (query: string) => {
      const request = { method: "GET", path: `/output?${query}`, headers: {}, body: undefined };
      return new TextDecoder().decode((await fake.objects.answer(request)).body);
    },
  };
}

interface Listing {
  readonly Contents?: readonly { readonly Key?: string | undefined }[] | undefined;
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
}

/** The keys of a page. */
const keysOf = ({ Contents = [] }: Listing) => Contents.map(({ Key }) => Key);

/** What the keys of a page have in common before a delimiter. */
const groupsOf = ({ CommonPrefixes = [] }: Listing) => CommonPrefixes.map(({ Prefix }) => Prefix);

describe("a page of either listing", () => {
  it("has the keys in the order of their bytes", async () => {
    const keys = ["😀", "！", "ä", "b", "a/b", "a-b", "a", "B", "_", "10", "9"];
    const { list, listOld } = aBucket(keys);
    const inOrder = ["10", "9", "B", "_", "a", "a-b", "a/b", "b", "ä", "！", "😀"];
    expect([keysOf(await list()), keysOf(await listOld())]).toEqual([inOrder, inOrder]);
  });

  it.each<[what: object, keys: readonly string[], groups: readonly string[]]>([
    [{ Prefix: "b/" }, ["b/1", "b/2", "b/c/3"], []],
    [{ Prefix: "b" }, ["b/1", "b/2", "b/c/3"], []],
    [{ Prefix: "a" }, ["a"], []],
    [{ Prefix: "" }, TREE, []],
    [{ Prefix: "x" }, [], []],
    [{ Delimiter: "/" }, ["a", "d"], ["b/", "e/"]],
    [{ Delimiter: "" }, TREE, []],
    [{ Delimiter: "x" }, TREE, []],
    [{ Delimiter: "/c/" }, ["a", "b/1", "b/2", "d", "e/1"], ["b/c/"]],
    [{ Prefix: "b/", Delimiter: "/" }, ["b/1", "b/2"], ["b/c/"]],
    [{ Prefix: "b", Delimiter: "/" }, [], ["b/"]],
    [{ Prefix: "e/1", Delimiter: "/" }, ["e/1"], []],
    [{ Prefix: "b/", Delimiter: "b/" }, ["b/1", "b/2", "b/c/3"], []],
  ])("has what %j asks for", async (input, keys, groups) => {
    const { list, listOld } = aBucket();
    const pages = [await list(input), await listOld(input)];
    expect(pages.map((page) => [keysOf(page), groupsOf(page)])).toEqual([
      [keys, groups],
      [keys, groups],
    ]);
  });

  it("has what S3 says of an object", async () => {
    const { Contents } = await aBucket(["key"]).list();
    expect(Contents).toEqual([
      {
        Key: "key",
        ETag: '"3c6e0b8a9c15224a8228b9a98ca1531d"',
        LastModified: new Date("2024-01-01T00:00:10Z"),
        Size: 3,
        StorageClass: "STANDARD",
      },
    ]);
  });

  it("has sizes in bytes", async () => {
    expect((await aBucket(["größe 😀"]).list()).Contents?.[0]?.Size).toBe(12);
  });

  it.each([
    ["a bucket", "output", [] as string[]],
    ["another bucket", "other", TREE],
  ])("is empty for %s without objects", async (_, Bucket, keys) => {
    const page = await aBucket(keys).list({ Bucket });
    expect([keysOf(page), page.KeyCount, page.IsTruncated]).toEqual([[], 0, false]);
  });

  it("is NoSuchBucket for a bucket that does not exist", async () => {
    const { list, listOld } = aBucket();
    const Bucket = "none";
    const refusals = [await rejectionOf(list({ Bucket })), await rejectionOf(listOld({ Bucket }))];
    expect(refusals.map((error) => (error as Error).name)).toEqual([
      "NoSuchBucket",
      "NoSuchBucket",
    ]);
  });
});

describe("the size of a page", () => {
  const keys = Array.from({ length: 1_001 }, (_, index) => `key-${String(index).padStart(4, "0")}`);

  it.each([
    [undefined, 1_000, 1_000, true],
    [0, 0, 0, false],
    [1, 1, 1, true],
    [1_000, 1_000, 1_000, true],
    [1_001, 1_000, 1_000, true],
    [5_000, 1_000, 1_000, true],
    [2_147_483_647, 1_000, 1_000, true],
  ])("asked as %s is %i", async (MaxKeys, told, count, isTruncated) => {
    const { list, listOld } = aBucket(keys);
    const input = MaxKeys === undefined ? {} : { MaxKeys };
    const pages = [await list(input), await listOld(input)];
    expect(pages.map((page) => [page.MaxKeys, keysOf(page).length, page.IsTruncated])).toEqual([
      [told, count, isTruncated],
      [told, count, isTruncated],
    ]);
  });

  it.each([
    ["05", 5],
    ["%2B5", 5],
    ["0000000000000005", 5],
    ["-0", 0],
    ["", 1_000],
    ["5&max-keys=7", 5],
  ])("written as max-keys=%s counts by its value", async (written, size) => {
    expect(await aBucket(keys).raw(`max-keys=${written}`)).toContain(`<MaxKeys>${size}</MaxKeys>`);
  });

  it.each([
    ["-1", "Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys"],
    ["-2147483648", "Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys"],
    ["2147483648", "Provided max-keys not an integer or within integer range", "max-keys"],
    ["-2147483649", "Provided max-keys not an integer or within integer range", "max-keys"],
    ["five", "Provided max-keys not an integer or within integer range", "max-keys"],
    ["5.0", "Provided max-keys not an integer or within integer range", "max-keys"],
    ["1e3", "Provided max-keys not an integer or within integer range", "max-keys"],
    ["0x10", "Provided max-keys not an integer or within integer range", "max-keys"],
    ["%2B", "Provided max-keys not an integer or within integer range", "max-keys"],
    ["-", "Provided max-keys not an integer or within integer range", "max-keys"],
    ["%205", "Provided max-keys not an integer or within integer range", "max-keys"],
  ])("written as max-keys=%s is refused", async (written, message, argument) => {
    const body = await aBucket().raw(`max-keys=${written}`);
    const value = decodeURIComponent(written);
    expect(body).toContain(
      `<Error><Code>InvalidArgument</Code><Message>${message}</Message><ArgumentName>${argument}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`,
    );
  });

  it("counts common prefixes like keys", async () => {
    const page = await aBucket().list({ Delimiter: "/", MaxKeys: 3 });
    expect([keysOf(page), groupsOf(page), page.KeyCount]).toEqual([["a", "d"], ["b/"], 3]);
  });
});

describe("ListObjectsV2", () => {
  it.each<[input: object, keys: readonly string[], groups: readonly string[]]>([
    [{ StartAfter: "b/1" }, ["b/2", "b/c/3", "d", "e/1"], []],
    [{ StartAfter: "b" }, ["b/1", "b/2", "b/c/3", "d", "e/1"], []],
    [{ StartAfter: "z" }, [], []],
    [{ StartAfter: "" }, TREE, []],
    [{ StartAfter: "a", Prefix: "d" }, ["d"], []],
    [{ StartAfter: "z", Prefix: "d" }, [], []],
    [{ StartAfter: "b", Delimiter: "/" }, ["d"], ["b/", "e/"]],
    [{ StartAfter: "b/c/", Prefix: "b/" }, ["b/c/3"], []],
  ])("begins behind the key that %j names", async (input, keys, groups) => {
    const page = await aBucket().list(input);
    expect([keysOf(page), groupsOf(page)]).toEqual([keys, groups]);
  });

  it("tells what was asked", async () => {
    const input = { Prefix: "b", Delimiter: "/", StartAfter: "a", EncodingType: "url" } as const;
    const { CommonPrefixes, $metadata, ...told } = await aBucket().list(input);
    expect(told).toEqual({
      ...input,
      Name: "output",
      KeyCount: 1,
      MaxKeys: 1_000,
      IsTruncated: false,
    });
  });

  it("goes on with the token of the page before", async () => {
    const { list } = aBucket();
    const first = await list({ MaxKeys: 4 });
    const second = await list({ MaxKeys: 4, ContinuationToken: first.NextContinuationToken });
    expect([
      keysOf(second),
      second.ContinuationToken === first.NextContinuationToken,
      second.NextContinuationToken,
    ]).toEqual([["d", "e/1"], true, undefined]);
  });

  it("goes on with the token alone, wherever StartAfter is", async () => {
    const { list } = aBucket();
    const { NextContinuationToken: ContinuationToken } = await list({ MaxKeys: 1 });
    const page = await list({ ContinuationToken, StartAfter: "d" });
    expect([keysOf(page), page.StartAfter]).toEqual([TREE.slice(1), undefined]);
  });

  it("goes on behind a key that ends as a delimiter does", async () => {
    const { list } = aBucket(["a//", "a//b", "a//c"]);
    const input = { Prefix: "a/", Delimiter: "//" };
    const { NextContinuationToken: ContinuationToken } = await list({ ...input, MaxKeys: 1 });
    expect(keysOf(await list({ ...input, ContinuationToken }))).toEqual(["a//b", "a//c"]);
  });

  it("goes on behind a common prefix", async () => {
    const { list } = aBucket();
    const { NextContinuationToken: ContinuationToken } = await list({ Delimiter: "/", MaxKeys: 2 });
    const page = await list({ Delimiter: "/", ContinuationToken });
    expect([keysOf(page), groupsOf(page)]).toEqual([["d"], ["e/"]]);
  });

  it.each(["", "garbage", "Z2FyYmFnZQ==", "1.2:00000000", "😀", "a".repeat(10_000)])(
    "refuses the token %j",
    async (ContinuationToken) => {
      expect(await rejectionOf(aBucket().list({ ContinuationToken }))).toMatchObject(WRONG_TOKEN);
    },
  );

  it("refuses the token of another bucket", async () => {
    const { list } = aBucket();
    const { NextContinuationToken: ContinuationToken } = await list({ MaxKeys: 1 });
    const asking = list({ Bucket: "other", ContinuationToken });
    expect(await rejectionOf(asking)).toMatchObject(WRONG_TOKEN);
  });

  it.each([
    [true, [{ ID: `${"0".repeat(52)}123456789012` }]],
    [false, [undefined]],
    [undefined, [undefined]],
  ])("names the owner if FetchOwner is %s", async (FetchOwner, owners) => {
    const { Contents } = await aBucket(["key"]).list({ FetchOwner });
    expect(Contents?.map(({ Owner }) => Owner)).toEqual(owners);
  });

  it.each([1, 2, 4, 6, 7])("is walked by the SDK's paginator in pages of %i", async (pageSize) => {
    const { s3 } = aBucket();
    const found = [];
    const pages = paginateListObjectsV2({ client: s3, pageSize }, { Bucket: "output" });
    for await (const page of pages) found.push(keysOf(page));
    const count = Math.ceil(TREE.length / pageSize);
    expect([found.flat(), found.length]).toEqual([TREE, count]);
  });
});

describe("ListObjects", () => {
  it("goes on behind its marker", async () => {
    const { Marker, ...page } = await aBucket().listOld({ Marker: "b/c/3" });
    expect([keysOf(page), Marker]).toEqual([["d", "e/1"], "b/c/3"]);
  });

  it("has an empty marker where none was given", async () => {
    expect((await aBucket().listOld()).Marker).toBe("");
  });

  it("has a next marker with a delimiter, which may be a common prefix", async () => {
    const { listOld } = aBucket();
    const first = await listOld({ Delimiter: "/", MaxKeys: 2 });
    const second = await listOld({ Delimiter: "/", Marker: first.NextMarker });
    expect([first.NextMarker, keysOf(second), groupsOf(second)]).toEqual(["b/", ["d"], ["e/"]]);
  });

  it.each([
    ["without a delimiter", { MaxKeys: 2 }],
    ["on the last page", { Delimiter: "/" }],
  ])("has no next marker %s", async (_, input) => {
    expect((await aBucket().listOld(input)).NextMarker).toBeUndefined();
  });

  it("names the owner of each object", async () => {
    const { Contents } = await aBucket(["key"]).listOld();
    expect(Contents?.[0]?.Owner?.ID).toMatch(/^0{52}123456789012$/);
  });

  it("has no members of the second version", async () => {
    const page = await aBucket().raw("max-keys=1");
    expect(page).not.toMatch(/KeyCount|ContinuationToken|StartAfter/);
  });
});

describe("a key in an answer", () => {
  it.each([
    ["a b", "a+b"],
    ["a+b", "a%2Bb"],
    ["a/b", "a/b"],
    ["a%b", "a%25b"],
    ["a.b-c*d_e", "a.b-c*d_e"],
    ["a~b!c'd(e)", "a%7Eb%21c%27d%28e%29"],
    ['a&b<c>d"e', "a%26b%3Cc%3Ed%22e"],
    ["ä", "%C3%A4"],
    ["😀", "%F0%9F%98%80"],
    ["a\nb\u0001", "a%0Ab%01"],
    ["half \ud800", "half+%EF%BF%BD"],
  ])("is encoded where that was asked for: %j", async (key, encoded) => {
    const { raw } = aBucket([key]);
    expect(await raw("encoding-type=url")).toContain(`<Key>${encoded}</Key>`);
  });

  it("is encoded like all that is made of keys, and of requests", async () => {
    const query = "encoding-type=url&prefix=a+&delimiter=%2B&list-type=2&start-after=a+%22";
    const page = await aBucket(["a b+c"]).raw(query);
    expect(page.slice(page.indexOf("<Name>"))).toBe(
      "<Name>output</Name><Prefix>a+</Prefix><StartAfter>a+%22</StartAfter><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><Delimiter>%2B</Delimiter><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated><CommonPrefixes><Prefix>a+b%2B</Prefix></CommonPrefixes></ListBucketResult>",
    );
  });

  it.each(["URL", "base64", ""])("cannot be encoded as %j", async (encoding) => {
    expect(await aBucket().raw(`encoding-type=${encoding}`)).toContain(
      "<Message>Invalid Encoding Method specified in Request</Message>",
    );
  });

  it("is escaped where it would be read as XML", async () => {
    const { raw } = aBucket(['<a>&"b\u0001\u001f\r']);
    expect(await raw("")).toContain("<Key>&lt;a&gt;&amp;&quot;b&#x1;&#x1f;&#xd;</Key>");
  });

  it.each([
    "<Key>&amp;</Key>",
    "]]>",
    "a&#65;b",
    "\"quoted\" and 'so'",
    " blanks around ",
    "new\nline\ttab\rreturn",
    "\u0001\u001f\u007f",
    "007",
    "true",
    "__proto__",
  ])("comes to a real client as it is: %j", async (key) => {
    expect(keysOf(await aBucket([key]).list())).toEqual([key]);
  });
});
