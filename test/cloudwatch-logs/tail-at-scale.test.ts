import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import {
  cloudWatchOutput,
  RunCommandClient,
  runShellScript,
  type SentCommand,
  tagTargets,
} from "ssm-run-command";
import { type TailedOutput, tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/time/random.ts";
import { aLateLogGroup, type LateEvent } from "./a-late-log-group.ts";

const tags = { Role: "web" };
const request = { ...runShellScript("./a.sh"), CloudWatchOutputConfig: cloudWatchOutput() };

/** Nodes that write a line each, and end between 30 and 60 seconds later. */
function aFleet(count: number, options: FakeSsmOptions = {}) {
  const nodes = Array.from({ length: count }, (_, index) => ({
    tags,
    behavior: succeeds({ after: `${30 + ((index * 7919) % 31)}s`, stdout: `line ${index}\n` }),
  }));
  const fake = new FakeSsm({ nodes, ...options });
  const runCommand = new RunCommandClient(fake.client());
  return { fake, runCommand, logs: new CloudWatchLogsClient(fake.logs.clientConfig()) };
}

async function all(output: AsyncIterable<TailedOutput>): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const { text } of output) texts.push(text);
  return texts;
}

/** A command that was sent in parts of fifty nodes, as far as a tail goes. */
async function inParts({ fake, runCommand }: ReturnType<typeof aFleet>): Promise<SentCommand> {
  const ids = fake.nodes.list().map(({ instanceId }) => instanceId);
  const parts: SentCommand[] = [];
  for (let from = 0; from < ids.length; from += 50) {
    parts.push(await runCommand.send({ ...request, InstanceIds: ids.slice(from, from + 50) }));
  }
  const handle = {
    ...parts[0],
    parts,
    commandId: parts.map(({ commandId }) => commandId).join(", "),
    waitForTerminal: async (...options: Parameters<SentCommand["waitForTerminal"]>) => {
      const outcomes = await Promise.all(parts.map((part) => part.waitForTerminal(...options)));
      return { ...outcomes[0], invocations: outcomes.flatMap(({ invocations }) => invocations) };
    },
  };
  return handle as unknown as SentCommand; // as much of one as a tail needs
}

describe("a tail of many nodes", () => {
  it.each([
    [5, "50", 30],
    [50, "50", 30],
    [500, "100%", 40],
    [500, "50", 200],
  ])("of %i, %s at once, takes at most %i calls", async (count, MaxConcurrency, most) => {
    const { fake, runCommand, logs } = aFleet(count);
    const sent = await runCommand.send({ ...request, MaxConcurrency, Targets: tagTargets(tags) });
    const texts = await all(tailCommandOutput(logs, sent));
    expect([texts.length, new Set(texts).size]).toEqual([count, count]);
    expect(fake.journal.entries().length).toBeLessThanOrEqual(most);
  });

  it("that were sent to in parts reads all parts with one call, and each once at the end", async () => {
    const fleet = aFleet(230);
    const sent = await inParts(fleet);
    const texts = await all(tailCommandOutput(fleet.logs, sent));
    expect([texts.length, new Set(texts).size]).toEqual([230, 230]);
    const inputs = fleet.fake.journal.entries("FilterLogEvents").map(({ input }) => input);
    const prefixes = inputs.map(({ logStreamNamePrefix = "" }) => logStreamNamePrefix);
    expect(prefixes.filter((prefix) => prefix !== "")).toHaveLength(5);
    expect(prefixes.slice(-6)).toEqual(["", ...prefixes.slice(-5)]);
  });

  it("that were sent to in parts reads each part, where others write much", async () => {
    const chatter = succeeds({ stdout: `${"x".repeat(99)}\n`.repeat(40_000) });
    const fleet = aFleet(60);
    const { fake, runCommand, logs } = fleet;
    const { instanceId } = fake.nodes.add({ behavior: chatter });
    await (await runCommand.send({ ...request, InstanceIds: [instanceId] })).waitForTerminal();
    fake.nodes.get(instanceId)?.remove();
    const before = fake.journal.entries("FilterLogEvents").length;
    const texts = await all(tailCommandOutput(logs, await inParts(fleet)));
    expect([texts.length, new Set(texts).size]).toEqual([60, 60]);
    const inputs = fake.journal.entries("FilterLogEvents").slice(before);
    const wide = inputs.filter(({ input }) => input.logStreamNamePrefix === undefined);
    // The first look takes the four pages of the other command, and no other look does.
    expect(wide.length).toBeLessThanOrEqual(4);
  });

  it("goes on when calls of both services fail, every third of them", async () => {
    const { fake, runCommand, logs } = aFleet(120, { latency: "instant" });
    fake.faults.throttle("*", { every: 3 });
    const sent = await runCommand.send({ ...request, Targets: tagTargets(tags) });
    const texts = await all(tailCommandOutput(logs, sent));
    expect([texts.length, new Set(texts).size]).toEqual([120, 120]);
  });
});

/** A command of ten minutes that writes nothing itself, and events beside it that come late. */
async function lately(
  seed: number,
  {
    text,
    ...options
  }: { text: string; pageSize?: number; trouble?: (call: number) => Error | undefined },
) {
  const random = seededRandom(seed);
  const { fake, runCommand } = aFleet(0);
  const nodes = Array.from({ length: 8 }, () =>
    fake.nodes.add({ behavior: succeeds({ after: "10m" }) }),
  );
  const InstanceIds = nodes.map(({ instanceId }) => instanceId);
  const sent = await runCommand.send({ ...request, InstanceIds });
  const begun = fake.clock.now();
  const events: LateEvent[] = InstanceIds.flatMap((instanceId, node) => {
    // Some clocks are an hour ahead or ten minutes behind, and most are right.
    const skew = [3_600_000, -600_000, -20_000][node] ?? Math.round(random() * 200);
    return Array.from({ length: 60 }, (_, index) => {
      const ingestionTime = begun + index * 9_000 + Math.round(random() * 3_000);
      // One in ten is shown late, by as much as a minute, and then after later ones.
      const visibleFrom = ingestionTime + (random() < 0.1 ? Math.round(random() * 60_000) : 0);
      const stream = `${sent.commandId}/${instanceId}/aws-runShellScript/stdout`;
      const message = `${node} ${String(index).padStart(2, "0")} ${text}\n`;
      return { stream, message, timestamp: ingestionTime + skew, ingestionTime, visibleFrom };
    });
  });
  const group = aLateLogGroup({ events, clock: fake.clock, ...options });
  const pieces: string[] = [];
  const delays: number[] = [];
  for await (const piece of tailCommandOutput(group.logs, sent)) {
    pieces.push(piece.text);
    const event = events.find(({ message }) => message === piece.text);
    delays.push(fake.clock.now() - (event?.visibleFrom ?? 0));
  }
  return { events, pieces, delays, inputs: group.inputs };
}

describe.each([1, 2, 3])("events that come late (seed %i)", (seed) => {
  it("are neither lost nor told twice, and shown when they come while the output is small", async () => {
    const { events, pieces, delays } = await lately(seed, { text: "small" });
    expect([...pieces].sort()).toEqual(events.map(({ message }) => message).sort());
    expect(Math.max(...delays)).toBeLessThanOrEqual(11_000);
  });

  it("are neither lost nor told twice when the output is large", async () => {
    const { events, pieces } = await lately(seed, { text: "x".repeat(5_000), pageSize: 40 });
    expect([...pieces].sort()).toEqual(events.map(({ message }) => message).sort());
  });

  it("are neither lost nor told twice when calls fail in the middle of pages", async () => {
    const random = seededRandom(seed);
    const broken = () => Object.assign(new Error("It broke."), { code: "ECONNRESET" });
    const { events, pieces } = await lately(seed, {
      ...{ text: "x".repeat(5_000), pageSize: 7 },
      trouble: () => (random() < 0.4 ? broken() : undefined),
    });
    expect([...pieces].sort()).toEqual(events.map(({ message }) => message).sort());
  });
});

describe("output of megabytes", () => {
  it("is not read from its beginning at each look, and once more at the end", async () => {
    const { inputs, events } = await lately(1, { text: "x".repeat(5_000), pageSize: 40 });
    const whole = Math.ceil(events.length / 40);
    const fromBeginning = inputs.filter(({ startTime }) => startTime === undefined);
    // Below 200,000 characters everything is read, which here is the first minute.
    expect(fromBeginning.length).toBeLessThanOrEqual(whole + 25);
    expect(inputs.slice(-whole).every(({ startTime }) => startTime === undefined)).toBe(true);
  });

  it("in order comes in order", async () => {
    const writes = Array.from({ length: 60 }, (_, index) => ({
      at: `${index}s` as const,
      stdout: `${index} ${"x".repeat(20_000)}\n`,
    }));
    const fake = new FakeSsm({ behavior: succeeds({ after: "60s", writes }), nodes: [{}, {}, {}] });
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
    const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
    const sent = await new RunCommandClient(fake).send({ ...request, InstanceIds });
    const texts = new Map<string, string>();
    for await (const { instanceId, text } of tailCommandOutput(logs, sent)) {
      texts.set(instanceId, (texts.get(instanceId) ?? "") + text);
    }
    const lines = [...texts.values()].map((text) =>
      text
        .trim()
        .split("\n")
        .map((line) => Number(line.split(" ")[0])),
    );
    expect(lines).toEqual(InstanceIds.map(() => Array.from({ length: 60 }, (_, index) => index)));
  });
});
