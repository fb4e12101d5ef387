import { describe, expect, it } from "vitest";
import {
  expandTargets,
  isDeliverable,
  resolveGroups,
  type TargetableNode,
  unusableAs,
} from "../../../src/fake/engine/targets.ts";

// [guide-send-multiple]

function node(instanceId: string, tags: Readonly<Record<string, string>> = {}): TargetableNode {
  return { instanceId, tags, state: "running" };
}

const FLEET: readonly TargetableNode[] = [
  node("i-web-prod", { Role: "web", Env: "prod" }),
  node("i-web-staging", { Role: "web", Env: "staging" }),
  node("i-db-prod", { Role: "db", Env: "prod" }),
  node("i-empty", { Role: "" }),
  node("i-bare"),
];

function idsOf(...targets: Parameters<typeof expandTargets>[0]): readonly string[] {
  return expandTargets(targets, FLEET).map(({ instanceId }) => instanceId);
}

describe("a target by tag", () => {
  it("matches the nodes whose tag has the value", () => {
    expect(idsOf({ Key: "tag:Role", Values: ["web"] })).toEqual(["i-web-prod", "i-web-staging"]);
  });

  it("matches the nodes whose tag has any of the values", () => {
    expect(idsOf({ Key: "tag:Role", Values: ["web", "db"] })).toEqual([
      "i-web-prod",
      "i-web-staging",
      "i-db-prod",
    ]);
  });

  it("matches with another key only the nodes that match both", () => {
    expect(
      idsOf({ Key: "tag:Role", Values: ["web"] }, { Key: "tag:Env", Values: ["prod"] }),
    ).toEqual(["i-web-prod"]);
  });

  // Our decision.
  it("with an empty value matches only the nodes that have the tag with an empty value", () => {
    expect(idsOf({ Key: "tag:Role", Values: [""] })).toEqual(["i-empty"]);
  });

  it("tells upper case from lower case, in the name and in the value", () => {
    expect([
      idsOf({ Key: "tag:role", Values: ["web"] }),
      idsOf({ Key: "tag:Role", Values: ["Web"] }),
    ]).toEqual([[], []]);
  });

  it("without a value matches no node", () => {
    expect(idsOf({ Key: "tag:Role", Values: [] })).toEqual([]);
  });

  it("takes everything behind the first colon as the tag's name", () => {
    const stacked = node("i-cloud", { "aws:cloudformation:stack-name": "web" });
    const target = { Key: "tag:aws:cloudformation:stack-name", Values: ["web"] };
    expect(expandTargets([target], [stacked])).toEqual([stacked]);
  });

  it("is not fooled by what every JavaScript object has", () => {
    expect([
      ...idsOf({ Key: "tag-key", Values: ["constructor"] }),
      ...idsOf({ Key: "tag:toString", Values: [""] }),
    ]).toEqual([]);
  });
});

describe("a target by tag-key", () => {
  it("matches the nodes that have the tag, whatever its value", () => {
    expect(idsOf({ Key: "tag-key", Values: ["Role"] })).toEqual([
      "i-web-prod",
      "i-web-staging",
      "i-db-prod",
      "i-empty",
    ]);
  });

  it("matches the nodes that have any of the tags", () => {
    const targets = [{ Key: "tag-key", Values: ["Owner", "Env"] }];
    expect(idsOf(...targets)).toEqual(["i-web-prod", "i-web-staging", "i-db-prod"]);
  });
});

describe("a target by id", () => {
  it.each(["InstanceIds", "instanceids", "INSTANCEIDS"])("is written %s", (Key) => {
    expect(idsOf({ Key, Values: ["i-bare"] })).toEqual(["i-bare"]);
  });

  it("leaves out an id that nobody has", () => {
    expect(idsOf({ Key: "InstanceIds", Values: ["i-bare", "i-nobody"] })).toEqual(["i-bare"]);
  });
});

describe("the nodes", () => {
  it("come in the order in which they were given, not in that of the values", () => {
    expect(idsOf({ Key: "InstanceIds", Values: ["i-bare", "i-web-prod"] })).toEqual([
      "i-web-prod",
      "i-bare",
    ]);
  });

  it("come once, however often they match", () => {
    expect(idsOf({ Key: "InstanceIds", Values: ["i-bare", "i-bare"] })).toEqual(["i-bare"]);
  });

  it("come as the very records that were given", () => {
    expect(expandTargets([{ Key: "InstanceIds", Values: ["i-bare"] }], FLEET)[0]).toBe(FLEET[4]);
  });
});

describe("a target by resource type", () => {
  const machines = ["i-0123456789abcdef0", "mi-0123456789abcdef0"].map((id) => node(id));
  const [instance, managed] = machines.map(({ instanceId }) => instanceId);

  it.each([
    [["AWS::EC2::Instance"], [instance]],
    [["AWS::SSM::ManagedInstance"], [managed]],
    [
      ["AWS::EC2::Instance", "AWS::SSM::ManagedInstance"],
      [instance, managed],
    ],
    [["AWS::S3::Bucket"], []],
  ])("%j matches %j", (Values, ids) => {
    const targets = [{ Key: "resource-groups:ResourceTypeFilters", Values }];
    expect(expandTargets(targets, machines).map(({ instanceId }) => instanceId)).toEqual(ids);
  });
});

it.each(["web", "i-bare", "AWS::EC2::Instance"])(
  "a key that is none of these matches no node by %s",
  (value) => {
    expect(idsOf({ Key: "Role", Values: [value] })).toEqual([]);
  },
);

// A stopped instance is refused when it is named, and passed over by targets [rec-2026-09-27-managed-execution].
it.each([
  ["tag", { Key: "tag:Role", Values: ["web"] }],
  ["id", { Key: "InstanceIds", Values: ["i-web-prod"] }],
])("a stopped node is passed over by a target by %s", (_, target) => {
  const stopped: TargetableNode = { ...node("i-web-prod", { Role: "web" }), state: "stopped" };
  expect(expandTargets([target], [stopped])).toEqual([]);
});

describe("a target by resource group", () => {
  const group = (name: string) => [{ Key: "resource-groups:Name", Values: [name] }];
  const groupNamed = (name: string) =>
    ({ web: { instanceIds: ["i-web-prod", "i-gone"] }, secret: "denied" as const })[name];

  it("stands for the nodes that the group holds, as far as they exist", () => {
    const targets = resolveGroups(group("web"), groupNamed);
    expect(targets).toEqual([{ Key: "InstanceIds", Values: ["i-web-prod", "i-gone"] }]);
    expect(targets !== "denied" && expandTargets(targets, FLEET)).toEqual([FLEET[0]]);
  });

  // Such a command succeeds without doing anything [rec-2026-10-01-resource-groups].
  it("stands for no node when the group does not exist", () => {
    expect(resolveGroups(group("nobody"), groupNamed)).toEqual([
      { Key: "InstanceIds", Values: [] },
    ]);
  });

  it("is denied together with all others when one group may not be listed", () => {
    expect(resolveGroups([...group("web"), ...group("secret")], groupNamed)).toBe("denied");
  });

  it("leaves the other targets as they are", () => {
    const byTag = { Key: "tag:Role", Values: ["web"] };
    const resolved = resolveGroups([byTag, ...group("web")], groupNamed);
    expect(resolved[0]).toBe(byTag);
  });
});

describe("a command", () => {
  it.each([
    [undefined, false],
    [{ agent: "undeliverable" }, false],
    [{ agent: "unreachable" }, true],
    [{ agent: "online" }, true],
  ])("to %j: that it can be delivered is %s", (to, can) => {
    expect(isDeliverable(to)).toBe(can);
  });

  it.each([
    ["denied", "Windows", "AccessDenied"],
    ["allowed", "Windows", "InvalidPlatform"],
    ["allowed", "Linux", undefined],
  ] as const)("for Linux, with access %s to %s, is %s", (access, platform, unusable) => {
    expect(unusableAs({ isDenied: access === "denied", platform }, { platforms: ["Linux"] })).toBe(
      unusable,
    );
  });
});
