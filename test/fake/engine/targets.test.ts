import { describe, expect, it } from "vitest";
import { expandTargets, type TargetableNode } from "../../../src/fake/engine/targets.ts";

// https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-multiple.html

const FLEET: readonly TargetableNode[] = [
  { instanceId: "i-web-prod", tags: { Role: "web", Env: "prod" } },
  { instanceId: "i-web-staging", tags: { Role: "web", Env: "staging" } },
  { instanceId: "i-db-prod", tags: { Role: "db", Env: "prod" } },
  { instanceId: "i-empty", tags: { Role: "" } },
  { instanceId: "i-bare", tags: {} },
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

  // Recorded for the fleet filter: https://github.com/radkawar/stackd, managed_execution_fleet_empty_value.
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
    const node = { instanceId: "i-cloud", tags: { "aws:cloudformation:stack-name": "web" } };
    const target = { Key: "tag:aws:cloudformation:stack-name", Values: ["web"] };
    expect(expandTargets([target], [node])).toEqual([node]);
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
  const machines = ["i-0123456789abcdef0", "mi-0123456789abcdef0"].map((instanceId) => ({
    instanceId,
    tags: {},
  }));
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
