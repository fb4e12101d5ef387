import { callerPolicy } from "ssm-run-command";
import { describe, expect, it } from "vitest";
import { CALLER_ACTIONS, type CallerCall, callOf } from "../../../src/domain/caller-calls.ts";

const CALLS = ["SendCommand", "ListCommands", "ListCommandInvocations", "CancelCommand"] as const;

describe("callerPolicy", () => {
  it("puts the document, the nodes with the tags and what knows no resource in a statement each", () => {
    expect(
      callerPolicy({ document: "AWS-RunShellScript", tags: { Role: "web" }, calls: CALLS }),
    ).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["ssm:SendCommand"],
          Resource: ["arn:aws:ssm:*::document/AWS-RunShellScript"],
        },
        {
          Effect: "Allow",
          Action: ["ssm:SendCommand"],
          Resource: ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:managed-instance/*"],
          Condition: { StringLike: { "ssm:resourceTag/Role": ["web"] } },
        },
        {
          Effect: "Allow",
          Action: ["ssm:CancelCommand", "ssm:ListCommandInvocations", "ssm:ListCommands"],
          Resource: "*",
        },
      ],
    });
  });

  it("is the same whatever the order of the calls, and however often one is listed", () => {
    const options = { document: "Deploy-App", tags: { Role: "web" } };
    const twice = [...CALLS, ...CALLS].reverse();
    expect(callerPolicy({ ...options, calls: twice })).toEqual(
      callerPolicy({ ...options, calls: CALLS }),
    );
  });

  it("needs one statement for a document and every node", () => {
    const { Statement } = callerPolicy({
      document: "Deploy-App",
      calls: ["SendCommand"],
      region: "eu-west-1",
      accountId: "123456789012",
    });
    expect(Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["ssm:SendCommand"],
        Resource: [
          "arn:aws:ec2:eu-west-1:123456789012:instance/*",
          "arn:aws:ssm:eu-west-1:123456789012:document/Deploy-App",
          "arn:aws:ssm:eu-west-1:123456789012:managed-instance/*",
        ],
      },
    ]);
  });

  it.each([
    ["AWS-RunShellScript", "arn:aws:ssm:us-east-1::document/AWS-RunShellScript"],
    [
      "AmazonCloudWatch-ManageAgent",
      "arn:aws:ssm:us-east-1::document/AmazonCloudWatch-ManageAgent",
    ],
    ["Deploy-*", "arn:aws:ssm:us-east-1:123456789012:document/Deploy-*"],
    [
      "arn:aws:ssm:us-east-1:111122223333:document/Shared",
      "arn:aws:ssm:us-east-1:111122223333:document/Shared",
    ],
  ])("knows whose document %s is", (document, arn) => {
    const place = { region: "us-east-1", accountId: "123456789012" };
    const { Statement } = callerPolicy({ document, ...place });
    expect(Statement[0]?.Resource).toContain(arn);
  });

  it("takes several documents, each once", () => {
    const { Statement } = callerPolicy({
      document: ["Install", "Verify", "Install"],
      tags: { A: "b" },
    });
    expect(Statement[0]?.Resource).toEqual([
      "arn:aws:ssm:*:*:document/Install",
      "arn:aws:ssm:*:*:document/Verify",
    ]);
  });

  it("wants all of the tags, each with one of its values", () => {
    const { Statement } = callerPolicy({
      document: "Install",
      tags: { Role: ["web", "api"], Env: "prod" },
    });
    expect(Statement[1]?.Condition).toEqual({
      StringLike: { "ssm:resourceTag/Role": ["web", "api"], "ssm:resourceTag/Env": ["prod"] },
    });
  });

  it("names nodes by id, hybrid ones as managed instances, beside those with tags", () => {
    const instanceIds = ["i-0123456789abcdef0", "mi-0123456789abcdef0"];
    const document = "Install";
    const arns = [
      "arn:aws:ec2:*:*:instance/i-0123456789abcdef0",
      "arn:aws:ssm:*:*:document/Install",
      "arn:aws:ssm:*:*:managed-instance/mi-0123456789abcdef0",
    ];
    const byId = callerPolicy({ document, instanceIds, calls: ["SendCommand"] });
    expect(byId.Statement.map(({ Resource }) => Resource)).toEqual([arns]);
    const both = callerPolicy({ document, instanceIds, tags: { Role: "web" } });
    expect(both.Statement[0]?.Resource).toEqual(arns);
    expect(both.Statement[1]?.Condition).toEqual({
      StringLike: { "ssm:resourceTag/Role": ["web"] },
    });
  });

  it.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-*", "aws-us-gov"],
    ["eu-central-1", "aws"],
  ])("is of the partition of %s", (region, partition) => {
    const calls = ["SendCommand", "GetLogEvents"] as const;
    const { Statement } = callerPolicy({ tags: { Role: "web" }, region, calls });
    const arns = Statement.flatMap(({ Resource }) => [...Resource]);
    expect(arns).toHaveLength(5);
    for (const arn of arns) expect(arn).toMatch(new RegExp(`^arn:${partition}:`));
  });

  it("permits what send and waitForTerminal call by default", () => {
    const actions = callerPolicy().Statement.flatMap(({ Action }) => Action);
    expect(actions).toEqual([
      "ssm:SendCommand",
      "ssm:GetCommandInvocation",
      "ssm:ListCommandInvocations",
      "ssm:ListCommands",
    ]);
  });

  it("permits every document when none is named", () => {
    expect(callerPolicy().Statement[0]?.Resource[1]).toBe("arn:aws:ssm:*:*:document/*");
  });

  it("reads logs from the group that agents take for the document, or from the one that is given", () => {
    const calls = ["DescribeLogStreams", "GetLogEvents", "FilterLogEvents"] as const;
    const group = "arn:aws:logs:*:*:log-group:";
    const reading = (options: object) => callerPolicy({ calls, ...options }).Statement;
    expect(reading({ document: "AWS-RunShellScript" })).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
        Resource: [`${group}/aws/ssm/AWS-RunShellScript`, `${group}/aws/ssm/AWS-RunShellScript:*`],
      },
    ]);
    expect(reading({ logGroupName: "/deploys" })[0]?.Resource[0]).toBe(`${group}/deploys`);
    expect(reading({})[0]?.Resource[0]).toBe(`${group}/aws/ssm/*`);
    expect(reading({ document: "Deploy-*" })[0]?.Resource[0]).toBe(`${group}/aws/ssm/Deploy-*`);
  });

  it("has no statement for what is not called", () => {
    const { Statement } = callerPolicy({
      document: "Install",
      tags: { A: "b" },
      calls: ["ListCommands"],
    });
    expect(Statement).toEqual([{ Effect: "Allow", Action: ["ssm:ListCommands"], Resource: "*" }]);
  });

  it("survives JSON as it is", () => {
    const policy = callerPolicy({ document: "Install", tags: { Role: "web" }, calls: CALLS });
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
  });

  it("refuses tags without a tag, which would permit every node, in its own name", () => {
    expect(() => callerPolicy({ tags: {} })).toThrow(/^callerPolicy\(\) was given no tag/);
    expect(() => callerPolicy({ tags: { Role: [] } })).toThrow(/^tag:Role has no value/);
  });

  it("refuses a call that it does not know, with the nearest name", () => {
    // @ts-expect-error: it is mistyped.
    expect(() => callerPolicy({ calls: ["SendComand"] })).toThrow(
      /^calls of callerPolicy\(\) is "SendComand"\. Use one of .* Did you mean SendCommand\?$/,
    );
  });

  it("has a statement for every action in its table", () => {
    const actions = Object.values(CALLER_ACTIONS).flat();
    const { Statement } = callerPolicy({ calls: actions.map(callOf) as CallerCall[] });
    expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual([...actions].sort());
    for (const { Action } of Statement) expect(Action).toEqual([...Action].sort());
  });

  it.each<[string, unknown]>([
    ["document", 5],
    ["document", null],
    ["document", ""],
    ["document", []],
    ["document", ["Install", ""]],
    ["document", ["Install", undefined]],
    ["document", [["Install"]]],
    ["document", { Name: "Install" }],
    ["instanceIds", []],
    ["instanceIds", [5]],
    ["instanceIds", [""]],
    ["calls", []],
    ["calls", [7]],
    ["calls", [""]],
    ["region", ""],
    ["accountId", ""],
    ["logGroupName", ""],
  ])("refuses %s: %j, which would permit nothing", (name, value) => {
    const tried = () => callerPolicy({ [name]: value });
    expect(tried).toThrow(TypeError);
    expect(tried).toThrow(
      /^\w+ of callerPolicy\(\) was given .*\. Give it at least one string that is not empty\.$/,
    );
    expect(tried).toThrow(name);
  });

  it.each([
    "Role",
    "",
    5,
    null,
    new Map([["Role", "web"]]),
    [{ Key: "Role", Value: "web" }],
    { Role: 5 },
    { Role: ["web", 5] },
    { Role: null },
    { Role: undefined },
    { Role: { Env: "prod" } },
  ])("refuses tags that are %j", (tags) => {
    const tried = () => callerPolicy({ tags: tags as never });
    expect(tried).toThrow(TypeError);
    expect(tried).toThrow(
      /^tags of callerPolicy\(\) was given .* Give it tags, such as \{ Role: "web" \}\.$/,
    );
  });

  it("takes options that are undefined as left out, and a value of a tag that is empty", () => {
    const none = { document: undefined, tags: undefined, instanceIds: undefined };
    expect(callerPolicy({ ...none, calls: undefined, region: undefined })).toEqual(callerPolicy());
    const { Statement } = callerPolicy({ tags: { Role: "" } });
    expect(Statement[1]?.Condition).toEqual({ StringLike: { "ssm:resourceTag/Role": [""] } });
  });
});
