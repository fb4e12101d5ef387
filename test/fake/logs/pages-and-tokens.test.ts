import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  InvalidParameterException,
  paginateFilterLogEvents,
  paginateGetLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import { cloudWatchOutput, RunCommandClient, runShellScript } from "ssm-run-command";
import { readCommandOutput, tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { type AgentBehavior, FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const GROUP = "/aws/ssm/AWS-RunShellScript";
/** More than one event: an event has at most 200,000 bytes. */
const OUTPUT = `${"x".repeat(99)}\n`.repeat(7_000);

/** A command of one node that wrote {@link OUTPUT}, and a real client that reads it. */
async function aLoggedCommand(options: FakeSsmOptions = {}) {
  const fake = new FakeSsm({
    latency: "instant",
    nodes: [{}],
    behavior: succeeds({ after: "10s", stdout: OUTPUT }),
    ...options,
  });
  const sent = await new RunCommandClient(fake).send({
    ...runShellScript("make"),
    InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
    CloudWatchOutputConfig: cloudWatchOutput(),
  });
  const outcome = await sent.waitForTerminal();
  const [node] = fake.nodes.list();
  const stream = `${sent.commandId}/${node?.instanceId}/aws-runShellScript/stdout`;
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
  const at = { logGroupName: GROUP, logStreamName: stream };
  const read = (more: Partial<GetLogEventsCommandInput> = {}) =>
    logs.send(new GetLogEventsCommand({ ...at, ...more }));
  const filter = (nextToken?: string) =>
    logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, limit: 2, nextToken }));
  return { fake, sent, outcome, logs, at, read, filter };
}

describe("a token of GetLogEvents", () => {
  it("can be used for 24 hours", async () => {
    const { fake, read } = await aLoggedCommand();
    const { nextForwardToken: nextToken } = await read({ startFromHead: true, limit: 1 });
    await fake.clock.advance("1d");
    expect((await read({ nextToken, startFromHead: true, limit: 1 })).events).toHaveLength(1);
  });

  it("is refused after 24 hours", async () => {
    const { fake, read } = await aLoggedCommand();
    const { nextForwardToken: nextToken } = await read({ startFromHead: true, limit: 1 });
    await fake.clock.advance("1d");
    await fake.clock.advance("1s");
    const refused = read({ nextToken, startFromHead: true });
    await expect(refused).rejects.toThrow(InvalidParameterException);
    await expect(refused).rejects.toThrow("The specified nextToken is invalid.");
  });

  it("stays the same while nothing is written, and is good for another 24 hours each time", async () => {
    const { fake, read } = await aLoggedCommand();
    const { nextForwardToken: end } = await read();
    const first = await read({ nextToken: end, startFromHead: true });
    for (let halfDays = 0; halfDays < 5; halfDays++) {
      const { nextForwardToken } = await read({ nextToken: end, startFromHead: true });
      expect(nextForwardToken).toBe(end);
      await fake.clock.advance("12h");
    }
    expect(first).toMatchObject({ events: [], nextForwardToken: end });
  });

  it("ends the SDK's paginator that stops at the same token", async () => {
    const { logs, at } = await aLoggedCommand();
    const pages: number[] = [];
    const config = { client: logs, pageSize: 2, stopOnSameToken: true };
    for await (const { events = [] } of paginateGetLogEvents(config, {
      ...at,
      startFromHead: true,
    })) {
      pages.push(events.length);
    }
    expect(pages).toEqual([2, 2, 0]);
  });
});

describe("a token of FilterLogEvents", () => {
  it("is refused after 24 hours", async () => {
    const { fake, filter } = await aLoggedCommand();
    const { nextToken } = await filter();
    await fake.clock.advance("1d");
    expect((await filter(nextToken)).events).toHaveLength(2);
    await fake.clock.advance("1s");
    await expect(filter(nextToken)).rejects.toThrow(InvalidParameterException);
  });
});

describe("a token of DescribeLogStreams", () => {
  it("is refused after 24 hours", async () => {
    const behavior = succeeds({ stdout: "out\n", stderr: "err\n" });
    const { fake, logs, at } = await aLoggedCommand({ behavior });
    const { logGroupName } = at;
    const streams = (nextToken?: string) =>
      logs.send(new DescribeLogStreamsCommand({ logGroupName, limit: 1, nextToken }));
    const { nextToken } = await streams();
    await fake.clock.advance("1d");
    expect((await streams(nextToken)).logStreams).toHaveLength(1);
    await fake.clock.advance("1s");
    await expect(streams(nextToken)).rejects.toThrow(InvalidParameterException);
  });
});

describe("with the latency worst", () => {
  const WORST = { latency: "worst" } as const;

  it("the first page of GetLogEvents is empty, and is not the end", async () => {
    const { read } = await aLoggedCommand(WORST);
    const first = await read({ startFromHead: true });
    const second = await read({ startFromHead: true, nextToken: first.nextForwardToken });
    expect([first.events, second.events?.length]).toEqual([[], 4]);
  });

  it("a short page of GetLogEvents is not the end", async () => {
    const { read } = await aLoggedCommand(WORST);
    const { nextForwardToken: nextToken } = await read({ startFromHead: true });
    const page = await read({ startFromHead: true, nextToken, limit: 3 });
    const rest = await read({ startFromHead: true, nextToken: page.nextForwardToken, limit: 3 });
    expect([page.events?.length, rest.events?.length]).toEqual([2, 2]);
  });

  it("reading backward begins with an empty page, too", async () => {
    const { read } = await aLoggedCommand(WORST);
    const first = await read();
    const second = await read({ nextToken: first.nextBackwardToken });
    expect([first.events, second.events?.length]).toEqual([[], 4]);
  });

  it("the first page of FilterLogEvents is empty, and is not the end", async () => {
    const { logs, at } = await aLoggedCommand(WORST);
    const pages: number[] = [];
    for await (const { events = [] } of paginateFilterLogEvents(
      { client: logs, pageSize: 3 },
      {
        logGroupName: at.logGroupName,
      },
    )) {
      pages.push(events.length);
    }
    expect(pages).toEqual([0, 3, 1]);
  });

  it("all output is read", async () => {
    const { outcome, logs } = await aLoggedCommand(WORST);
    const [read] = await readCommandOutput(logs, outcome);
    expect(read?.stdout === OUTPUT).toBe(true);
  });

  it("all output is tailed", async () => {
    const tailed = async (options: FakeSsmOptions) => {
      const { sent, logs } = await aLoggedCommand(options);
      let all = "";
      for await (const { text } of tailCommandOutput(logs, sent)) all += text;
      return all;
    };
    const all = await tailed(WORST);
    expect([all.length > 690_000, all === (await tailed({}))]).toEqual([true, true]);
  });
});

it("a tail that hears nothing for days goes on", async () => {
  const behavior: AgentBehavior = async ({ showOutput }) => {
    showOutput({ stdout: "early\n" });
    return succeeds({ after: "30h", stdout: "early\n" });
  };
  const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior }] });
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
  const sent = await new RunCommandClient(fake).send({
    ...runShellScript("make", { executionTimeout: "2d" }),
    InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
    CloudWatchOutputConfig: cloudWatchOutput(),
  });
  let all = "";
  for await (const { text } of tailCommandOutput(logs, sent, { pollEvery: "1h" })) all += text;
  expect(all).toBe("early\n");
});
