import type { Target } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { nodeId } from "../../../contract/contract-account.ts";
import { describeOnBothRoads } from "../../../support/both-roads.ts";
import { refusalOf } from "../../../support/rejection.ts";

const AT_COMMENT = "at 'comment' failed to satisfy constraint: Member must";
/** The pattern that the service shows; AWS's model has none [report-comment]. */
const SATISFIES = "satisfy regular expression pattern: ^.{0,100}$";

const NAME = "resource-groups:Name";
const TYPES = "resource-groups:ResourceTypeFilters";
const NODE_TYPES = ["AWS::EC2::Instance", "AWS::SSM::ManagedInstance"];
const target = (Key: string, ...Values: string[]): Target => ({ Key, Values });
const group = target(NAME, "web");

const NOT_TOGETHER =
  "can’t be specified together in the same command as a resource group target. Remove one target type, and try again.";
const NEEDS_TYPE =
  "Resource type filters must specify at least one of the valid send-command resource types: AWS::EC2::Instance or AWS::SSM::ManagedInstance.Add one or all of these valid types, and try again.";
const TWICE =
  "Duplicate values are not supported for Instance IDs, tag or resource group targets.Remove the duplicate value from key, and try again.";

describeOnBothRoads("an alarm of SendCommand", (open) => {
  const watching = (ignores?: boolean, ...names: string[]) => ({
    AlarmConfiguration: {
      ...(ignores === undefined ? {} : { IgnorePollAlarmFailure: ignores }),
      Alarms: (names.length === 0 ? ["cpu"] : names).map((Name) => ({ Name })),
    },
  });
  const refusal = (name: string, state: string) => ({
    name: "ValidationException",
    message: `The following Cloudwatch alarm(s) were not in a compliant state: ${name} in state: ${state}`,
  });

  it.each([undefined, false])(
    "that does not exist is refused when IgnorePollAlarmFailure is %s",
    async (ignores) => {
      expect(await refusalOf(open({ nodes: [{}] }).send(watching(ignores)))).toEqual(
        refusal("cpu", "UNKNOWN"),
      );
    },
  );

  it("that does not exist is accepted when its failure is to be ignored", async () => {
    const account = open({ nodes: [{}] });
    expect(await account.send(watching(true))).toHaveProperty("CommandId");
  });

  it.each(["OK", "INSUFFICIENT_DATA"] as const)("in state %s is accepted", async (state) => {
    const account = open({ nodes: [{}] });
    account.fake.alarms.set("cpu", state);
    expect(await account.send(watching())).toHaveProperty("CommandId");
  });

  it.each([true, false])("in ALARM is refused, whatever is ignored (%s)", async (ignores) => {
    const account = open({ nodes: [{}] });
    account.fake.alarms.set("cpu", "ALARM");
    expect(await refusalOf(account.send(watching(ignores)))).toEqual(refusal("cpu", "ALARM"));
  });

  it("that has no data lets the command run to its end", async () => {
    const account = open({ nodes: [{ behavior: { type: "exits", after: "10m" } }] });
    account.fake.alarms.set("cpu", "OK");
    const sent = await account.send(watching());
    account.fake.alarms.set("cpu", "INSUFFICIENT_DATA");
    await account.fake.clock.advance("20m");
    expect(await account.standing(sent)).toBe("Success/Success");
  });
});

describeOnBothRoads("targets of SendCommand", (open) => {
  it.each<[what: string, targets: Target[], message: string]>([
    ["types without one of nodes", [group, target(TYPES, "AWS::S3::Bucket")], NEEDS_TYPE],
    ["a name twice", [target("tag:Role", "web", "db", "web")], TWICE],
    ["a tag name twice", [target("tag-key", "Role", "Role")], TWICE],
    ["an id twice", [target("InstanceIds", nodeId(1), nodeId(1))], TWICE],
    ["a type twice", [group, target(TYPES, NODE_TYPES[0]!, NODE_TYPES[0]!)], TWICE],
    [
      "a group beside a tag",
      [group, target("tag:Role", "web")],
      `A tag-key name or tag key-value pair ${NOT_TOGETHER}`,
    ],
    [
      "two groups",
      [target(NAME, "web", "db")],
      "Multiple resource key values are not supported for resource group targets. Remove all but one value, and try again.",
    ],
  ])("with %s are refused", async (_, Targets, message) => {
    const account = open({ nodes: [{}] });
    expect(await refusalOf(account.send({ Targets }))).toEqual({
      name: "ValidationException",
      message,
    });
  });

  it.each([
    ["one type of nodes", [NODE_TYPES[0]!]],
    ["the other", [NODE_TYPES[1]!]],
    ["both", NODE_TYPES],
    ["one of them beside another type", ["AWS::S3::Bucket", NODE_TYPES[1]!]],
  ])("with a group and %s are accepted", async (_, types) => {
    const account = open({ nodes: [{}] });
    account.fake.groups.set("web", { instanceIds: [nodeId(1)] });
    const Targets = [group, target(TYPES, ...types)];
    expect(await account.send({ Targets })).toHaveProperty("CommandId");
  });

  it("that name an unknown node by id are refused, and nothing is sent to the others", async () => {
    const account = open({ nodes: [{}] });
    const Targets = [target("InstanceIds", nodeId(1), nodeId(7))];
    expect(await refusalOf(account.send({ Targets }))).toEqual({
      name: "InvalidInstanceId",
      message: "Instances not in a valid state for account",
    });
    expect((await account.api.listCommands({})).Commands).toEqual([]);
  });

  it("that name a stopped node by id pass it over", async () => {
    const account = open({ nodes: [{}, { state: "stopped" }] });
    const sent = await account.send({ Targets: [target("InstanceIds", nodeId(1), nodeId(2))] });
    await account.fake.clock.advance("1s");
    const invocations = await account.invocations(sent);
    expect(invocations.map(({ InstanceId }) => InstanceId)).toEqual([nodeId(1)]);
  });
});

describeOnBothRoads("a comment of SendCommand", (open) => {
  it("that is too long breaks two rules", async () => {
    const Comment = "x".repeat(101);
    expect(await refusalOf(open({ nodes: [{}] }).send({ Comment }))).toEqual({
      name: "ValidationException",
      message: `2 validation errors detected: Value '${Comment}' ${AT_COMMENT} have length less than or equal to 100; Value '${Comment}' ${AT_COMMENT} ${SATISFIES}`,
    });
  });

  it.each(["a\nb", "\r", "\u2028"])("of several lines, such as %j, breaks one", async (Comment) => {
    expect(await refusalOf(open({ nodes: [{}] }).send({ Comment }))).toEqual({
      name: "ValidationException",
      message: `1 validation error detected: Value '${Comment}' ${AT_COMMENT} ${SATISFIES}`,
    });
  });

  it.each(["", "x".repeat(100), "\t'\"<é😀"])(
    "of one line, such as %j, breaks none",
    async (Comment) => {
      const sent = await open({ nodes: [{}] }).send({ Comment });
      expect(sent.Comment).toBe(Comment);
    },
  );
});
