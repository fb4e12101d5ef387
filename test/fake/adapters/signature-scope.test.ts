import { describe, expect, it } from "vitest";
import { signatureScope } from "../../../src/fake/adapters/signature-scope.ts";

const SCOPE = "AKIAFAKESSM/20261130/eu-west-1/s3/aws4_request";
const IN_QUERY = encodeURIComponent(SCOPE);
const IRISH = { region: "eu-west-1", service: "s3" };

const inHeader = (authorization: string) =>
  signatureScope({ headers: { authorization }, path: "/bucket/key" });
const inQuery = (query: string) => signatureScope({ headers: {}, path: `/bucket/key${query}` });

describe("the scope of a signature", () => {
  it.each([
    `AWS4-HMAC-SHA256 Credential=${SCOPE}, SignedHeaders=host;x-amz-date, Signature=5eed`,
    `AWS4-HMAC-SHA256 Credential=${SCOPE},SignedHeaders=host,Signature=5eed`,
    `AWS4-HMAC-SHA256 SignedHeaders=host, Signature=5eed, Credential=${SCOPE}`,
  ])("is read from the header Authorization: %s", (authorization) => {
    expect(inHeader(authorization)).toEqual(IRISH);
  });

  it.each([
    `?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${IN_QUERY}&X-Amz-Signature=5eed`,
    `?X-Amz-Credential=${SCOPE}`,
    `?versionId=a?b&X-Amz-Credential=${IN_QUERY}`,
  ])("is read from the query of an address that was signed beforehand: %s", (query) => {
    expect(inQuery(query)).toEqual({ ...IRISH, isInQuery: true });
  });

  it.each(["ssm", "logs", "s3", "constructor"])("names any service: %s", (service) => {
    expect(
      inHeader(`AWS4-HMAC-SHA256 Credential=A/20261130/us-east-1/${service}/aws4_request`),
    ).toEqual({
      region: "us-east-1",
      service,
    });
  });

  it.each(["cn-north-1", "us-gov-west-1", "nowhere"])("names any region: %s", (region) => {
    expect(inQuery(`?X-Amz-Credential=A/20261130/${region}/s3/aws4_request`)).toEqual({
      region,
      service: "s3",
      isInQuery: true,
    });
  });

  it("is S3 without a region in Version 2, which names neither", () => {
    expect(inQuery("?AWSAccessKeyId=A&Signature=5eed%3D&Expires=1796026745")).toEqual({
      service: "s3",
      isInQuery: true,
    });
  });

  it.each(["?AWSAccessKeyId=A", "?Signature=5eed", "?awsaccesskeyid=A&signature=5eed"])(
    "is nothing for half of Version 2: %s",
    (query) => {
      expect(inQuery(query)).toEqual({});
    },
  );

  it("is that of the header where the query has another one", () => {
    const authorization = "AWS4-HMAC-SHA256 Credential=A/20261130/us-east-1/ssm/aws4_request";
    const path = `/?X-Amz-Credential=${IN_QUERY}`;
    expect(signatureScope({ headers: { authorization }, path })).toEqual({
      region: "us-east-1",
      service: "ssm",
    });
  });

  it.each([
    "",
    "Basic QUtJQTpmYWtl",
    "Bearer Credential",
    "AWS AKIAFAKESSM:5eed=",
    "AWS4-HMAC-SHA256 Credential=",
    "AWS4-HMAC-SHA256 Credential=AKIAFAKESSM",
    "AWS4-HMAC-SHA256 Credential=A/20261130/us-east-1/s3",
    "AWS4-HMAC-SHA256 Credential=A/20261130/us-east-1/s3/aws4_request/more",
    "AWS4-HMAC-SHA256 Credential=A/2026/us-east-1/s3/aws4_request",
    "AWS4-HMAC-SHA256 Credential=A/20261130//s3/aws4_request",
    "AWS4-HMAC-SHA256 Credential=A/20261130/us-east-1//aws4_request",
    "AWS4-HMAC-SHA256 Credential=/20261130/us-east-1/s3/aws4_request",
    `AWS4-HMAC-SHA256 XCredential=${SCOPE}`,
  ])("is nothing where none can be read: %s", (authorization) => {
    expect(inHeader(authorization)).toEqual({});
  });

  it.each([
    "",
    "?",
    "?X-Amz-Credential",
    "?X-Amz-Credential=%zz",
    "?X-Amz-Credential=A",
    `?x-amz-credential=${IN_QUERY}`,
    `?prefix=X-Amz-Credential=${IN_QUERY}`,
  ])("is nothing for a query like %s", (query) => {
    expect(inQuery(query)).toEqual({});
  });

  it("is nothing for a request without a header and a query", () => {
    expect(signatureScope({ headers: {}, path: "/" })).toEqual({});
  });

  it.each([
    ["a header", () => inHeader(`Credential=${"/".repeat(16_000)}`)],
    ["a header of spaces", () => inHeader(`Credential=${" Credential=".repeat(1_300)}`)],
    ["a query", () => inQuery(`?${"X-Amz-Credential=A/&".repeat(800)}`)],
  ])("is nothing for what makes %s long", (_, read) => {
    expect(read()).toEqual({});
  });
});
