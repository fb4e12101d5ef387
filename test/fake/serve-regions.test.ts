import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { SSM } from "@aws-sdk/client-ssm";
import { FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { SCRIPT } from "../contract/contract-account.ts";
import { refusalOf } from "../support/rejection.ts";

const credentials = { accessKeyId: "AKIAFAKESSM", secretAccessKey: "fake" };
const BY_TAG = { ...SCRIPT, Targets: [{ Key: "tag:Role", Values: ["web"] }] };

/** A fake that is served until the test ends, and clients of it that sign for a region. */
async function served(options: FakeSsmOptions = {}) {
  const fake = new FakeSsm(options);
  const server = await serveFakeSsm(fake, { log: () => {} });
  onTestFinished(() => server.close());
  const config = (region: string) => {
    return { region, endpoint: server.url, credentials, maxAttempts: 1 };
  };
  return {
    fake,
    ssmIn(region: string): SSM {
      const client = new SSM(config(region));
      onTestFinished(() => client.destroy());
      return client;
    },
    logsIn(region: string): CloudWatchLogsClient {
      const client = new CloudWatchLogsClient(config(region));
      onTestFinished(() => client.destroy());
      return client;
    },
  };
}

/** The id of a command that was sent to a region. */
async function idIn(ssm: SSM): Promise<string | undefined> {
  return (await ssm.sendCommand(BY_TAG)).Command?.CommandId;
}

describe("another region", () => {
  it("has ids of its own", async () => {
    const { ssmIn } = await served();
    const ids = [];
    for (const region of ["us-east-1", "eu-west-1", "eu-central-1"])
      ids.push(await idIn(ssmIn(region)));
    expect(new Set(ids).size).toBe(3);
  });

  it("has the same ids whatever the order in which regions are asked", async () => {
    const regions = ["eu-west-1", "eu-central-1", "ap-south-1"];
    const ids = async (order: readonly string[]) => {
      const { ssmIn } = await served();
      const found: Record<string, string | undefined> = {};
      for (const region of order) found[region] = await idIn(ssmIn(region));
      return found;
    };
    expect(await ids(regions.toReversed())).toEqual(await ids(regions));
  });

  it("has other ids with another seed", async () => {
    const [one, two] = [await served({ seed: 1 }), await served({ seed: 2 })];
    expect(await idIn(one.ssmIn("eu-west-1"))).not.toBe(await idIn(two.ssmIn("eu-west-1")));
  });

  it("has the same ids again after a reset", async () => {
    const { fake, ssmIn } = await served();
    const ssm = ssmIn("eu-west-1");
    const before = await idIn(ssm);
    await fake.reset();
    expect(await idIn(ssm)).toBe(before);
  });

  it("has the settings of the fake", async () => {
    const { ssmIn } = await served({ settings: { omittedLogGroupEcho: "/echo" } });
    const { Command } = await ssmIn("eu-west-1").sendCommand({
      ...BY_TAG,
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    });
    expect(Command?.CloudWatchOutputConfig?.CloudWatchLogGroupName).toBe("/echo");
  });

  it("is as late as the fake", async () => {
    const { fake, ssmIn } = await served({ latency: { targetExpansionDelay: "9s" } });
    const ssm = ssmIn("eu-west-1");
    await ssm.sendCommand(BY_TAG);
    const seen = [(await ssm.listCommands({})).Commands?.[0]?.Status];
    await fake.clock.advance("9s");
    seen.push((await ssm.listCommands({})).Commands?.[0]?.Status);
    expect(seen).toEqual(["Pending", "Success"]);
  });

  it("suffers from the faults of the fake, counted together", async () => {
    const { fake, ssmIn } = await served();
    fake.faults.throttle("ListCommands", { every: 2 });
    await ssmIn("us-east-1").listCommands({});
    expect(await refusalOf(ssmIn("eu-west-1").listCommands({}))).toEqual({
      name: "ThrottlingException",
      message: "Rate exceeded",
    });
  });

  it("is seen by the handlers of the fake, which receive its name", async () => {
    const { fake, ssmIn, logsIn } = await served();
    const regions: string[] = [];
    fake.on("*", ({ region }) => void regions.push(region));
    await ssmIn("eu-west-1").listCommands({});
    await logsIn("ap-south-1").send(new DescribeLogGroupsCommand({}));
    expect(regions).toEqual(["eu-west-1", "ap-south-1"]);
  });

  it("is in the journal of the fake, each entry with its region", async () => {
    const { fake, ssmIn, logsIn } = await served();
    await ssmIn("us-east-1").listCommands({});
    await ssmIn("eu-west-1").listCommands({});
    await logsIn("eu-west-1").send(new DescribeLogGroupsCommand({}));
    expect(fake.journal.entries().map(({ operation, region }) => [operation, region])).toEqual([
      ["ListCommands", "us-east-1"],
      ["ListCommands", "eu-west-1"],
      ["DescribeLogGroups", "eu-west-1"],
    ]);
  });

  it("is emptied when the fake is reset", async () => {
    const { fake, ssmIn } = await served();
    const ssm = ssmIn("eu-west-1");
    await ssm.sendCommand(BY_TAG);
    await fake.reset();
    expect((await ssm.listCommands({})).Commands).toEqual([]);
  });

  it("is no part of the timeline, which shows the fake's own region", async () => {
    const { fake, ssmIn } = await served();
    await ssmIn("eu-west-1").sendCommand(BY_TAG);
    expect(fake.timeline()).toBe("");
  });
});
