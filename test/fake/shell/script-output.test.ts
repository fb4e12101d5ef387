import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it, vi } from "vitest";
import { tailCommandOutput } from "../../../src/cloudwatch-logs/index.ts";
import { FakeSsm } from "../../../src/fake/index.ts";
import { keepOutput } from "../../../src/fake/shell/kept-output.ts";
import { runsInShell } from "../../../src/fake/shell/runs-in-shell.ts";
import { cloudWatchOutput, RunCommandClient, runShellScript } from "../../../src/index.ts";
import { eachInFolder } from "../../support/temporary-folder.ts";
import { aRun, markIn, PATIENTLY, ranScript } from "./a-script-run.ts";

let folder: string;

eachInFolder((made) => {
  folder = made;
});

describe("output of a script that still runs", () => {
  it("is shown as it is written, each stream from its beginning", async () => {
    const wait = (file: string) => `while [ ! -e ${folder}/${file} ]; do sleep 0.01; done`;
    const { run, told } = aRun(`echo a; ${wait("1")}; echo b >&2; ${wait("2")}; echo c\n`);
    const result = runsInShell().run(run);
    for (const go of ["1", "2"]) {
      await vi.waitFor(() => expect(told.shown.length).toBe(Number(go)), PATIENTLY);
      writeFileSync(join(folder, go), "");
    }
    await result;
    expect(told.shown).toEqual([
      { stdout: "a\n", stderr: "" },
      { stdout: "a\n", stderr: "b\n" },
      { stdout: "a\nc\n", stderr: "b\n" },
    ]);
  });

  it("is in CloudWatch Logs by the second, whole lines of it, before the script ends", async () => {
    const go = join(folder, "go");
    const fake = new FakeSsm({ latency: "instant", behavior: runsInShell() });
    const { instanceId } = fake.nodes.add({});
    const runCommand = new RunCommandClient(fake);
    const sent = await runCommand.send({
      ...runShellScript([
        "echo one; printf half",
        `while [ ! -e ${go} ]; do sleep 0.02; done; echo " and half"`,
      ]),
      InstanceIds: [instanceId],
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    });
    const stream = `${sent.commandId}/${instanceId}/aws-runShellScript/stdout`;
    const text = () => fake.logs.text("/aws/ssm/AWS-RunShellScript", stream);
    const early = text();
    await vi.waitFor(async () => {
      await fake.clock.advance("1s");
      expect(text()).toBe("one\n");
    }, PATIENTLY);
    writeFileSync(go, "");
    await sent.waitForTerminal();
    expect([early, text()]).toEqual([undefined, "one\nhalf and half"]);
  });

  it("is tailed before the script ends", async () => {
    const fake = new FakeSsm({ latency: "instant", behavior: runsInShell() });
    const { instanceId } = fake.nodes.add({});
    const sent = await new RunCommandClient(fake).send({
      ...runShellScript(`echo one; while [ ! -e ${folder}/go ]; do sleep 0.02; done; echo two`),
      InstanceIds: [instanceId],
      CloudWatchOutputConfig: cloudWatchOutput("/app"),
    });
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
    let isOver = false;
    const moving = (async () => {
      while (!isOver) await fake.clock.advance("1s");
    })();
    const texts: string[] = [];
    // The script goes on when its first line was seen.
    for await (const { text } of tailCommandOutput(logs, sent)) {
      texts.push(text);
      writeFileSync(`${folder}/go`, "");
    }
    isOver = true;
    await moving;
    expect(texts.map((text) => text.trim())).toEqual(["one", "two"]);
  });

  it("is not shown by GetCommandInvocation", async () => {
    const fake = new FakeSsm({ latency: "instant", behavior: runsInShell() });
    const { instanceId } = fake.nodes.add({});
    const sent = await new RunCommandClient(fake).send({
      ...runShellScript(
        `echo one; echo 1 > ${folder}/mark; while [ ! -e ${folder}/go ]; do sleep 0.02; done`,
      ),
      InstanceIds: [instanceId],
    });
    const look = async () => {
      const read = { CommandId: sent.commandId, InstanceId: instanceId };
      const { Status, StandardOutputContent } = await fake.getCommandInvocation(read);
      return [Status, StandardOutputContent];
    };
    await look();
    await markIn(`${folder}/mark`);
    const running = await look();
    writeFileSync(`${folder}/go`, "");
    await sent.waitForTerminal();
    expect([running, await look()]).toEqual([
      ["InProgress", ""],
      ["Success", "one\n"],
    ]);
  });
});

describe("more output than is kept", () => {
  const options = { keeps: "1KiB" } as const;

  it("is dropped with one warning for each stream, and the script goes on to its end", async () => {
    const script = "head -c 3000 /dev/zero; head -c 200000 /dev/zero >&2; exit 3\n";
    const { result, told } = await ranScript(script, { options });
    if (result.type !== "exits") throw new Error(result.type);
    const { stdout = "", stderr = "", exitCode } = result;
    expect([exitCode, stdout.length, stderr.length]).toEqual([3, 1024, 1024]);
    expect(told.warnings.toSorted()).toEqual(
      ["standard error", "standard output"].map(
        (stream) =>
          `The script of step on i-0123456789abcdef0 has written more than 1 KiB to ${stream}. The rest is dropped; runsInShell({ keeps }) can keep more.`,
      ),
    );
  });

  it("is none when exactly that much was written", async () => {
    const { told } = await ranScript("head -c 1024 /dev/zero\n", { options });
    expect(told.warnings).toEqual([]);
  });

  it("is told on the console and in the timeline, and nowhere in the output", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const fake = new FakeSsm({ latency: "instant", behavior: runsInShell(options) });
    const { instanceId } = fake.nodes.add({});
    const runCommand = new RunCommandClient(fake);
    const sent = await runCommand.send({
      ...runShellScript("head -c 2000 /dev/zero | tr '\\0' x"),
      InstanceIds: [instanceId],
    });
    await sent.waitForTerminal();
    const sentence = `The script of aws:runShellScript on ${instanceId} has written more than 1 KiB to standard output. The rest is dropped; runsInShell({ keeps }) can keep more.`;
    const output = await runCommand.readOutput({ commandId: sent.commandId, instanceId });
    expect([warn.mock.calls, output.stdout, fake.timeline().includes(sentence)]).toEqual([
      [[sentence]],
      "x".repeat(1024),
      true,
    ]);
    warn.mockRestore();
  });

  it("is cut off at the time-out when a script writes for ever, as any script is", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const fake = new FakeSsm({ latency: "instant", behavior: runsInShell() });
    const { instanceId } = fake.nodes.add({});
    const inputs = { runCommand: ["yes & yes >&2"], timeoutSeconds: 5 };
    const mainSteps = [{ action: "aws:runShellScript", name: "talks", inputs }];
    await fake.documents.add("Talks-On", { schemaVersion: "2.2", mainSteps });
    const sent = await new RunCommandClient(fake).send({
      ...{ DocumentName: "Talks-On", InstanceIds: [instanceId] },
      OutputS3BucketName: "bucket",
    });
    await vi.waitFor(() => expect(fake.timeline()).toContain("more than 16 MiB"), PATIENTLY);
    await fake.clock.advance("5s");
    await sent.waitForTerminal();
    const read = { CommandId: sent.commandId, InstanceId: instanceId };
    const { StatusDetails, ResponseCode, StandardOutputContent } =
      await fake.getCommandInvocation(read);
    expect([StatusDetails, ResponseCode, StandardOutputContent?.slice(0, 4)]).toEqual([
      ...["ExecutionTimedOut", 137, "y\ny\n"],
    ]);
    expect(fake.objects.list("bucket").length).toBe(2);
    vi.restoreAllMocks();
  });

  it("does not take memory while a script writes for ever", async () => {
    const before = process.memoryUsage().rss;
    const stream = Readable.from(endless(2_000));
    const kept = keepOutput(stream, {
      mostKept: 100_000,
      onRead: () => {},
      onDropped: () => {},
    });
    await new Promise((resolve) => stream.on("end", resolve));
    expect(kept.finish()).toHaveLength(100_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});

/** Pieces of 64 KiB. */
function* endless(count: number): Generator<Buffer> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(65_536, "x");
}
