import { SSM } from "@aws-sdk/client-ssm";
import { type Access, FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { nodeId, SCRIPT } from "../../contract/contract-account.ts";
import { refusalOf } from "../../support/rejection.ts";

type Call = Parameters<Extract<Access, (...given: never) => unknown>>[0];

const DENIED = (action: string, resource: string) => ({
  name: "AccessDeniedException",
  message: `User: arn:aws:iam::123456789012:user/fake is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
});
const DOCUMENT_ARN = "arn:aws:ssm:us-east-1::document/AWS-RunShellScript";
const nodeArn = (number: number) => `arn:aws:ec2:us-east-1:123456789012:instance/${nodeId(number)}`;

/** A fake with two nodes whose access notes every call that it is asked about. */
function noting(denies: (call: Call) => boolean = () => false) {
  const asked: Call[] = [];
  const access: Access = (call) => {
    asked.push(call);
    return denies(call) ? "denied" : "allowed";
  };
  const nodes = [{ tags: { Role: "web" } }, { tags: { Role: "web", Env: "prod" } }];
  return { fake: new FakeSsm({ nodes, access }), asked };
}

describe("the access of the fake", () => {
  it("is asked about the document of a send, and then about each of its nodes", async () => {
    const { fake, asked } = noting();
    await fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(2), nodeId(1)] });
    const call = { operation: "SendCommand", document: "AWS-RunShellScript" };
    expect(asked).toEqual([
      { ...call, tags: {} },
      { ...call, node: nodeId(2), tags: { Role: "web", Env: "prod" } },
      { ...call, node: nodeId(1), tags: { Role: "web" } },
    ]);
  });

  it("is asked about the nodes that targets choose", async () => {
    const { fake, asked } = noting();
    await fake.sendCommand({ ...SCRIPT, Targets: [{ Key: "tag:Role", Values: ["web"] }] });
    await fake.clock.advance("1s");
    expect(asked.map(({ node }) => node)).toEqual([undefined, nodeId(1), nodeId(2)]);
  });

  it.each<[operation: string, ask: (ssm: SSM) => Promise<unknown>, call: Omit<Call, "operation">]>([
    ["ListCommands", (ssm) => ssm.listCommands({}), {}],
    [
      "GetConnectionStatus",
      (ssm) => ssm.getConnectionStatus({ Target: nodeId(1) }),
      { node: nodeId(1), tags: { Role: "web" } },
    ],
    [
      "GetDocument",
      (ssm) => ssm.getDocument({ Name: "AWS-RunShellScript" }),
      { document: "AWS-RunShellScript", tags: {} },
    ],
    ["GetParameter", (ssm) => ssm.getParameter({ Name: "/app/key" }), {}],
  ])("is asked about %s", async (operation, ask, call) => {
    const { fake, asked } = noting(() => true);
    expect((await refusalOf(ask(new SSM(fake.clientConfig())))).name).toBe("AccessDeniedException");
    expect(asked).toEqual([{ operation, ...call }]);
  });

  it("denies every call when it is denied", async () => {
    const fake = new FakeSsm({ access: "denied" });
    expect(await refusalOf(fake.listCommands({}))).toEqual(
      DENIED("ssm:ListCommands", "arn:aws:ssm:us-east-1:123456789012:*"),
    );
  });

  it("denies a send for its document, whose ARN the refusal names", async () => {
    const { fake } = noting(({ document, node }) => document !== undefined && node === undefined);
    expect(await refusalOf(fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)] }))).toEqual(
      DENIED("ssm:SendCommand", DOCUMENT_ARN),
    );
  });

  it("denies a send for the first node that may not be used, whose ARN the refusal names", async () => {
    const { fake } = noting(({ tags }) => tags?.["Env"] === "prod");
    const InstanceIds = [nodeId(1), nodeId(2)];
    expect(await refusalOf(fake.sendCommand({ ...SCRIPT, InstanceIds }))).toEqual(
      DENIED("ssm:SendCommand", nodeArn(2)),
    );
    expect((await fake.listCommands({})).Commands).toEqual([]);
  });

  it("denies an unknown node as a known one: who may not send learns nothing", async () => {
    const { fake } = noting(({ node }) => node === nodeId(9));
    expect(await refusalOf(fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(9)] }))).toEqual(
      DENIED("ssm:SendCommand", nodeArn(9)),
    );
  });

  it("lets an invocation of targets end as AccessDenied, and the others run", async () => {
    const { fake } = noting(({ tags }) => tags?.["Env"] === "prod");
    fake.nodes.get(nodeId(1))!.behavior = succeeds();
    const { Command } = await fake.sendCommand({
      ...SCRIPT,
      Targets: [{ Key: "tag:Role", Values: ["web"] }],
    });
    await fake.clock.advance("1m");
    const { CommandInvocations } = await fake.listCommandInvocations(Command!);
    const ends = CommandInvocations!.map(({ InstanceId, StatusDetails }) => [
      InstanceId,
      StatusDetails,
    ]);
    expect(Object.fromEntries(ends)).toEqual({
      [nodeId(1)]: "Success",
      [nodeId(2)]: "AccessDenied",
    });
  });
});

describe("the access of a node", () => {
  it("may be a function, which is asked about sends to that node only", async () => {
    const fake = new FakeSsm({
      nodes: [{}, { access: ({ document }) => deniesScripts(document) }],
    });
    await fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)] });
    expect(await refusalOf(fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(2)] }))).toEqual(
      DENIED("ssm:SendCommand", nodeArn(2)),
    );
  });

  it("counts beside that of the fake", async () => {
    const fake = new FakeSsm({ access: () => "allowed", nodes: [{ access: "denied" }] });
    const sent = fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)] });
    expect((await refusalOf(sent)).name).toBe("AccessDeniedException");
  });
});

const deniesScripts = (document: string | undefined) =>
  document === "AWS-RunShellScript" ? "denied" : "allowed";

describe("an error that access throws", () => {
  it("is what the call is rejected with, on both roads of a program", async () => {
    const access = () => {
      throw new RangeError("Not in this test.");
    };
    const fake = new FakeSsm({ access });
    const error = { name: "RangeError", message: "Not in this test." };
    expect(await refusalOf(fake.listCommands({}))).toEqual(error);
    expect(await refusalOf(new SSM(fake.clientConfig()).listCommands({}))).toEqual(error);
  });
});

describe("access that is neither word", () => {
  it.each([true, "Denied", null, {}])("such as %j is refused when it is given", (access) => {
    expect(() => new FakeSsm({ access: access as never })).toThrow(
      /^access is .*\. Use "allowed", "denied", or a function that returns one of them\.$/,
    );
  });

  it("is refused when a function returns it", async () => {
    const fake = new FakeSsm({ access: (async () => "allowed") as never });
    await expect(fake.listCommands({})).rejects.toThrow(
      /^access returned .* for ListCommands\. Return "allowed" or "denied", and no promise\.$/,
    );
  });
});
