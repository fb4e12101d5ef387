import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { runCli } from "../../src/cli/run-cli.ts";

/** A command line under way: what it has written, and how it is ended. */
function aRun(...args: readonly string[]) {
  const printed: string[] = [];
  const noted: string[] = [];
  const stopping = new AbortController();
  const listening = new AbortController();
  const exitCode = runCli(args, {
    print: (line) => {
      printed.push(line);
      listening.abort();
    },
    note: (line) => noted.push(line),
    stopped: () =>
      new Promise((resolve) => stopping.signal.addEventListener("abort", () => resolve())),
  });
  const begun = new Promise<void>((resolve) =>
    listening.signal.addEventListener("abort", () => resolve()),
  );
  return { printed, noted, exitCode, begun, stop: () => stopping.abort() };
}

/** A server that is ended with the test, and its URL. */
async function aServer(...args: readonly string[]) {
  const run = aRun("serve", "--port", "0", ...args);
  onTestFinished(async () => {
    run.stop();
    await run.exitCode;
  });
  await Promise.race([run.begun, run.exitCode]);
  return { ...run, url: run.printed[0]?.split(" ").at(-1) ?? "" };
}

/** A fleet file in a folder of its own, with the document that it names. */
async function aFleet(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fleet-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const steps = [{ action: "aws:runShellScript", name: "go", inputs: { runCommand: ["./go.sh"] } }];
  const document = { schemaVersion: "2.2", mainSteps: steps };
  await writeFile(join(folder, "deploy.json"), JSON.stringify(document));
  await writeFile(join(folder, "fleet.yaml"), text);
  return join(folder, "fleet.yaml");
}

/** The answer to an operation. */
async function ask(url: string, operation: string, input: object = {}): Promise<unknown> {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AmazonSSM.${operation}`,
  };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(input) });
  return answer.json();
}

const SHELL = "nodes: [{ behavior: { type: shell } }]";

describe("serve", () => {
  it("says first, and alone on stdout, where it listens", async () => {
    const { printed } = await aServer();
    expect(printed).toEqual([
      expect.stringMatching(/^ssm-run-command is listening on http:\/\/127\.0\.0\.1:[1-9]\d*$/),
    ]);
  });

  it("says in the log that there are no nodes without a fleet file", async () => {
    const { noted } = await aServer();
    expect(noted).toEqual(["There are no nodes: no --fleet was given. --help shows how."]);
  });

  it("has the nodes of the fleet file", async () => {
    const { url } = await aServer("--fleet", await aFleet("nodes: [{ count: 2 }]"));
    expect(await ask(url, "DescribeInstanceInformation")).toMatchObject({
      InstanceInformationList: [
        { InstanceId: "i-00000000000000001" },
        { InstanceId: "i-00000000000000002" },
      ],
    });
  });

  it("has the documents of the fleet file, also after a reset", async () => {
    const fleet = await aFleet(
      "nodes: [{ tags: { Role: web } }]\ndocuments: [{ name: Deploy-App, file: ./deploy.json }]\n",
    );
    const { url } = await aServer("--fleet", fleet);
    await fetch(`${url}/_fake/reset`, { method: "POST", headers: { "x-fake-ssm": "1" } });
    const sent = { DocumentName: "Deploy-App", InstanceIds: ["i-00000000000000001"] };
    expect(await ask(url, "SendCommand", sent)).toMatchObject({ Command: { Status: "Pending" } });
  });

  it("has the latency that was measured by default", async () => {
    const fleet = await aFleet("nodes: [{ tags: { Role: web } }]");
    const sent = {
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["uptime"] },
      Targets: [{ Key: "tag:Role", Values: ["web"] }],
    };
    const seen = [];
    for (const how of [[], ["--latency", "instant"]]) {
      // A slow clock, so that a slow machine sees the same.
      const { url } = await aServer("--time-scale", "0.01", "--fleet", fleet, ...how);
      await ask(url, "SendCommand", sent);
      seen.push(await ask(url, "ListCommands"));
    }
    expect(seen).toMatchObject([
      { Commands: [{ Status: "Pending" }] },
      { Commands: [{ Status: "Success" }] },
    ]);
  });

  it("runs its clock as fast as the scale says", async () => {
    const { url, noted } = await aServer("--time-scale", "1000000", "--log", "json");
    await ask(url, "ListCommands");
    const clock = () => Date.parse(JSON.parse(noted.at(-1) ?? "").at);
    const before = clock();
    await ask(url, "ListCommands");
    expect(clock() - before).toBeGreaterThan(60_000);
  });

  it("stands in the region that is given", async () => {
    const { url } = await aServer("--region", "eu-west-1", "--fleet", await aFleet("nodes: [{}]"));
    const sent = {
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["uptime"] },
      InstanceIds: ["i-00000000000000001"],
    };
    expect(await ask(url, "SendCommand", sent)).toMatchObject({
      Command: { OutputS3Region: "eu-west-1" },
    });
  });

  it("can be called by the names that are given", async () => {
    const { noted, url } = await aServer("--allowed-host", "a.test", "--allowed-host", "b.test");
    expect([url !== "", noted.length]).toEqual([true, 1]);
  });

  it("runs shells when that is allowed", async () => {
    const { url } = await aServer("--allow-shell", "--fleet", await aFleet(SHELL));
    expect(url).not.toBe("");
  });

  it("ends with the exit code 0 when it is stopped, and listens no more", async () => {
    const { url, stop, exitCode } = await aServer();
    stop();
    expect(await exitCode).toBe(0);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("ends within a second although a request is still on its way", async () => {
    const { url, exitCode, stop } = await aServer();
    const { port } = new URL(url);
    const socket = connect(Number(port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => {});
    socket.write(
      `POST / HTTP/1.1\r\nHost: localhost:${port}\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n`,
    );
    const [goOn] = await once(socket.setEncoding("utf8"), "data");
    expect(goOn).toContain("100 Continue");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await exitCode).toBe(0);
  });
});

describe("the log", () => {
  it.each([
    [
      "text",
      /^\d{4}-\d\d-\d\dT[\d:.]+Z Nope 400 UnknownOperationException \(FakeSsm does not answer Nope\. .*\)$/,
    ],
    [
      "json",
      /^\{"at":"[^"]+Z","request":"Nope","statusCode":400,"error":"UnknownOperationException","hint":"/,
    ],
  ])("as %s has a line for a request", async (form, line) => {
    const { url, noted } = await aServer("--log", form);
    await ask(url, "Nope");
    expect(noted.at(-1)).toMatch(line);
  });

  it("as none is empty", async () => {
    const { url, noted } = await aServer("--log", "none");
    await ask(url, "Nope");
    expect(noted).toEqual([]);
  });
});

describe("a command line that cannot be followed", () => {
  it.each([
    [["serve", "--prot", "1"], "There is no option --prot. Did you mean --port?"],
    [["serve", "--verbose"], "There is no option --verbose. --help lists the options."],
    [["serve", "-p", "4599"], "There is no option -p. --help lists the options."],
    [
      ["serve", "--port", "65536"],
      '--port is "65536". Allowed: 0 to 65535; 0 has a free one picked.',
    ],
    [["serve", "--port", "-1"], expect.stringContaining("--port")],
    [["serve", "--time-scale", "0"], '--time-scale is "0". Allowed: a number above 0, such as 60.'],
    [["serve", "--latency", "late"], '--latency is "late". Allowed: instant, measured, worst.'],
    [["serve", "--log", "xml"], '--log is "xml". Allowed: text, json, none.'],
    [
      ["serve", "--region", "Mars!"],
      '--region is "Mars!". Allowed: the name of a region, such as us-east-1.',
    ],
    [["serve", "--port"], expect.stringMatching(/--port.*missing\. --help lists the options\.$/)],
    [["serve", "extra"], expect.stringMatching(/'extra'.*arguments\. --help lists the options\.$/)],
    [["serve", "--host", "0.0.0.0"], expect.stringContaining("--allow-remote")],
    [["serve", "--allow-shell", "--allow-remote"], expect.stringContaining("cannot go together")],
    [["start"], "There is no command start. There is serve; --help shows examples."],
    [[], "No command was given. There is serve; --help shows examples."],
  ])("ends with 2 and one sentence on stderr: %j", async (args, sentence) => {
    const { exitCode, printed, noted } = aRun(...args);
    expect([await exitCode, printed, noted]).toEqual([2, [], [sentence]]);
  });
});

describe("a fleet file that cannot be used", () => {
  it("ends with 1, its mistakes on stderr, and nothing started", async () => {
    const fleet = await aFleet("nodes:\n  - agent: offline\n");
    const { exitCode, printed, noted } = aRun("serve", "--port", "0", "--fleet", fleet);
    expect([await exitCode, printed, noted]).toEqual([
      1,
      [],
      [`${fleet}:2: nodes[0].agent is "offline". Allowed: online, unreachable, undeliverable.`],
    ]);
  });

  it("is one that asks for shells, unless that is allowed", async () => {
    const { exitCode, noted } = aRun("serve", "--port", "0", "--fleet", await aFleet(SHELL));
    expect([await exitCode, noted]).toEqual([1, [expect.stringContaining("--allow-shell")]]);
  });
});

describe("a port that is taken", () => {
  it("ends with 1 and a sentence that says what to do", async () => {
    const { url } = await aServer();
    const port = new URL(url).port;
    const { exitCode, noted } = aRun("serve", "--port", port);
    expect([await exitCode, noted]).toEqual([1, [expect.stringContaining("Choose another port")]]);
  });
});

describe("version", () => {
  it.each([[["--version"]], [["serve", "--version"]]])("is the package's: %j", async (args) => {
    const { printed, exitCode } = aRun(...args);
    expect([await exitCode, printed]).toEqual([0, [manifest.version]]);
  });
});

describe("help", () => {
  it.each([[["--help"]], [["serve", "--help"]]])("begins with examples: %j", async (args) => {
    const { exitCode, printed } = aRun(...args);
    expect([await exitCode, printed[0]?.split("\n")[0]]).toEqual([0, "Examples"]);
  });
});
