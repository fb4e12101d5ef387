import { describe, expect, it } from "vitest";
import { defaultLogGroupName, logStreamNames } from "../../src/domain/output-names.ts";

describe("defaultLogGroupName", () => {
  it("begins with a slash, whatever the API reference says", () => {
    expect(defaultLogGroupName("AWS-RunShellScript")).toBe("/aws/ssm/AWS-RunShellScript");
  });

  it("has points for what a log group's name may not hold", () => {
    expect(defaultLogGroupName("arn:aws:ssm:us-east-1:123456789012:document/My doc")).toBe(
      "/aws/ssm/arn.aws.ssm.us-east-1.123456789012.document/My.doc",
    );
  });
});

describe("logStreamNames", () => {
  it("has dashes for colons and stars", () => {
    const place = { commandId: "7c1f", instanceId: "i-a", pluginName: "aws:run*" };
    expect(logStreamNames(place)).toEqual({
      stdout: "7c1f/i-a/aws-run-/stdout",
      stderr: "7c1f/i-a/aws-run-/stderr",
    });
  });

  it("keeps the step's name of a 2.x document", () => {
    const place = { commandId: "7c1f", instanceId: "i-a", pluginName: "install_app" };
    expect(logStreamNames(place).stdout).toBe("7c1f/i-a/install_app/stdout");
  });
});
