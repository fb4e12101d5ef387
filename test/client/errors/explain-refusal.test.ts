import { InvalidDocument, InvalidInstanceId } from "@aws-sdk/client-ssm";
import { NodesUnavailableError, RunCommandClient, runShellScript } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { scriptedApi, sdkError } from "../../support/scripted-api.ts";

const [online, offline, unknown] = ["i-00000001", "i-00000002", "i-00000003"];
const request = { ...runShellScript("uptime"), InstanceIds: [online, offline, unknown] };
const ROADS = [
  ["the fake as an object", (fake: FakeSsm) => fake],
  ["a real SSMClient", (fake: FakeSsm) => fake.client()],
] as const;

function threeNodes(): FakeSsm {
  return new FakeSsm({
    nodes: [{ instanceId: online }, { instanceId: offline, agent: "unreachable" }],
  });
}

const looksOf = (fake: FakeSsm) =>
  fake.journal
    .entries()
    .filter((entry) => entry.type === "call" && entry.operation === "DescribeInstanceInformation");

describe.each(ROADS)("nodes that are refused, through %s", (_, road) => {
  const refused = (fake: FakeSsm, diagnoseNodes = true) =>
    rejectionOf(new RunCommandClient(road(fake), { diagnoseNodes }).send(request));

  it("are told apart: unknown, offline and since when, fine", async () => {
    const fake = threeNodes();
    const since = new Date(fake.clock.now() - 3_600_000);
    const error = await refused(fake);
    expect(error).toBeInstanceOf(NodesUnavailableError);
    expect(error).toMatchObject({
      name: "NodesUnavailableError",
      unknown: [unknown],
      offline: [{ instanceId: offline, pingStatus: "ConnectionLost", since }],
      online: [online],
    });
  });

  it("are named in the message", async () => {
    const fake = threeNodes();
    const since = new Date(fake.clock.now() - 3_600_000).toISOString();
    expect(String(await refused(fake))).toBe(
      `NodesUnavailableError: SendCommand refused the nodes. Unknown (other account or region, stopped, never registered): ${unknown}. Offline: ${offline} (ConnectionLost, last heard of at ${since}). Online (a loss shows minutes later): ${online}.`,
    );
  });

  it("cost one more call, and the original is the cause", async () => {
    const fake = threeNodes();
    const { cause } = (await refused(fake)) as Error;
    expect(cause).toBeInstanceOf(InvalidInstanceId);
    expect(looksOf(fake)).toHaveLength(1);
  });

  it("come with the original when the look is refused", async () => {
    const fake = threeNodes();
    fake.faults.denyAccess("DescribeInstanceInformation", { every: 1 });
    expect(await refused(fake)).toBeInstanceOf(InvalidInstanceId);
  });

  it("come with the original, and without a look, when nobody asked for more", async () => {
    const fake = threeNodes();
    expect(await refused(fake, false)).toBeInstanceOf(InvalidInstanceId);
    expect(looksOf(fake)).toEqual([]);
  });
});

it("an api that cannot look gives the original", async () => {
  const original = sdkError("InvalidInstanceId");
  const { describeInstanceInformation, ...api } = scriptedApi({
    sendCommand: () => {
      throw original;
    },
  }) as ReturnType<typeof scriptedApi> & { describeInstanceInformation?: unknown };
  const sending = new RunCommandClient(api, { diagnoseNodes: true }).send(request);
  expect(await rejectionOf(sending)).toBe(original);
});

describe("a document that is refused", () => {
  const mistyped = { DocumentName: "AWS-RunShelScript", InstanceIds: [online] };
  const refusedBy = (client: ConstructorParameters<typeof RunCommandClient>[0], more = {}) =>
    rejectionOf(new RunCommandClient(client).send({ ...mistyped, ...more }));

  it("keeps its class", async () => {
    expect(await refusedBy(threeNodes().client())).toBeInstanceOf(InvalidDocument);
  });

  it("is named with version and region", async () => {
    const fake = new FakeSsm({ region: "eu-west-1", nodes: [{ instanceId: online }] });
    expect(await refusedBy(fake.client(), { DocumentVersion: "7" })).toHaveProperty(
      "message",
      "Document AWS-RunShelScript (version 7) is not in eu-west-1, or not shared with this account.",
    );
  });

  it("is named where the version is missing, too", async () => {
    const more = { DocumentName: "AWS-RunShellScript", DocumentVersion: "7" };
    expect(String(await refusedBy(threeNodes().client(), more))).toMatch(
      /^InvalidDocumentVersion: Document AWS-RunShellScript \(version 7\) is not in us-east-1/,
    );
  });

  it("is named in the stack, which is what logs show", async () => {
    const { stack } = (await refusedBy(threeNodes().client())) as Error;
    expect(stack).toMatch(/^InvalidDocument: Document AWS-RunShelScript \(version \$DEFAULT\)/);
  });

  it("is named without a region where none is known", async () => {
    const api = scriptedApi({
      sendCommand: () => {
        throw sdkError("InvalidDocument");
      },
    });
    expect(await refusedBy(api)).toHaveProperty(
      "message",
      "Document AWS-RunShelScript (version $DEFAULT) is not in this region, or not shared with this account. InvalidDocument was scripted.",
    );
  });
});
