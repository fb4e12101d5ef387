import { describe, expect, it } from "vitest";
import {
  cloudWatchOutput,
  nodeLogsPolicy,
} from "../../../src/client/requests/cloudwatch-output.ts";

describe("cloudWatchOutput", () => {
  it("leaves the name to the agent when none is given", () => {
    expect(cloudWatchOutput()).toEqual({ CloudWatchOutputEnabled: true });
  });

  it("names the group", () => {
    expect(cloudWatchOutput("/deploys/web")).toEqual({
      CloudWatchOutputEnabled: true,
      CloudWatchLogGroupName: "/deploys/web",
    });
  });

  it.each(["", "deploys web", "deploys:web", "deploys/*", "x".repeat(513)])(
    "refuses %j, which CloudWatch Logs would refuse",
    (name) => {
      expect(() => cloudWatchOutput(name)).toThrow(
        new RangeError(
          `${JSON.stringify(name)} is not a name that CloudWatch Logs takes for a log group. Use 1 to 512 letters, digits and the characters _ - / . #.`,
        ),
      );
    },
  );

  it("takes the longest name that is allowed", () => {
    expect(cloudWatchOutput("x".repeat(512)).CloudWatchLogGroupName).toHaveLength(512);
  });
});

describe("nodeLogsPolicy", () => {
  it("permits the agent's own groups everywhere by default", () => {
    expect(nodeLogsPolicy()).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: "*" },
        {
          Effect: "Allow",
          Action: [
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
          ],
          Resource: [
            "arn:aws:logs:*:*:log-group:/aws/ssm/*",
            "arn:aws:logs:*:*:log-group:/aws/ssm/*:*",
          ],
        },
      ],
    });
  });

  it("keeps to the group, region and account that are given", () => {
    const policy = nodeLogsPolicy({
      logGroupName: "/deploys/web",
      region: "eu-west-1",
      accountId: "123456789012",
    });
    expect(policy.Statement[1]?.Resource).toEqual([
      "arn:aws:logs:eu-west-1:123456789012:log-group:/deploys/web",
      "arn:aws:logs:eu-west-1:123456789012:log-group:/deploys/web:*",
    ]);
  });
});
