import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { ListCommandsCommand } from "@aws-sdk/client-ssm";
import { FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import type { HandledCall } from "../../../src/fake/calls/handlers.ts";
import { refusalOf, rejectionOf } from "../../support/rejection.ts";

/** A fake, and real clients of both of its services that try each call once. */
function bothServices(options: FakeSsmOptions = {}) {
  const fake = new FakeSsm({ latency: "instant", ...options });
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig({ maxAttempts: 1 }));
  const ssm = fake.client({ maxAttempts: 1 });
  return {
    fake,
    logs,
    listCommands: () => ssm.send(new ListCommandsCommand({})),
    describeLogGroups: () => logs.send(new DescribeLogGroupsCommand({})),
  };
}

describe("a fault on CloudWatch Logs", () => {
  it("strikes the operation that it names", async () => {
    const { fake, describeLogGroups } = bothServices();
    fake.faults.throttle("DescribeLogGroups", { every: 1 });
    expect(await refusalOf(describeLogGroups())).toEqual({
      name: "ThrottlingException",
      message: "Rate exceeded",
    });
  });

  it('strikes when it is set on "*"', async () => {
    const { fake, describeLogGroups } = bothServices();
    fake.faults.internalError("*", { every: 1 });
    expect((await refusalOf(describeLogGroups())).name).toBe("InternalServerError");
  });

  it("refuses access in the name of the service that was asked", async () => {
    const { fake, describeLogGroups, listCommands } = bothServices();
    fake.faults.denyAccess("*", { every: 1 });
    const refusals = [await refusalOf(describeLogGroups()), await refusalOf(listCommands())];
    expect(refusals.map(({ message }) => message)).toEqual([
      "User: arn:aws:iam::123456789012:user/fake is not authorized to perform: logs:DescribeLogGroups on resource: arn:aws:logs:us-east-1:123456789012:log-group::log-stream: because no identity-based policy allows the logs:DescribeLogGroups action",
      "User: arn:aws:iam::123456789012:user/fake is not authorized to perform: ssm:ListCommands on resource: arn:aws:ssm:us-east-1:123456789012:* because no identity-based policy allows the ssm:ListCommands action",
    ]);
  });

  it("takes the time that a slow answer takes, on the fake's clock", async () => {
    const { fake, describeLogGroups } = bothServices();
    fake.faults.slow("DescribeLogGroups", { every: 1, by: "2s" });
    const begun = fake.clock.now();
    await describeLogGroups();
    expect(fake.clock.now() - begun).toBe(2_000);
  });

  it("breaks the connection before the service has done anything", async () => {
    const { fake, logs } = bothServices();
    fake.faults.resetConnection("CreateLogGroup", { times: 1 });
    const making = logs.send(new CreateLogGroupCommand({ logGroupName: "/app" }));
    expect(await rejectionOf(making)).toMatchObject({ code: "ECONNRESET" });
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  });

  it("cuts the answer after the service has done what it was asked", async () => {
    const { fake, logs } = bothServices();
    fake.faults.breakBody("CreateLogGroup", { times: 1 });
    const making = logs.send(new CreateLogGroupCommand({ logGroupName: "/app" }));
    await rejectionOf(making);
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toHaveLength(1);
  });

  it("is ridden out by the retries of a real client, on the fake's clock", async () => {
    const { fake } = bothServices();
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
    fake.faults.throttle("DescribeLogGroups", { times: 2 });
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  });
});

it('a fault on "*" counts the calls of all services together', async () => {
  const { fake, listCommands, describeLogGroups } = bothServices();
  fake.faults.throttle("*", { every: 3 });
  const struck: boolean[] = [];
  for (const call of [listCommands, describeLogGroups, describeLogGroups, listCommands]) {
    struck.push(
      await call().then(
        () => false,
        () => true,
      ),
    );
  }
  expect(struck).toEqual([false, false, true, false]);
});

describe("a handler", () => {
  it('on "*" sees the calls of both services, with their input and region', async () => {
    const { fake, listCommands, logs } = bothServices({ region: "eu-west-1" });
    const calls: HandledCall[] = [];
    fake.on("*", (call) => void calls.push(call));
    await listCommands();
    await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws" }));
    expect(calls.map(({ operation, input, region }) => [operation, input, region])).toEqual([
      ["ListCommands", {}, "eu-west-1"],
      ["DescribeLogGroups", { logGroupNamePrefix: "/aws" }, "eu-west-1"],
    ]);
  });

  it("answers for CloudWatch Logs", async () => {
    const { fake, describeLogGroups } = bothServices();
    fake.on("DescribeLogGroups", () => ({ answer: { logGroups: [{ logGroupName: "/mine" }] } }));
    expect((await describeLogGroups()).logGroups).toEqual([{ logGroupName: "/mine" }]);
  });

  it("refuses for CloudWatch Logs, in its own words", async () => {
    const { fake, logs } = bothServices();
    const refuse = { name: "ResourceNotFoundException", message: "Mine." };
    fake.on("FilterLogEvents", () => ({ refuse }));
    const asking = logs.send(new FilterLogEventsCommand({ logGroupName: "/app" }));
    expect(await refusalOf(asking)).toEqual(refuse);
  });
});

it("calls of CloudWatch Logs take the time that calls take", async () => {
  const { fake, describeLogGroups } = bothServices({ callTakes: "250ms" });
  const begun = fake.clock.now();
  await describeLogGroups();
  await describeLogGroups();
  expect(fake.clock.now() - begun).toBe(500);
});

describe("the journal", () => {
  it("has the calls, refusals and faults of both services, in order", async () => {
    const { fake, listCommands, describeLogGroups, logs } = bothServices();
    await listCommands();
    await describeLogGroups();
    await rejectionOf(logs.send(new FilterLogEventsCommand({ logGroupName: "/none" })));
    fake.faults.throttle("DescribeLogGroups", { times: 1 });
    await rejectionOf(describeLogGroups());
    expect(fake.journal.entries()).toEqual([
      {
        type: "call",
        at: fake.clock.now(),
        region: "us-east-1",
        operation: "ListCommands",
        input: {},
      },
      {
        type: "call",
        at: fake.clock.now(),
        region: "us-east-1",
        operation: "DescribeLogGroups",
        input: {},
      },
      {
        type: "refusal",
        at: fake.clock.now(),
        region: "us-east-1",
        operation: "FilterLogEvents",
        input: { logGroupName: "/none" },
        name: "ResourceNotFoundException",
        message: "The specified log group does not exist.",
      },
      {
        type: "fault",
        at: fake.clock.now(),
        region: "us-east-1",
        operation: "DescribeLogGroups",
        input: {},
        fault: "refuse",
        name: "ThrottlingException",
      },
    ]);
  });

  it("has the calls of operations that CloudWatch Logs does not answer here", async () => {
    const { fake } = bothServices();
    const headers = { "x-amz-target": "Logs_20140328.StartQuery" };
    await fake.logs.answer({ method: "POST", headers, body: "{}" });
    expect(fake.journal.entries()).toMatchObject([
      { type: "refusal", operation: "StartQuery", name: "UnknownOperationException" },
    ]);
  });
});
