import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { RunCommandError } from "ssm-run-command";
import {
  readCommandOutput,
  type TailedOutput,
  tailCommandOutput,
} from "ssm-run-command/cloudwatch-logs";
import { byPlugin, type FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../support/rejection.ts";
import { aLoggedCommand } from "./a-logged-command.ts";

const [a, b] = ["i-00000001", "i-00000002"];

/** A process that writes a line a second. */
const talks = (lines: number) =>
  succeeds({
    after: `${lines}s`,
    writes: Array.from({ length: lines }, (_, i) => ({ at: `${i}s` as const, stdout: `${i}\n` })),
  });

async function all(output: AsyncIterable<TailedOutput>): Promise<TailedOutput[]> {
  const pieces: TailedOutput[] = [];
  for await (const piece of output) pieces.push(piece);
  return pieces;
}

/** The text of pieces, without the newline that may end it. */
const textOf = (pieces: readonly TailedOutput[]) =>
  pieces
    .map(({ text }) => text)
    .join("")
    .trimEnd();

describe("tailCommandOutput", () => {
  it("hands out what is written while the command runs", async () => {
    const { fake, logs, sent } = await aLoggedCommand({ behavior: talks(20) });
    const begun = fake.clock.now();
    const delays: number[] = [];
    for await (const { timestamp } of tailCommandOutput(logs, sent)) {
      delays.push(fake.clock.now() - timestamp);
    }
    expect(delays.length).toBeGreaterThanOrEqual(10);
    // The agent uploads every second, the tail asks every second, and each of its calls takes a tenth of one.
    expect(Math.max(...delays)).toBeLessThanOrEqual(2_500);
    expect(fake.clock.now() - begun).toBeGreaterThanOrEqual(20_000);
  });

  it("leaves nothing out and says nothing twice", async () => {
    const { logs, sent } = await aLoggedCommand({ behavior: talks(20) });
    const pieces = await all(tailCommandOutput(logs, sent));
    const [whole] = await readCommandOutput(logs, await sent.waitForTerminal());
    expect(textOf(pieces)).toBe(whole?.stdout.trimEnd());
  });

  it("follows the streams of all nodes and steps, in order per stream", async () => {
    const behavior = byPlugin({ install: talks(5), verify: talks(3) });
    const { logs, sent } = await aLoggedCommand(
      {
        nodes: [
          { instanceId: a, behavior },
          { instanceId: b, behavior },
        ],
      },
      { DocumentName: "Two-Steps", Parameters: {} },
    );
    const pieces = await all(tailCommandOutput(logs, sent));
    const of = (node: string, step: string) =>
      textOf(pieces.filter(({ instanceId, plugin }) => instanceId === node && plugin === step));
    expect([of(a, "install"), of(b, "install"), of(a, "verify"), of(b, "verify")]).toEqual([
      "0\n1\n2\n3\n4",
      "0\n1\n2\n3\n4",
      "0\n1\n2",
      "0\n1\n2",
    ]);
  });

  it("says node, plugin, stream and time of each piece", async () => {
    const behavior = succeeds({ stderr: "careful\n" });
    const nodes = [{ instanceId: a, behavior }];
    const { fake, logs, sent } = await aLoggedCommand({ nodes, latency: "instant" });
    const timestamp = fake.clock.now();
    expect(await all(tailCommandOutput(logs, sent))).toEqual([
      { instanceId: a, plugin: "aws:runShellScript", stream: "stderr", timestamp, text: "careful" },
    ]);
  });

  it("follows a command that is known by its id only", async () => {
    const { fake, logs, sent } = await aLoggedCommand({
      behavior: talks(3),
      latency: "worst",
    });
    const { commandId } = sent;
    expect(textOf(await all(tailCommandOutput(logs, { api: fake, commandId })))).toBe("0\n1\n2");
  });

  it("ends with the command that wrote nothing", async () => {
    const { logs, sent } = await aLoggedCommand({ behavior: succeeds({ after: "30s" }) });
    expect(await all(tailCommandOutput(logs, sent))).toEqual([]);
  });

  it("rides out throttling of both services", async () => {
    const { fake, logs, sent } = await aLoggedCommand({ behavior: talks(20) });
    fake.faults.throttle("*", { every: 3 });
    const client = new CloudWatchLogsClient(troubled(fake, (call) => call % 3 === 0));
    expect(textOf(await all(tailCommandOutput(client, sent)))).toMatch(/^0\n1\n[\d\n]*19$/);
    logs.destroy();
  });

  it("rides out trouble that began long before the end and lasts a little beyond it", async () => {
    const { fake, logs, sent } = await aLoggedCommand({ behavior: talks(60) });
    const until = fake.clock.now() + 80_000;
    const client = new CloudWatchLogsClient(troubled(fake, () => fake.clock.now() < until));
    expect(textOf(await all(tailCommandOutput(client, sent)))).toMatch(/^0\n1\n[\d\n]*59$/);
    logs.destroy();
  });
});

describe("the end of a tail", () => {
  it("is an error when nodes wrote and nothing of it is in the logs", async () => {
    const behavior = succeeds({ stdout: "one\n" });
    const { logs, sent } = await aLoggedCommand({
      nodes: [{ instanceId: a, behavior, logs: "denied" }],
    });
    const error = await rejectionOf(all(tailCommandOutput(logs, sent)));
    expect(error).toBeInstanceOf(RunCommandError);
    expect(String(error)).toMatch(
      /Nothing that i-00000001 wrote is in the logs\. Log group \/aws\/ssm\/AWS-RunShellScript does not exist .* logs:CreateLogGroup, /,
    );
  });

  it("is an error at once for a command without CloudWatch output", async () => {
    const off = { CloudWatchOutputConfig: { CloudWatchOutputEnabled: false } };
    const { logs, sent } = await aLoggedCommand({}, off);
    expect(await rejectionOf(all(tailCommandOutput(logs, sent)))).toBeInstanceOf(RunCommandError);
  });

  it("is the caller's reason when the signal is aborted", async () => {
    const { logs, sent } = await aLoggedCommand({ behavior: talks(60) });
    const aborting = new AbortController();
    const { signal } = aborting;
    const tailing = async () => {
      for await (const { text } of tailCommandOutput(logs, sent, { signal })) {
        if (text.includes("5\n")) aborting.abort("enough");
      }
    };
    expect(await rejectionOf(tailing())).toBe("enough");
  });

  it("leaves nothing that waits when the reader leaves", async () => {
    const { fake, logs, sent } = await aLoggedCommand({ behavior: talks(60) });
    for await (const _ of tailCommandOutput(logs, sent)) break;
    const left = fake.clock.now();
    await fake.clock.sleep("1s");
    expect(fake.clock.now() - left).toBe(1_000);
  });

  it("comes when the command's does, not a pause later", async () => {
    const { fake, logs, sent } = await aLoggedCommand({ behavior: succeeds({ after: "5s" }) });
    const begun = fake.clock.now();
    await all(tailCommandOutput(logs, sent, { pollEvery: "10m" }));
    expect(fake.clock.now() - begun).toBeLessThan(20_000);
  });

  it("that comes within a pause leaves nothing that waits", async () => {
    const { fake, logs, sent } = await aLoggedCommand({ behavior: succeeds({ after: "5s" }) });
    await all(tailCommandOutput(logs, sent, { pollEvery: "10m" }));
    const ended = fake.clock.now();
    await fake.clock.sleep("1s");
    expect(fake.clock.now() - ended).toBe(1_000);
  });

  it("that an abort makes comes before the next piece, though that was read already", async () => {
    const { logs, sent } = await aLoggedCommand({ behavior: talks(5) });
    await sent.waitForTerminal();
    const aborting = new AbortController();
    const pieces: TailedOutput[] = [];
    const tailing = async () => {
      for await (const piece of tailCommandOutput(logs, sent, { signal: aborting.signal })) {
        pieces.push(piece);
        aborting.abort("enough");
      }
    };
    expect(await rejectionOf(tailing())).toBe("enough");
    expect(pieces).toHaveLength(1);
  });

  it("is what the waiting threw, when the command is unknown", async () => {
    const { fake, logs } = await aLoggedCommand({});
    const commandId = "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11";
    const tailing = all(tailCommandOutput(logs, { api: fake, commandId }));
    expect(await rejectionOf(tailing)).toHaveProperty("name", "CommandNotFoundError");
  });

  it("refuses a pause of no time", async () => {
    const { logs, sent } = await aLoggedCommand({});
    const tailing = all(tailCommandOutput(logs, sent, { pollEvery: "0s" }));
    expect(await rejectionOf(tailing)).toEqual(
      new RangeError('pollEvery is "0s". Give it at least "1ms".'),
    );
  });
});

/** A client of the fake's logs whose requests break off, and whose SDK does not try again. */
function troubled(fake: FakeSsm, breaksOff: (call: number) => boolean) {
  const { requestHandler, ...config } = fake.logs.clientConfig({ maxAttempts: 1 });
  let calls = 0;
  const handle: typeof requestHandler.handle = (...call) => {
    calls++;
    if (!breaksOff(calls)) return requestHandler.handle(...call);
    return Promise.reject(
      Object.assign(new Error("The connection broke."), { code: "ECONNRESET" }),
    );
  };
  return {
    ...config,
    requestHandler: { clock: fake.clock, handle } as unknown as typeof requestHandler,
  };
}
