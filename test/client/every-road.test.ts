import {
  type Clock,
  NodesUnavailableError,
  RunCommandClient,
  runShellScript,
  type SendRequest,
  StillRunningError,
  scaledClock,
  systemClock,
  tagTargets,
} from "ssm-run-command";
import {
  FakeSsm,
  fails,
  hangs,
  type LatencyPreset,
  type NodeOptions,
  succeeds,
  VirtualClock,
} from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rejectionOf } from "../support/rejection.ts";

const ROADS = {
  "the fake as an object": (fake: FakeSsm<Clock>) => fake,
  "a real SSMClient": (fake: FakeSsm<Clock>) => fake.client(),
};
const CLOCKS = {
  "a virtual clock": () => new VirtualClock(),
  "the system clock under fake timers": () => systemClock,
  "a clock a thousand times as fast": () => scaledClock(1_000),
};
const PRESETS: readonly LatencyPreset[] = ["instant", "measured", "worst"];

const WAYS = Object.entries(ROADS).flatMap(([road, wrap]) =>
  Object.entries(CLOCKS).flatMap(([clock, clockOf]) =>
    PRESETS.flatMap((preset) =>
      [false, true].map((isThrottled) => ({
        way: `${road}, ${clock}, ${preset}${isThrottled ? ", one call in three throttled" : ""}`,
        wrap,
        clockOf,
        preset,
        isThrottled,
      })),
    ),
  ),
);

describe.each(WAYS)("through $way", ({ wrap, clockOf, preset, isThrottled }) => {
  beforeEach(() => {
    if (clockOf() !== systemClock) return;
    vi.useFakeTimers();
    vi.setTimerTickMode("nextTimerAsync");
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  /** A client of a fake with these nodes, all of Role web. */
  function clientOf(nodes: readonly NodeOptions[]) {
    const fake = new FakeSsm<Clock>({
      clock: clockOf(),
      latency: preset,
      nodes: nodes.map((node) => ({ tags: { Role: "web" }, ...node })),
    });
    if (isThrottled) fake.faults.throttle("*", { every: 3 });
    return { fake, runCommand: new RunCommandClient(wrap(fake), { diagnoseNodes: true }) };
  }

  const request: SendRequest = {
    ...runShellScript("./deploy.sh"),
    Targets: tagTargets({ Role: "web" }),
    MaxErrors: "100%",
  };

  it("says how each node ended, and has the streams of the one that failed", async () => {
    const { runCommand } = clientOf([
      { instanceId: "i-00000001", behavior: succeeds({ after: "3s", stdout: "fine\n" }) },
      { instanceId: "i-00000002", behavior: fails({ after: "5s", exitCode: 7, stderr: "full\n" }) },
    ]);
    const { invocations } = await (await runCommand.send(request)).waitForTerminal();
    expect(invocations).toMatchObject([
      {
        kind: "failed",
        instanceId: "i-00000002",
        exitCode: 7,
        plugins: [{ stdout: "", stderr: "full\nfailed to run commands: exit status 7" }],
      },
      { kind: "succeeded", instanceId: "i-00000001", plugins: [{ output: "fine\n" }] },
    ]);
  });

  it("says that no node was targeted", async () => {
    const { runCommand } = clientOf([]);
    expect((await (await runCommand.send(request)).waitForTerminal()).kind).toBe("noTargets");
  });

  it("counts every end once in its progress", async () => {
    const { runCommand } = clientOf([
      { behavior: succeeds({ after: "2s" }) },
      { behavior: succeeds({ after: "8s" }) },
    ]);
    const ended: string[] = [];
    await (await runCommand.send(request)).waitForTerminal({
      onProgress: ({ justEnded }) => ended.push(...justEnded.map(({ kind }) => kind)),
    });
    expect(ended).toEqual(["succeeded", "succeeded"]);
  });

  it("gives up after the timeout, and finds the end when it waits again", async () => {
    const { runCommand } = clientOf([{ behavior: hangs() }]);
    const { commandId, waitForTerminal } = await runCommand.send(request);
    const error = await rejectionOf(waitForTerminal({ timeout: "5s" }));
    expect(error).toBeInstanceOf(StillRunningError);
    const signal = AbortSignal.abort();
    const again = await runCommand.waitForTerminal(commandId, { signal, onAbort: "cancel" });
    expect(again.kind).toBe("cancelled");
  });

  it("cancels once when it is aborted, and tells the truth", async () => {
    const { runCommand } = clientOf([{ behavior: hangs() }]);
    const aborting = new AbortController();
    const sent = await runCommand.send(request);
    const outcome = await sent.waitForTerminal({
      signal: aborting.signal,
      onAbort: "cancel",
      onProgress: ({ counts }) => {
        if (counts.inProgress === 1) aborting.abort();
      },
    });
    expect(outcome.kind).toBe("cancelled");
  });

  it("says which node is refused, and why", async () => {
    const { runCommand } = clientOf([{ instanceId: "i-00000001" }]);
    const InstanceIds = ["i-00000001", "i-00000009"];
    const error = await rejectionOf(runCommand.send({ ...runShellScript("true"), InstanceIds }));
    expect(error).toBeInstanceOf(NodesUnavailableError);
    expect(error).toMatchObject({ unknown: ["i-00000009"], online: ["i-00000001"] });
  });

  it("waits until a node can take commands", async () => {
    const { fake, runCommand } = clientOf([]);
    let looks = 0;
    fake.on("DescribeInstanceInformation", () => {
      if (++looks === 3) fake.nodes.add({ instanceId: "i-00000001" });
      return undefined;
    });
    const waiting = runCommand.waitUntilManaged(["i-00000001"], { timeout: "1h" });
    await expect(waiting).resolves.toBeUndefined();
  });
});
