import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ListCommandsCommand, SendCommandCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type Clock, systemClock } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";
import { type ServedRequest, serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { realTime } from "../../src/time/clock.ts";
import { nodeId, SCRIPT } from "../contract/contract-account.ts";
import { rejectionOf } from "../support/rejection.ts";

const REQUEST = { ...SCRIPT, InstanceIds: [nodeId(1)] };
const KEYS = { accessKeyId: "AKIAFAKESSM", secretAccessKey: "fake" };

/** A fake with one node behind a port, a real client that tries each call once, and what is logged. */
async function served(options: FakeSsmOptions<Clock> = {}) {
  const fake = new FakeSsm<Clock>({ clock: systemClock, nodes: [{}], ...options });
  const logged: ServedRequest[] = [];
  const server = await serveFakeSsm(fake, { log: (request) => logged.push(request) });
  onTestFinished(() => server.close());
  const clientOf = (config: object) => {
    const base = { region: "us-east-1", endpoint: server.url, credentials: KEYS };
    const client = new SSMClient({ ...base, maxAttempts: 1, ...config });
    onTestFinished(() => client.destroy());
    return client;
  };
  return { fake, logged, clientOf, ssm: clientOf({}), ...server };
}

/** Resolves when the journal has so many entries. */
const journaled = (fake: FakeSsm<Clock>, entries: number) =>
  vi.waitFor(() => expect(fake.journal.entries()).toHaveLength(entries), { interval: 1 });

/** What is open for sockets. */
const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind.startsWith("TCP"));

describe("an answer that is lost as a reset, over HTTP", () => {
  it("is a connection that breaks off after the service has carried out the call", async () => {
    const { fake, ssm } = await served();
    fake.faults.loseAnswer("SendCommand", { times: 1 });
    const sending = ssm.send(new SendCommandCommand(REQUEST));
    expect(await rejectionOf(sending)).toMatchObject({ code: "ECONNRESET" });
    const { Commands } = await ssm.send(new ListCommandsCommand({}));
    expect(Commands).toMatchObject([{ DocumentName: "AWS-RunShellScript" }]);
  });

  it("makes a real client send the command again", async () => {
    const { fake, clientOf } = await served();
    fake.faults.loseAnswer("SendCommand", { times: 1, as: "reset" });
    // Its pauses pass on a virtual clock.
    const { retryStrategy } = new FakeSsm().clientConfig();
    const client = clientOf({ retryStrategy });
    const { $metadata } = await client.send(new SendCommandCommand(REQUEST));
    expect([$metadata.attempts, fake.records().length]).toEqual([2, 2]);
  });

  it("is that of S3, too", async () => {
    const { fake, url } = await served();
    fake.faults.loseAnswer("GetObject", { times: 1 });
    const base = { region: "us-east-1", endpoint: url, credentials: KEYS, maxAttempts: 1 };
    const s3 = new S3Client({ ...base, forcePathStyle: true });
    onTestFinished(() => s3.destroy());
    const getting = s3.send(new GetObjectCommand({ Bucket: "none", Key: "none" }));
    expect(await rejectionOf(getting)).toMatchObject({ code: "ECONNRESET" });
  });
});

describe("an answer that is lost as a timeout, over HTTP", () => {
  it("never comes: the client gives up when its own time is over", async () => {
    const { fake, clientOf } = await served();
    const requestHandler = { requestTimeout: 20, throwOnRequestTimeout: true };
    const client = clientOf({ requestHandler });
    fake.faults.loseAnswer("SendCommand", { times: 1, as: "timeout" });
    const sending = client.send(new SendCommandCommand(REQUEST));
    expect(await rejectionOf(sending)).toMatchObject({ name: "TimeoutError", code: "ETIMEDOUT" });
    expect(fake.records()).toHaveLength(1);
  });

  it("leaves the connection open, and the server answering others", async () => {
    const { fake, ssm, clientOf } = await served();
    fake.faults.loseAnswer("ListCommands", { times: 1, as: "timeout" });
    const settled = vi.fn();
    const gone = new AbortController();
    const listing = rejectionOf(
      ssm.send(new ListCommandsCommand({}), { abortSignal: gone.signal }),
    ).finally(settled);
    await journaled(fake, 2);
    expect((await clientOf({}).send(new ListCommandsCommand({}))).Commands).toEqual([]);
    expect(settled).not.toHaveBeenCalled();
    gone.abort();
    expect(await listing).toMatchObject({ name: "AbortError" });
  });

  it("is not logged, since there is none", async () => {
    const { fake, ssm, logged } = await served();
    fake.faults.loseAnswer("ListCommands", { times: 1, as: "timeout" });
    const gone = new AbortController();
    const listing = ssm.send(new ListCommandsCommand({}), { abortSignal: gone.signal });
    await journaled(fake, 2);
    gone.abort();
    await rejectionOf(listing);
    expect(logged).toEqual([]);
  });

  it("takes no time on a virtual clock, whose server does not wait", async () => {
    const { fake, ssm } = await served({ clock: undefined, latency: "instant" });
    const begun = fake.clock.now();
    fake.faults.loseAnswer("ListCommands", { times: 1, as: "timeout" });
    const gone = new AbortController();
    const listing = ssm.send(new ListCommandsCommand({}), { abortSignal: gone.signal });
    await journaled(fake, 2);
    gone.abort();
    await rejectionOf(listing);
    expect(fake.clock.now()).toBe(begun);
  });

  it("is that of S3, too", async () => {
    const { fake, url } = await served();
    fake.faults.loseAnswer("GetObject", { times: 1, as: "timeout" });
    const base = { region: "us-east-1", endpoint: url, credentials: KEYS, maxAttempts: 1 };
    const s3 = new S3Client({ ...base, forcePathStyle: true });
    onTestFinished(() => s3.destroy());
    const gone = new AbortController();
    const getting = rejectionOf(
      s3.send(new GetObjectCommand({ Bucket: "none", Key: "none" }), { abortSignal: gone.signal }),
    );
    await journaled(fake, 2);
    gone.abort();
    expect(await getting).toMatchObject({ name: "AbortError" });
  });

  it("ends with the server, which closes at once and leaves nothing open", async () => {
    const before = sockets();
    const { fake, ssm, close } = await served();
    fake.faults.loseAnswer("ListCommands", { times: 1, as: "timeout" });
    const listing = rejectionOf(ssm.send(new ListCommandsCommand({})));
    await journaled(fake, 2);
    // Without the time that other answers are given, which would end this one, too.
    const after = vi.spyOn(realTime, "after").mockReturnValue(() => {});
    await close();
    after.mockRestore();
    expect(await listing).toMatchObject({ code: "ECONNRESET" });
    ssm.destroy();
    await vi.waitFor(() => expect(sockets()).toEqual(before), { interval: 5, timeout: 10_000 });
  });

  it("sets no timer that keeps the process alive", async () => {
    const { fake, ssm } = await served();
    fake.faults.loseAnswer("ListCommands", { times: 1, as: "timeout" });
    const after = vi.spyOn(realTime, "after");
    const gone = new AbortController();
    const listing = ssm.send(new ListCommandsCommand({}), { abortSignal: gone.signal });
    await journaled(fake, 2);
    gone.abort();
    await rejectionOf(listing);
    // What watches over other fakes of this process rings in the background.
    const kept = after.mock.calls.filter(([, , options]) => options?.background !== true);
    expect(kept).toEqual([]);
  });
});
