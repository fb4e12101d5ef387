import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  paginateFilterLogEvents,
  paginateGetLogEvents,
  ResourceNotFoundException,
  StartQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it } from "vitest";
import { LogService } from "../../../src/fake/logs/logs-service.ts";
import { anAccount, T0 } from "./operations/an-account.ts";

const group = { logGroupName: "/app" };

const THREE = [
  ["out", 0, "one\n"],
  ["err", 1, "two\n"],
  ["out", 2, "three"],
] as const;

/** A real client whose requests the service answers instead of a network. */
function aClient(account = anAccount(...THREE)) {
  const logs = new LogService(account);
  const handle = async (request: { headers: Record<string, string>; body: Uint8Array }) => {
    const input: unknown = JSON.parse(new TextDecoder().decode(request.body));
    const answer = await logs.call(request.headers["x-amz-target"]!.split(".")[1]!, input);
    const { name: __type, message } = answer.ok ? {} : answer.refusal;
    const json = JSON.stringify(answer.ok ? answer.value : { __type, message });
    const body = new TextEncoder().encode(json);
    return { response: { statusCode: answer.ok ? 200 : 400, headers: {}, body } };
  };
  return new CloudWatchLogsClient({
    region: "us-east-1",
    credentials: { accessKeyId: "id", secretAccessKey: "secret" },
    requestHandler: { handle: handle as never },
  });
}

describe("a real CloudWatchLogsClient", () => {
  it("reads the events of a stream, with times as numbers", async () => {
    const command = new GetLogEventsCommand({ ...group, logStreamName: "err" });
    expect((await aClient().send(command)).events).toEqual([
      { timestamp: T0 + 1, message: "two\n", ingestionTime: T0 + 1 },
    ]);
  });

  it("reads a stream page by page with stopOnSameToken", async () => {
    const input = { ...group, logStreamName: "out", startFromHead: true, limit: 1 };
    const pages = [];
    const config = { client: aClient(), stopOnSameToken: true };
    for await (const { events } of paginateGetLogEvents(config, input)) {
      pages.push(events?.map(({ message }) => message));
    }
    expect(pages).toEqual([["one\n"], ["three"], []]);
  });

  it("filters the events of a group", async () => {
    const command = new FilterLogEventsCommand({ ...group, filterPattern: "t" });
    const { events, nextToken } = await aClient().send(command);
    expect([events?.map(({ logStreamName }) => logStreamName), nextToken]).toEqual([
      ["err", "out"],
      undefined,
    ]);
  });

  it("filters page by page to the end", async () => {
    const pages = [];
    const config = { client: aClient(), pageSize: 2 };
    for await (const { events } of paginateFilterLogEvents(config, { ...group })) {
      pages.push(events?.map(({ message }) => message));
    }
    expect(pages).toEqual([["one\n", "two\n"], ["three"]]);
  });

  it("lists groups", async () => {
    const { logGroups } = await aClient().send(new DescribeLogGroupsCommand({}));
    expect(logGroups).toMatchObject([{ logGroupName: "/app", creationTime: T0, storedBytes: 13 }]);
  });

  it("lists streams", async () => {
    const command = new DescribeLogStreamsCommand({ ...group, orderBy: "LastEventTime" });
    const { logStreams } = await aClient().send(command);
    expect(logStreams).toMatchObject([
      { logStreamName: "err", lastEventTimestamp: T0 + 1 },
      { logStreamName: "out", lastEventTimestamp: T0 + 2 },
    ]);
  });

  it("throws the SDK's own ResourceNotFoundException", async () => {
    const command = new GetLogEventsCommand({ ...group, logStreamName: "none" });
    await expect(aClient().send(command)).rejects.toThrow(ResourceNotFoundException);
  });

  it("throws an error of that name for an operation that is not answered", async () => {
    const command = new StartQueryCommand({ queryString: "", startTime: 0, endTime: 1 });
    await expect(aClient().send(command)).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: expect.stringContaining("does not answer StartQuery. It answers "),
    });
  });
});
