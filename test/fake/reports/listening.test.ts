import { runShellScript, tagTargets } from "ssm-run-command";
import { fails, hangs, inOrder, succeeds } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import { aFleet, NOTIFIED } from "./a-fleet.ts";

describe("on(listener)", () => {
  it("calls with every notification that list() has", async () => {
    const { fake, deploy } = aFleet({ behavior: inOrder(succeeds({ after: "10s" }), fails()) });
    const heard: unknown[] = [];
    fake.notifications.on((each) => heard.push(each));
    await deploy(NOTIFIED);
    await deploy({ ...NOTIFIED, MaxConcurrency: "1" });
    expect(heard).toHaveLength(fake.notifications.list().length);
    expect(new Set(heard.map((each) => JSON.stringify(each)))).toEqual(
      new Set(fake.notifications.list().map((each) => JSON.stringify(each))),
    );
  });

  it("calls in the order of list()", async () => {
    const nodes = Array.from({ length: 4 }, () => ({ tags: { Role: "web" } }));
    const { fake, runCommand } = aFleet({ nodes, behavior: hangs() });
    const heard: unknown[] = [];
    fake.notifications.on((each) => heard.push(each));
    const Targets = tagTargets({ Role: "web" });
    await runCommand.send({ ...runShellScript("a"), Targets, MaxConcurrency: "1", MaxErrors: "9" });
    await runCommand.send({ ...runShellScript("b"), Targets, ...NOTIFIED });
    await fake.clock.advance("1d");
    expect(heard).toEqual(fake.notifications.list());
  });

  it("wakes a test without another call when nothing takes time", async () => {
    const { fake, runCommand } = aFleet({ behavior: succeeds() });
    const heard: string[] = [];
    const ended = new Promise<void>((resolve) => {
      fake.notifications.on((each) => {
        if (each.kind === "eventBridge") heard.push(each.detail.status);
        if (heard.length === 6) resolve();
      });
    });
    const Targets = tagTargets({ Role: "web" });
    const { command } = await runCommand.send({ ...runShellScript("true"), Targets });
    await ended;
    expect([command.Status, heard]).toEqual([
      "Pending",
      ["InProgress", "InProgress", "Success", "InProgress", "Success", "Success"],
    ]);
  });

  it("tells of a cancel without another call", async () => {
    const { fake, runCommand } = aFleet({ behavior: hangs() });
    const Targets = tagTargets({ Role: "web" });
    const sent = await runCommand.send({ ...runShellScript("true"), Targets });
    await fake.clock.advance("5s");
    const cancelled = new Promise<string>((resolve) => {
      fake.notifications.on((each) => each.kind === "eventBridge" && resolve(each.detail.status));
    });
    await fake.cancelCommand({ CommandId: sent.commandId });
    expect(await cancelled).toBe("Cancelled");
  });

  it("calls when it happens, not later", async () => {
    const { fake, deploy } = aFleet();
    const late: number[] = [];
    fake.notifications.on(({ at }) => late.push(fake.clock.now() - at));
    await deploy();
    await fake.clock.advance("1d");
    expect(late).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("tells nothing of what was before", async () => {
    const { fake, deploy } = aFleet();
    await deploy();
    const heard = vi.fn();
    fake.notifications.on(heard);
    await fake.clock.advance("1d");
    expect(heard).not.toHaveBeenCalled();
  });

  it("tells the rest of a command that runs already, and its start only once", async () => {
    const { fake, runCommand } = aFleet();
    const Targets = tagTargets({ Role: "web" });
    await runCommand.send({ ...runShellScript("true"), Targets });
    await fake.clock.advance("5s");
    const heard: string[] = [];
    fake.notifications.on((each) => heard.push(each.kind === "sns" ? "" : each.detail.status));
    await fake.clock.advance("1m");
    expect(heard).toEqual(["Success", "Success", "Success"]);
  });

  it("wakes a test that waits for an event", async () => {
    const { fake, runCommand } = aFleet();
    const ended = new Promise<string>((resolve) => {
      fake.notifications.on((each) => {
        if (each.kind !== "eventBridge" || each.detail.status !== "Success") return;
        resolve(each["detail-type"]);
      });
    });
    await runCommand.send({ ...runShellScript("true"), Targets: tagTargets({ Role: "web" }) });
    await fake.clock.advance("1m");
    expect(await ended).toBe("EC2 Command Invocation Status-change Notification");
  });

  it("lets the listener call the service", async () => {
    const { fake, deploy } = aFleet();
    const seen: unknown[] = [];
    fake.notifications.on(async (each) => {
      if (each.kind === "sns" || !("instance-id" in each.detail)) return;
      const { "command-id": CommandId, "instance-id": InstanceId, status } = each.detail;
      const { Status } = await fake.getCommandInvocation({ CommandId, InstanceId });
      if (status === "Success") seen.push(Status);
    });
    await deploy();
    expect(seen).toEqual(["Success", "Success"]);
  });

  it("lets the listener send the next command", async () => {
    const { fake, runCommand, deploy } = aFleet();
    let others = 0;
    fake.notifications.on(async (each) => {
      if (each.kind !== "eventBridge" || each.detail.status !== "Success") return;
      if ("instance-id" in each.detail || others > 0) return;
      others++;
      await runCommand.send({ ...runShellScript("next"), Targets: tagTargets({ Role: "web" }) });
    });
    await deploy();
    await fake.clock.advance("1m");
    expect((await fake.listCommands({})).Commands?.map(({ Status }) => Status)).toEqual([
      "Success",
      "Success",
    ]);
  });

  it("ends with its remover, and only that one", async () => {
    const { fake, deploy } = aFleet();
    const heard = vi.fn();
    const remove = fake.notifications.on(heard);
    fake.notifications.on(heard);
    remove();
    remove();
    await deploy();
    expect(heard).toHaveBeenCalledTimes(6);
  });

  it("ends at once, even between two notifications of one moment", async () => {
    const { fake, deploy } = aFleet();
    const heard = vi.fn(() => remove());
    const remove = fake.notifications.on(heard);
    await deploy();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it("ends with a reset, also for what is on its way", async () => {
    const { fake, runCommand } = aFleet();
    const heard = vi.fn();
    fake.notifications.on(heard);
    await runCommand.send({ ...runShellScript("true"), Targets: tagTargets({ Role: "web" }) });
    fake.timeline(); // what is due runs now, and is on its way
    await fake.reset();
    expect(heard).not.toHaveBeenCalled();
  });

  it("is over after a reset", async () => {
    const { fake, deploy } = aFleet();
    const heard = vi.fn();
    fake.notifications.on(heard);
    await fake.reset();
    await deploy();
    expect(heard).not.toHaveBeenCalled();
  });

  it("refuses what is no function", () => {
    const { fake } = aFleet();
    expect(() => fake.notifications.on("deployed" as never)).toThrow(
      "fake.notifications.on was given string. Give it a function that takes a notification.",
    );
  });
});
