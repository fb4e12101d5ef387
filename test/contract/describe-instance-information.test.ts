import {
  DescribeInstanceInformationCommand,
  type DescribeInstanceInformationCommandInput,
  type DescribeInstanceInformationCommandOutput,
  paginateDescribeInstanceInformation,
} from "@aws-sdk/client-ssm";
import { FakeSsm, type NodeOptions } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

type Ask = (
  input: DescribeInstanceInformationCommandInput,
) => Promise<DescribeInstanceInformationCommandOutput>;

const ROADS: Readonly<Record<string, (fake: FakeSsm) => Ask>> = {
  "the object API": (fake) => (input) => fake.describeInstanceInformation(input),
  "a real SSMClient": (fake) => {
    const client = fake.client();
    return (input) => client.send(new DescribeInstanceInformationCommand(input));
  },
};

function aFleet(options: { pingLostAfter?: "5m" } = {}): FakeSsm {
  const fake = new FakeSsm({ latency: { ...options } });
  fake.nodes.add({ instanceId: "i-00000000000000001", tags: { Role: "web" }, name: "web-1" });
  fake.nodes.add({ instanceId: "i-00000000000000002", platform: "Windows" });
  fake.nodes.add({ instanceId: "mi-00000000000000003", agent: "unreachable" });
  fake.nodes.add({ instanceId: "i-00000000000000004", state: "stopped" });
  return fake;
}

/** The node of [rec-2026-07-29-hybrid-node], with values for those that its authors left out. */
const HYBRID: NodeOptions = {
  instanceId: "mi-04f2e9619b99dcc13",
  agentVersion: "3.3.4121.0",
  platformName: "Ubuntu",
  platformVersion: "24.04",
  activationId: "58dc667c-ead7-43e8-88f0-e6f4b3ea4fca",
  iamRole: "openeval-runner-ssm-role",
  registrationDate: "2026-07-29T02:54:53.664Z",
  name: "openeval-runner",
  ipAddress: "192.168.0.17",
  computerName: "rack-17",
};

const idsOf = ({ InstanceInformationList = [] }: DescribeInstanceInformationCommandOutput) =>
  InstanceInformationList.map(({ InstanceId }) => InstanceId);

describe.each(Object.entries(ROADS))("DescribeInstanceInformation through %s", (_, roadTo) => {
  it("shows the nodes that are known, and leaves out stopped ones", async () => {
    const answer = await roadTo(aFleet())({});
    expect(idsOf(answer)).toEqual([
      "i-00000000000000001",
      "i-00000000000000002",
      "mi-00000000000000003",
    ]);
    expect(answer.NextToken).toBeUndefined();
  });

  it("tells what a node is", async () => {
    const { InstanceInformationList } = await roadTo(aFleet())({});
    expect(InstanceInformationList?.[1]).toMatchObject({
      InstanceId: "i-00000000000000002",
      PingStatus: "Online",
      PlatformType: "Windows",
      ResourceType: "EC2Instance",
      SourceType: "AWS::EC2::Instance",
    });
  });

  it("shows an EC2 instance with the members of the recording", async () => {
    const { InstanceInformationList = [] } = await roadTo(aFleet())({});
    const [node] = InstanceInformationList;
    expect(node).toEqual(
      Object.fromEntries([
        ["InstanceId", "i-00000000000000001"],
        ["PingStatus", "Online"],
        ["LastPingDateTime", expect.any(Date)],
        ["AgentVersion", "3.3.5226.0"],
        ["IsLatestVersion", true],
        ["PlatformType", "Linux"],
        ["PlatformName", "Amazon Linux"],
        ["PlatformVersion", "2023"],
        ["ResourceType", "EC2Instance"],
        ["IPAddress", expect.stringMatching(/^10\.\d+\.\d+\.\d+$/)],
        ["ComputerName", "web-1"],
        ["SourceId", "i-00000000000000001"],
        ["SourceType", "AWS::EC2::Instance"],
      ]),
    );
  });

  it("names an instance after its address where it has no name", async () => {
    const fake = new FakeSsm({ nodes: [{ ipAddress: "10.239.0.23" }] });
    const { InstanceInformationList = [] } = await roadTo(fake)({});
    expect(InstanceInformationList).toMatchObject([
      { IPAddress: "10.239.0.23", ComputerName: "ip-10-239-0-23.ec2.internal" },
    ]);
  });

  it("shows a hybrid node with how it was registered", async () => {
    const { InstanceInformationList = [] } = await roadTo(new FakeSsm({ nodes: [HYBRID] }))({});
    const [node] = InstanceInformationList;
    expect(node).toEqual(
      Object.fromEntries([
        ["InstanceId", "mi-04f2e9619b99dcc13"],
        ["PingStatus", "Online"],
        ["LastPingDateTime", expect.any(Date)],
        ["AgentVersion", "3.3.4121.0"],
        ["IsLatestVersion", false],
        ["PlatformType", "Linux"],
        ["PlatformName", "Ubuntu"],
        ["PlatformVersion", "24.04"],
        ["ActivationId", "58dc667c-ead7-43e8-88f0-e6f4b3ea4fca"],
        ["IamRole", "openeval-runner-ssm-role"],
        ["RegistrationDate", new Date("2026-07-29T02:54:53.664Z")],
        ["ResourceType", "ManagedInstance"],
        ["Name", "openeval-runner"],
        ["IPAddress", "192.168.0.17"],
        ["ComputerName", "rack-17"],
        ["SourceId", "mi-04f2e9619b99dcc13"],
        ["SourceType", "AWS::SSM::ManagedInstance"],
      ]),
    );
  });

  it("shows no name of a hybrid node that was registered without one", async () => {
    const fake = new FakeSsm({ nodes: [{ instanceId: "mi-04f2e9619b99dcc13" }] });
    const { InstanceInformationList = [] } = await roadTo(fake)({});
    expect(InstanceInformationList[0]?.Name).toBeUndefined();
  });

  it.each([
    ["3.3.5226.0", true],
    ["3.3.5226", true],
    ["3.3.5226.1", true],
    ["3.10.0.0", true],
    ["3.3.5225.9", false],
    ["3.2.9999.0", false],
    ["2.3.978.0", false],
  ])("tells whether the agent %s is the latest: %s", async (agentVersion, isLatest) => {
    const { InstanceInformationList } = await roadTo(new FakeSsm({ nodes: [{ agentVersion }] }))(
      {},
    );
    expect(InstanceInformationList).toMatchObject([{ IsLatestVersion: isLatest }]);
  });

  it("tells which operating system a node has, by default a usual one of its platform", async () => {
    const fake = aFleet();
    fake.nodes.add({ platform: "MacOS" });
    fake.nodes.add({ platformName: "Ubuntu", platformVersion: "22.04" });
    const { InstanceInformationList = [] } = await roadTo(fake)({});
    expect(
      InstanceInformationList.map((node) => [
        ...[node.PlatformType, node.PlatformName, node.PlatformVersion],
      ]),
    ).toEqual([
      ["Linux", "Amazon Linux", "2023"],
      ["Windows", "Microsoft Windows Server 2022 Datacenter", "10.0.20348"],
      ["Linux", "Amazon Linux", "2023"],
      ["MacOS", "macOS", "14.5"],
      ["Linux", "Ubuntu", "22.04"],
    ]);
  });

  it("calls a node that cannot be reached ConnectionLost, with the time of its last ping", async () => {
    const fake = aFleet();
    const { InstanceInformationList } = await roadTo(fake)({});
    const lost = InstanceInformationList?.[2];
    expect(lost?.PingStatus).toBe("ConnectionLost");
    expect(lost?.LastPingDateTime?.getTime()).toBeLessThan(fake.clock.now());
  });

  it("goes on calling a lost node Online for as long as `pingLostAfter` says", async () => {
    const fake = aFleet({ pingLostAfter: "5m" });
    fake.nodes.get("i-00000000000000001")?.goOffline();
    const ask = roadTo(fake);
    const pingStatus = async () => (await ask({})).InstanceInformationList?.[0]?.PingStatus;
    await fake.clock.advance("84s");
    expect(await pingStatus()).toBe("Online");
    await fake.clock.advance("216s");
    expect(await pingStatus()).toBe("ConnectionLost");
  });

  it.each([
    [{ Key: "InstanceIds", Values: ["i-00000000000000002"] }, ["i-00000000000000002"]],
    [{ Key: "PingStatus", Values: ["ConnectionLost"] }, ["mi-00000000000000003"]],
    [{ Key: "PlatformTypes", Values: ["Windows"] }, ["i-00000000000000002"]],
    [{ Key: "ResourceType", Values: ["ManagedInstance"] }, ["mi-00000000000000003"]],
    [{ Key: "tag:Role", Values: ["web"] }, ["i-00000000000000001"]],
    [{ Key: "tag-key", Values: ["Role"] }, ["i-00000000000000001"]],
  ])("takes the filter %j", async (filter, ids) => {
    expect(idsOf(await roadTo(aFleet())({ Filters: [filter] }))).toEqual(ids);
  });

  it.each([
    ["AgentVersion", "3.3.4121.0"],
    ["ActivationIds", "58dc667c-ead7-43e8-88f0-e6f4b3ea4fca"],
    ["IamRole", "openeval-runner-ssm-role"],
  ] as const)("finds a node by %s in both forms of filters", async (key, value) => {
    const fake = aFleet();
    fake.nodes.add(HYBRID);
    const ask = roadTo(fake);
    const answers = [
      await ask({ Filters: [{ Key: key, Values: [value] }] }),
      await ask({ InstanceInformationFilterList: [{ key, valueSet: [value] }] }),
    ];
    expect(answers.map(idsOf)).toEqual([["mi-04f2e9619b99dcc13"], ["mi-04f2e9619b99dcc13"]]);
  });

  it("takes the old form of filters", async () => {
    const answer = await roadTo(aFleet())({
      InstanceInformationFilterList: [{ key: "PlatformTypes", valueSet: ["Windows"] }],
    });
    expect(idsOf(answer)).toEqual(["i-00000000000000002"]);
  });

  it("refuses a filter key that it does not know", async () => {
    const asked = roadTo(aFleet())({ Filters: [{ Key: "Colour", Values: ["red"] }] });
    await expect(asked).rejects.toMatchObject({
      ...{ name: "ValidationException", message: "Colour filter Key is invalid." },
    });
  });

  it.each([
    [
      "the old form of filters beside the new one",
      {
        Filters: [{ Key: "PingStatus", Values: ["Online"] }],
        InstanceInformationFilterList: [{ key: "PingStatus" as const, valueSet: ["Online"] }],
      },
      "Cannot use both legacy and new filter simultaneously.",
    ],
    [
      "a tag beside another filter",
      {
        Filters: [
          { Key: "tag:Role", Values: ["web"] },
          { Key: "PingStatus", Values: ["Online"] },
        ],
      },
      "Cannot mix tag or inventory filter with any other filter.",
    ],
    [
      "a tag beside another tag",
      {
        Filters: [
          { Key: "tag:Role", Values: ["web"] },
          { Key: "tag-key", Values: ["Env"] },
        ],
      },
      "Cannot mix tag or inventory filter with any other filter.",
    ],
    [
      "more than five values of a tag",
      { Filters: [{ Key: "tag:Role", Values: ["a", "b", "c", "d", "e", "f"] }] },
      "The number of tag values for tag:Role was 6. Max: 5.",
    ],
  ])("refuses %s", async (_, request, message) => {
    await expect(roadTo(aFleet())(request)).rejects.toMatchObject({
      ...{ name: "ValidationException", message },
    });
  });

  it.each([
    [["EC2Instance", "ManagedInstance"], "ResourceType filter may contain only one value."],
    [["Toaster"], "ResourceType filter is invalid, valid values are EC2Instance, ManagedInstance"],
  ])("refuses the resource types %j", async (Values, message) => {
    const asked = roadTo(aFleet())({ Filters: [{ Key: "ResourceType", Values }] });
    await expect(asked).rejects.toMatchObject({
      name: "InvalidInstanceInformationFilterValue",
      message,
    });
  });

  it("pages, ten at a time when nothing else is asked", async () => {
    const fake = new FakeSsm();
    for (let made = 0; made < 11; made++) fake.nodes.add();
    const ask = roadTo(fake);
    const first = await ask({});
    expect(idsOf(first)).toHaveLength(10);
    const second = await ask({ NextToken: first.NextToken });
    expect(idsOf(second)).toEqual(["i-0000000000000000b"]);
    expect(second.NextToken).toBeUndefined();
  });

  it("refuses a token that is not its own", async () => {
    await expect(roadTo(aFleet())({ NextToken: "none of ours" })).rejects.toMatchObject({
      name: "InvalidNextToken",
    });
  });
});

describe("paginateDescribeInstanceInformation", () => {
  it("walks all nodes", async () => {
    const fake = new FakeSsm();
    for (let made = 0; made < 23; made++) fake.nodes.add();
    const ids = new Set<string | undefined>();
    for await (const page of paginateDescribeInstanceInformation(
      { client: fake.client(), pageSize: 5 },
      {},
    )) {
      for (const id of idsOf(page)) ids.add(id);
    }
    expect(ids.size).toBe(23);
  });
});
