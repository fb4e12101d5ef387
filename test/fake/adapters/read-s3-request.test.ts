import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readS3Request } from "../../../src/fake/adapters/s3/read-request.ts";
import type { WireRequest } from "../../../src/fake/adapters/wire.ts";

/** What is read of a request that has nothing but these. */
const read = (method: string, path: string, headers: WireRequest["headers"] = {}) =>
  readS3Request({ method, path, headers, body: undefined });

const ofObject = (Key: string, more: object = {}) => ({
  operation: "GetObject",
  input: { Bucket: "output", Key, ...more },
});

const ofListing = (operation: string, more: object = {}) => ({
  operation,
  input: { Bucket: "output", ...more },
});

const INVALID = { name: "InvalidURI", message: "Couldn't parse the specified URI." };

describe("the operation", () => {
  it.each([
    ["GET", "/output/a", "GetObject"],
    ["HEAD", "/output/a", "HeadObject"],
    ["PUT", "/output/a", "PutObject"],
    ["DELETE", "/output/a", "DeleteObject"],
    ["PATCH", "/output/a", "PATCH /bucket/key"],
    ["GET", "/output", "ListObjects"],
    ["GET", "/output/", "ListObjects"],
    ["GET", "/output?list-type=2", "ListObjectsV2"],
    ["GET", "/output/?list-type=2", "ListObjectsV2"],
    ["GET", "/output?list-type=1", "ListObjects"],
    ["GET", "/output?list-type=", "ListObjects"],
    ["HEAD", "/output", "HeadBucket"],
    ["PUT", "/output/", "CreateBucket"],
    ["DELETE", "/output", "DeleteBucket"],
    ["POST", "/output", "POST /bucket"],
    ["GET", "/", "ListBuckets"],
    ["GET", "", "ListBuckets"],
    ["PUT", "/", "PUT /"],
    ["constructor", "/output/a", "constructor /bucket/key"],
    ["toString", "/output", "toString /bucket"],
    ["get", "/output/a", "get /bucket/key"],
  ])("of %s %j is %s", (method, path, operation) => {
    expect(read(method, path)).toMatchObject({ operation });
  });

  it.each([
    ["GET", "/output?acl", "GET ?acl"],
    ["GET", "/output/a?acl=", "GET ?acl"],
    ["GET", "/output/a?tagging", "GET ?tagging"],
    ["GET", "/output?list-type=2&versions", "GET ?versions"],
    ["GET", "/output?location", "GET ?location"],
    ["POST", "/output?delete", "POST ?delete"],
    ["POST", "/output/a?uploads", "POST ?uploads"],
    ["GET", "/output/a?uploadId=1", "GET ?uploadId"],
    ["GET", "/?policyStatus", "GET ?policyStatus"],
  ])("of %s %j is that of its subresource", (method, path, operation) => {
    expect(read(method, path)).toMatchObject({ operation });
  });

  it.each(["aclx", "ACL", "my-acl", "prefix", "foo"])(
    "stays a listing with the parameter %s, which is no subresource",
    (name) => {
      expect(read("GET", `/output?${name}`)).toMatchObject({ operation: "ListObjects" });
    },
  );
});

describe("the key", () => {
  it.each([
    ["/output/a", "a"],
    ["/output/a/b/c", "a/b/c"],
    ["/output//a", "/a"],
    ["/output/a//b", "a//b"],
    ["/output/a/", "a/"],
    ["/output/../a/./b", "../a/./b"],
    ["/output/a%20b", "a b"],
    ["/output/a+b", "a+b"],
    ["/output/a%2Bb", "a+b"],
    ["/output/a%2Fb", "a/b"],
    ["/output/100%25", "100%"],
    ["/output/%2525", "%25"],
    ["/output/a%26b%3Fc", "a&b?c"],
    ["/output/%C3%BC/%F0%9F%98%80", "ü/😀"],
    ["/output/ü 😀", "ü 😀"],
    ["output/a", "a"],
  ])("of %j is %j", (path, key) => {
    expect(read("GET", path)).toEqual(ofObject(key));
  });

  it.each([
    "/output/%",
    "/output/%zz",
    "/output/a%2",
    "/%ff/a",
    "/output/%C3",
    "/output/%ED%A0%80",
  ])("of %j cannot be read", (path) => {
    expect(read("GET", path)).toEqual(INVALID);
  });

  it("stands beside a bucket whose name is encoded", () => {
    expect(read("GET", "/my%2Dbucket/a")).toMatchObject({ input: { Bucket: "my-bucket" } });
  });
});

describe("the members of a request for an object", () => {
  it.each([
    ["versionId=null", { VersionId: "null" }],
    ["partNumber=1", { PartNumber: 1 }],
    ["partNumber=01", { PartNumber: 1 }],
    ["partNumber=one", { PartNumber: "one" }],
    ["response-content-type=text%2Fcsv", { ResponseContentType: "text/csv" }],
    ["response-cache-control=a+b", { ResponseCacheControl: "a b" }],
    ["response-content-disposition=%22x%22", { ResponseContentDisposition: '"x"' }],
    ["response-content-encoding=gzip", { ResponseContentEncoding: "gzip" }],
    ["response-content-language=de", { ResponseContentLanguage: "de" }],
    ["response-expires=soon", { ResponseExpires: "soon" }],
    ["response-content-type=", { ResponseContentType: "" }],
    ["versionId=1&versionId=2", { VersionId: "1" }],
    ["prefix=a&max-keys=1", {}],
    ["x-id=GetObject", {}],
    ["X-Amz-Signature=1&X-Amz-Credential=2&X-Amz-Date=3", {}],
    ["constructor=1&__proto__=2", {}],
  ])("are those of %s", (query, members) => {
    expect(read("GET", `/output/a?${query}`)).toEqual(ofObject("a", members));
  });

  it.each([
    ["Range", "bytes=0-1", { Range: "bytes=0-1" }],
    ["range", "bytes=0-1", { Range: "bytes=0-1" }],
    ["IF-MATCH", '"x"', { IfMatch: '"x"' }],
    ["if-none-match", "*", { IfNoneMatch: "*" }],
    ["If-Modified-Since", "then", { IfModifiedSince: "then" }],
    ["if-unmodified-since", "then", { IfUnmodifiedSince: "then" }],
    ["x-amz-date", "20240101T000000Z", {}],
    ["constructor", "x", {}],
    ["__proto__", "x", {}],
  ])("are those of the header %s", (name, value, members) => {
    const headers = Object.fromEntries([[name, value]]);
    expect(read("GET", "/output/a", headers)).toEqual(ofObject("a", members));
  });

  it("leave out a header without a value", () => {
    expect(read("GET", "/output/a", { range: undefined })).toEqual(ofObject("a"));
  });

  it("leave out headers that an adapter in JavaScript does not give", () => {
    expect(read("GET", "/output/a", null as never)).toEqual(ofObject("a"));
  });
});

describe("the members of a listing", () => {
  it.each([
    ["prefix=a%2Bb", { Prefix: "a+b" }],
    ["prefix=a+b", { Prefix: "a b" }],
    ["prefix=%", { Prefix: "%" }],
    ["prefix=", { Prefix: "" }],
    ["prefix", { Prefix: "" }],
    ["delimiter=%2F", { Delimiter: "/" }],
    ["max-keys=5", { MaxKeys: 5 }],
    ["max-keys=05", { MaxKeys: 5 }],
    ["max-keys=-5", { MaxKeys: "-5" }],
    ["max-keys=1e3", { MaxKeys: "1e3" }],
    ["max-keys=99999999999", { MaxKeys: "99999999999" }],
    ["encoding-type=url", { EncodingType: "url" }],
    ["prefix=a&prefix=b", { Prefix: "a" }],
    ["versionId=1&partNumber=2", {}],
    ["x-id=ListObjects&X-Amz-Expires=60", {}],
  ])("are those of %s, in both versions", (query, members) => {
    const both = [read("GET", `/output?${query}`), read("GET", `/output?${query}&list-type=2`)];
    expect(both).toEqual([ofListing("ListObjects", members), ofListing("ListObjectsV2", members)]);
  });

  it("have a marker in the first version only", () => {
    const query = "marker=a&continuation-token=b&start-after=c&fetch-owner=true";
    expect(read("GET", `/output?${query}`)).toEqual(ofListing("ListObjects", { Marker: "a" }));
  });

  it("have a token, a start and an owner in the second version only", () => {
    const query = "list-type=2&marker=a&continuation-token=b&start-after=c&fetch-owner=true";
    expect(read("GET", `/output?${query}`)).toEqual(
      ofListing("ListObjectsV2", { ContinuationToken: "b", StartAfter: "c", FetchOwner: true }),
    );
  });

  it.each([
    ["TRUE", true],
    ["false", false],
    ["1", false],
    ["", false],
  ])("take %j as an answer to whether owners are wanted", (value, FetchOwner) => {
    expect(read("GET", `/output?list-type=2&fetch-owner=${value}`)).toEqual(
      ofListing("ListObjectsV2", { FetchOwner }),
    );
  });

  it("leave out headers", () => {
    expect(read("GET", "/output", { range: "bytes=0-1" })).toEqual(ofListing("ListObjects"));
  });
});

describe("a hostile request", () => {
  const aString = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "\ud800", "%", "%00"),
  );
  const aPath = fc
    .array(fc.oneof(aString, fc.constantFrom("/", "?", "&", "=", "//", "list-type=2", "output")))
    .map((parts) => parts.join(""));

  it("is read without an error, as an operation with an input, or is refused", () => {
    const headers = fc.dictionary(aString, aString);
    fc.assert(
      fc.property(aString, aPath, headers, (method, path, given) => {
        const answer = readS3Request({ method, path, headers: given, body: undefined });
        if ("name" in answer) expect(answer).toEqual(INVALID);
        else expect([typeof answer.operation, typeof answer.input]).toEqual(["string", "object"]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("has no members but those of AWS's model", () => {
    const names = fc.dictionary(fc.constantFrom("__proto__", "constructor", "valueOf"), aString);
    fc.assert(
      fc.property(names, (given) => {
        const query = new URLSearchParams(Object.entries(given)).toString();
        expect(read("GET", `/output/a?${query}`, given)).toEqual(ofObject("a"));
      }),
    );
  });
});
