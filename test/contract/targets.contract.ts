import type { Target } from "@aws-sdk/client-ssm";
import { tagTargets } from "ssm-run-command";
import { expect } from "vitest";
import { refusalOf } from "../support/rejection.ts";
import type { AddCase } from "./contract.ts";
import { type ContractAccount, nodeId, SCRIPT } from "./contract-account.ts";

const FLEET = {
  nodes: [
    { tags: { Role: "web", Env: "prod" } },
    { tags: { Role: "web", Env: "test" } },
    { tags: { Role: "db", Env: "prod" } },
    { tags: { Role: "" } },
    {},
  ],
};

/** The numbers of the nodes that targets choose, the smallest first. */
async function chosenBy(account: ContractAccount, Targets: Target[]): Promise<readonly number[]> {
  const invocations = await account.invocations(await account.send({ Targets }));
  return invocations.map(({ InstanceId }) => Number(InstanceId?.slice(2))).reverse();
}

/** How targets become nodes. Source: [rules-targets]. */
export function targetsContract(addCase: AddCase): void {
  addCase("a tag and its value choose the nodes that have both", async (open) => {
    expect(await chosenBy(open(FLEET), tagTargets({ Role: "web" }))).toEqual([1, 2]);
  });

  addCase("values of one key are alternatives", async (open) => {
    expect(await chosenBy(open(FLEET), tagTargets({ Role: ["web", "db"] }))).toEqual([1, 2, 3]);
  });

  addCase("different keys must all hold", async (open) => {
    expect(await chosenBy(open(FLEET), tagTargets({ Role: "web", Env: "prod" }))).toEqual([1]);
  });

  addCase("an empty value chooses the nodes whose tag is empty", async (open) => {
    expect(await chosenBy(open(FLEET), tagTargets({ Role: "" }))).toEqual([4]);
  });

  addCase("tag-key chooses the nodes that have one of the tags", async (open) => {
    expect(await chosenBy(open(FLEET), [{ Key: "tag-key", Values: ["Env"] }])).toEqual([1, 2, 3]);
  });

  addCase("the key InstanceIds chooses nodes by id", async (open) => {
    const Values = [nodeId(5), nodeId(2)];
    expect(await chosenBy(open(FLEET), [{ Key: "InstanceIds", Values }])).toEqual([2, 5]);
  });

  addCase("the key InstanceIds may have any case", async (open) => {
    const Targets = [{ Key: "instanceids", Values: [nodeId(2)] }];
    expect(await chosenBy(open(FLEET), Targets)).toEqual([2]);
  });

  addCase("an id that nobody has is refused among targets", async (open) => {
    const Targets = [{ Key: "InstanceIds", Values: [nodeId(2), nodeId(9)] }];
    const sent = open(FLEET).api.sendCommand({ ...SCRIPT, Targets });
    expect(await refusalOf(sent)).toEqual({
      name: "InvalidInstanceId",
      message: "Instances not in a valid state for account",
    });
  });

  addCase("a value that is given twice is refused", async (open) => {
    const Targets = tagTargets({ Env: ["test", "test"] });
    expect(await refusalOf(open(FLEET).api.sendCommand({ ...SCRIPT, Targets }))).toEqual({
      name: "ValidationException",
      message:
        "Duplicate values are not supported for Instance IDs, tag or resource group targets.Remove the duplicate value from key, and try again.",
    });
  });

  addCase("a stopped node is ignored", async (open) => {
    const tags = { Role: "web" };
    const account = open({ nodes: [{ tags, state: "stopped" }, { tags }] });
    expect(await chosenBy(account, tagTargets(tags))).toEqual([2]);
  });

  addCase("the answer to a send has not counted the nodes yet", async (open) => {
    const { TargetCount, InstanceIds } = await open(FLEET).send({
      Targets: tagTargets({ Role: "web" }),
    });
    expect([TargetCount, InstanceIds]).toEqual([0, []]);
  });

  addCase("the next look has counted the nodes, and names none", async (open) => {
    const account = open(FLEET);
    const command = await account.send({ Targets: tagTargets({ Role: "web" }) });
    const { TargetCount, InstanceIds } = await account.command(command);
    expect([TargetCount, InstanceIds]).toEqual([2, []]);
  });

  addCase("targets are echoed as they were sent", async (open) => {
    const Targets = tagTargets({ Role: ["web", "db"] });
    expect((await open(FLEET).send({ Targets })).Targets).toEqual(Targets);
  });

  addCase("targets that choose nothing make the command Success/NoInstancesInTag", async (open) => {
    const account = open(FLEET);
    const command = await account.send({ Targets: tagTargets({ Role: "cache" }) });
    expect([await account.standing(command), await account.counts(command)]).toEqual([
      "Success/NoInstancesInTag",
      [0, 0, 0, 0],
    ]);
  });

  addCase("targets that choose nothing make no invocation", async (open) => {
    expect(await chosenBy(open(FLEET), tagTargets({ Role: "cache" }))).toEqual([]);
  });

  addCase("a node that is added before the targets are expanded is chosen", async (open) => {
    const account = open({ latency: { targetExpansionDelay: "1s" } });
    const command = await account.send({ Targets: tagTargets({ Role: "web" }) });
    account.fake.nodes.add({ tags: { Role: "web" } });
    await account.fake.clock.advance("1s");
    expect(await account.standings(command)).toEqual(["Success/Success"]);
  });

  addCase("a node that is tagged after the targets were expanded is not chosen", async (open) => {
    const account = open({ nodes: [{ tags: { Role: "web" } }, {}] });
    const command = await account.send({ Targets: tagTargets({ Role: "web" }) });
    account.fake.nodes.get(nodeId(2))!.tag({ Role: "web" });
    expect(await account.counts(command)).toEqual([1, 1, 0, 0]);
  });

  addCase("a node of another platform is InvalidPlatform", async (open) => {
    const tags = { Role: "web" };
    const account = open({ nodes: [{ tags, platform: "Windows" }, { tags }] });
    const command = await account.send({ Targets: tagTargets(tags) });
    expect(await account.standings(command)).toEqual(["Failed/InvalidPlatform", "Success/Success"]);
  });

  addCase("a node without permission is AccessDenied", async (open) => {
    const tags = { Role: "web" };
    const account = open({ nodes: [{ tags, access: "denied" }, { tags }] });
    const command = await account.send({ Targets: tagTargets(tags) });
    expect(await account.standings(command)).toEqual(["Failed/AccessDenied", "Success/Success"]);
  });

  addCase("nodes that cannot be used are completed and no errors", async (open) => {
    const tags = { Role: "web" };
    const account = open({
      nodes: [
        { tags, access: "denied" },
        { tags, platform: "Windows" },
      ],
    });
    const command = await account.send({ Targets: tagTargets(tags) });
    expect([await account.standing(command), await account.counts(command)]).toEqual([
      "Failed/Failed",
      [2, 2, 0, 0],
    ]);
  });
}
