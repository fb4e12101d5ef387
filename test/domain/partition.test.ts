import { describe, expect, it } from "vitest";
import { arnOf, partitionOf } from "../../src/domain/partition.ts";

describe("the partition of a region", () => {
  // [aws-sdk-partitions]
  it.each([
    ["us-east-1", "aws"],
    ["us-west-2", "aws"],
    ["eu-central-2", "aws"],
    ["ap-southeast-5", "aws"],
    ["mx-central-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["cn-northwest-1", "aws-cn"],
    ["us-gov-east-1", "aws-us-gov"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eusc-de-east-1", "aws-eusc"],
    ["us-iso-east-1", "aws-iso"],
    ["us-iso-west-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["us-isob-west-1", "aws-iso-b"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["us-isof-east-1", "aws-iso-f"],
    ["us-isof-south-1", "aws-iso-f"],
  ])("%s is in %s", (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });

  it.each([
    "china-1",
    "cnorth-1",
    "acn-north-1",
    "us-govern-1",
    "us-gov",
    "us-isolated-1",
    "us-isobar-1",
    "eu-iso-west-1",
    "us-isoe-west-1",
    "euscde-east-1",
    "eusc",
    "CN-NORTH-1",
    "",
    "constructor",
  ])("is aws for %j, which only looks like one of another", (region) => {
    expect(partitionOf(region)).toBe("aws");
  });

  it.each([
    ["cn-*", "aws-cn"],
    ["cn*", "aws-cn"],
    ["cn-north*", "aws-cn"],
    ["us-gov*", "aws-us-gov"],
    ["us-g*", "aws"],
    ["us-gov-*", "aws-us-gov"],
    ["us-iso-*", "aws-iso"],
    ["us-*", "aws"],
    ["*", "aws"],
    ["*-north-1", "aws"],
  ])("of the pattern %s is %s", (pattern, partition) => {
    expect(partitionOf(pattern)).toBe(partition);
  });
});

describe("an ARN", () => {
  it.each([
    ["us-east-1", "arn:aws:ec2:us-east-1:123456789012:instance/i-1"],
    ["cn-north-1", "arn:aws-cn:ec2:cn-north-1:123456789012:instance/i-1"],
    ["us-gov-west-1", "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:instance/i-1"],
  ])("has the partition of its region: %s", (region, arn) => {
    const of = { region, accountId: "123456789012", resource: "instance/i-1" };
    expect(arnOf("ec2", of)).toBe(arn);
  });

  it("has an empty account where it belongs to none", () => {
    const of = { region: "cn-north-1", accountId: "", resource: "document/AWS-RunShellScript" };
    expect(arnOf("ssm", of)).toBe("arn:aws-cn:ssm:cn-north-1::document/AWS-RunShellScript");
  });
});
