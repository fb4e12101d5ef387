import { runShellScript } from "ssm-run-command";
import { FakeSsm, fails, hangs, inOrder, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { aFewTurns } from "../support/event-loop.ts";
import { refusalOf } from "../support/rejection.ts";

const NODE = "i-00000000000000001";
const REQUEST = { ...runShellScript("./deploy.sh"), InstanceIds: [NODE] };
const RELEASE = {
  schemaVersion: "2.2",
  mainSteps: [
    { name: "run", action: "aws:runShellScript", inputs: { runCommand: ["./release.sh"] } },
  ],
};

describe("a reset drops", () => {
  it("faults", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.faults.throttle("ListCommands", { every: 1 });
    await fake.reset();
    expect((await fake.listCommands({})).Commands).toEqual([]);
  });

  it("the list of faults that have not struck", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.faults.throttle("ListCommands", { every: 1 });
    await fake.reset();
    expect(fake.faults.unused()).toEqual([]);
  });

  it("handlers", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.on("ListCommands", () => ({ refuse: { name: "InternalServerError" } }));
    await fake.reset();
    expect((await fake.listCommands({})).Commands).toEqual([]);
  });

  it("the counts of runs", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: inOrder(fails(), succeeds()) }],
    });
    await fake.sendCommand(REQUEST);
    await fake.listCommands({});
    await fake.reset();
    await fake.sendCommand(REQUEST);
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("Failed");
  });

  it("documents", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
    await fake.documents.add("release", RELEASE);
    await fake.reset();
    const send = fake.sendCommand({ DocumentName: "release", InstanceIds: [NODE] });
    expect((await refusalOf(send)).name).toBe("InvalidDocument");
  });

  it("parameters", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.parameters.set("/deploy/version", "7");
    await fake.reset();
    expect(fake.parameters.get("/deploy/version")).toBeUndefined();
  });

  it("alarms", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const before = fake.alarms.get("errors");
    fake.alarms.set("errors", "ALARM");
    await fake.reset();
    expect(fake.alarms.get("errors")).toBe(before);
  });

  it("groups", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.groups.set("web", { instanceIds: [NODE] });
    await fake.reset();
    expect(fake.groups.get("web")).toBeUndefined();
  });

  it("objects", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: succeeds({ stdout: "deployed\n" }) }],
    });
    await fake.sendCommand({ ...REQUEST, OutputS3BucketName: "deploys" });
    const before = fake.objects.list("deploys").length;
    await fake.reset();
    expect([before, fake.objects.list("deploys")]).toEqual([1, []]);
  });

  it("notifications", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
    await fake.sendCommand(REQUEST);
    const before = fake.notifications.list().length;
    await fake.reset();
    expect([before > 0, fake.notifications.list()]).toEqual([true, []]);
  });
});

describe("the result of a behavior after a reset", () => {
  /** A fake whose first run is pending when it is reset and whose second one hangs; `settle` ends the first. */
  async function resetWhilePending() {
    let settle: { resolve: () => void; reject: (reason: Error) => void } | undefined;
    const pending = new Promise<ReturnType<typeof succeeds>>((resolve, reject) => {
      settle = { resolve: () => resolve(succeeds()), reject };
    });
    let runs = 0;
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: () => (++runs === 1 ? pending : hangs()) }],
    });
    await fake.sendCommand(REQUEST);
    fake.timeline();
    await fake.reset();
    await fake.sendCommand(REQUEST);
    fake.timeline();
    return { fake, settle: settle! };
  }

  it("does not end the command that has its id now", async () => {
    const { fake, settle } = await resetWhilePending();
    settle.resolve();
    await aFewTurns();
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("InProgress");
  });

  it("is not thrown by the calls after it", async () => {
    const { fake, settle } = await resetWhilePending();
    settle.reject(new Error("Late."));
    await aFewTurns();
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("InProgress");
  });
});

describe("a reset keeps", () => {
  it("the duration of calls", async () => {
    const fake = new FakeSsm({ latency: "instant", callTakes: "1s" });
    await fake.reset();
    const begun = fake.clock.now();
    await fake.listCommands({});
    expect(fake.clock.now() - begun).toBe(1_000);
  });

  it("the behavior of nodes without one of their own", async () => {
    const fake = new FakeSsm({ latency: "instant", behavior: fails(), nodes: [{}] });
    await fake.reset();
    await fake.sendCommand(REQUEST);
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("Failed");
  });
});
