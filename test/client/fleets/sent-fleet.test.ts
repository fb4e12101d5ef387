import {
  explain,
  groupByOutput,
  type RunCommandApi,
  RunCommandClient,
  retryRequest,
  runShellScript,
  summarize,
} from "ssm-run-command";
import { fails, hangs, inOrder, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { aFleet } from "./a-fleet.ts";

describe("the handle of sendAll()", () => {
  it("cancels all parts", async () => {
    const { runCommand, request } = aFleet(120, { node: () => ({ behavior: hangs() }) });
    const fleet = await runCommand.sendAll({ ...request, MaxConcurrency: "100%" });
    await fleet.cancel();
    const outcome = await fleet.waitForTerminal();
    expect([outcome.kind, outcome.invocations.length]).toEqual(["cancelled", 120]);
  });

  it("cancels on single nodes, of whichever parts", async () => {
    const { runCommand, request, ids, callsOf } = aFleet(120, {
      node: () => ({ behavior: succeeds({ after: "1m" }) }),
    });
    const fleet = await runCommand.sendAll({
      ...request,
      MaxConcurrency: "100%",
      MaxErrors: "100%",
    });
    const some = [ids[3] ?? "", ids[115] ?? ""];
    await fleet.cancel(some);
    await fleet.cancel([]);
    expect(callsOf("CancelCommand")).toBe(2);
    const { invocations } = await fleet.waitForTerminal();
    const cancelled = invocations.filter(({ kind }) => kind === "cancelled");
    expect(cancelled.map(({ instanceId }) => instanceId)).toEqual(some);
  });

  it("leaves it to the service to refuse a node that no part has", async () => {
    const { runCommand, request } = aFleet(60, { node: () => ({ behavior: hangs() }) });
    const fleet = await runCommand.sendAll(request);
    await expect(fleet.cancel(["i-0123456789abcdef9"])).rejects.toMatchObject({
      name: "InvalidInstanceId",
    });
  });

  it("asks all parts to stop, whatever becomes of one", async () => {
    const { fake, runCommand, request, callsOf } = aFleet(120, {
      node: () => ({ behavior: hangs() }),
    });
    const fleet = await runCommand.sendAll(request);
    fake.on("CancelCommand", ({ input }) =>
      input.CommandId === fleet.parts[0]?.commandId
        ? { refuse: { name: "AccessDeniedException", message: "" } }
        : undefined,
    );
    await expect(fleet.cancel()).rejects.toMatchObject({ name: "AccessDeniedException" });
    expect(callsOf("CancelCommand")).toBe(3);
  });

  it("cancels when the signal of a wait is aborted, and tells how it ended", async () => {
    const { fake, runCommand, request } = aFleet(120, { node: () => ({ behavior: hangs() }) });
    const fleet = await runCommand.sendAll(request);
    const stop = new AbortController();
    void fake.clock.sleep("1m").then(() => stop.abort());
    const outcome = await fleet.waitForTerminal({ signal: stop.signal, onAbort: "cancel" });
    expect(outcome.kind).toBe("cancelled");
  });

  it("looks at all parts at once", async () => {
    const { fake, runCommand, request } = aFleet(120, {
      node: (index) => ({ behavior: succeeds({ after: index < 60 ? "10s" : "2m" }) }),
    });
    const fleet = await runCommand.sendAll({ ...request, MaxConcurrency: "100%" });
    await fake.clock.advance("1m");
    const look = await fleet.look();
    if (look.kind !== "running") throw new Error(look.kind);
    expect([look.ended, look.counts.succeeded, look.open.length]).toEqual([60, 60, 60]);
    expect([look.command.Status, look.command.TargetCount]).toEqual(["InProgress", 120]);
    await fake.clock.advance("2m");
    expect((await fleet.look()).kind).toBe("succeeded");
  });

  it("lists the invocations of all parts", async () => {
    const { runCommand, request } = aFleet(120);
    const fleet = await runCommand.sendAll(request);
    await fleet.waitForTerminal();
    const listed = new Set<string | undefined>();
    for await (const { InstanceId } of fleet.invocations({ MaxResults: 30 }))
      listed.add(InstanceId);
    expect(listed.size).toBe(120);
  });

  it("tells the progress of the whole", async () => {
    const { runCommand, request } = aFleet(120, {
      node: (index) => ({
        behavior: index % 10 ? succeeds({ after: "20s" }) : fails({ after: "20s" }),
      }),
    });
    const fleet = await runCommand.sendAll({
      ...request,
      MaxConcurrency: "100%",
      MaxErrors: "100%",
    });
    const told: (readonly number[])[] = [];
    await fleet.waitForTerminal({
      pollEvery: "1m",
      onProgress: ({ total, ended, failed, justEnded }) =>
        told.push([total, ended, failed, justEnded.length]),
    });
    expect(told).toEqual([
      [120, 0, 0, 0],
      [120, 120, 12, 120],
    ]);
  });

  it("says how all parts stood when the time of a wait is up", async () => {
    const { runCommand, request } = aFleet(120, { node: () => ({ behavior: hangs() }) });
    const fleet = await runCommand.sendAll(request);
    const waiting = fleet.waitForTerminal({ timeout: "1m" });
    await expect(waiting).rejects.toMatchObject({
      name: "StillRunningError",
      commandId: fleet.commandId,
      look: { kind: "running", command: { TargetCount: 120 } },
    });
  });

  it("waits with one call per poll for all parts that are open, and one for each fifty nodes at the end", async () => {
    const figures = await Promise.all(
      [5, 50, 500].map(async (count) => {
        const { runCommand, request, callsOf } = aFleet(count);
        const fleet = await runCommand.sendAll({ ...request, MaxConcurrency: "100%" });
        const before = callsOf("*");
        await fleet.waitForTerminal({ pollEvery: "10s" });
        return [callsOf("SendCommand"), callsOf("ListCommands"), callsOf("*") - before];
      }),
    );
    expect(figures).toEqual([
      [1, 3, 4],
      [1, 3, 4],
      [10, 3, 13],
    ]);
  });

  it("is waited for over an api that tells no dates, such as a mock", async () => {
    const { fake, request } = aFleet(120);
    const dateless: RunCommandApi = {
      clock: fake.clock,
      sendCommand: async (input) => {
        const { Command: { RequestedDateTime, ExpiresAfter, ...Command } = {} } =
          await fake.sendCommand(input);
        return { $metadata: {}, Command };
      },
      cancelCommand: fake.cancelCommand,
      getCommandInvocation: fake.getCommandInvocation,
      listCommandInvocations: fake.listCommandInvocations,
      listCommands: fake.listCommands,
    };
    const fleet = await new RunCommandClient(dateless).sendAll(request);
    expect((await fleet.waitForTerminal()).kind).toBe("succeeded");
  });

  it("is found among many other commands of the same document", async () => {
    const { fake, runCommand, request } = aFleet(120);
    const fleet = await runCommand.sendAll(request);
    const other = { ...runShellScript("true"), InstanceIds: [request.InstanceIds[0] ?? ""] };
    for (let sent = 0; sent < 120; sent++) await fake.sendCommand(other);
    expect((await fleet.waitForTerminal()).kind).toBe("succeeded");
  });
});

describe("the outcome of sendAll()", () => {
  it("is retried by sendAll, where it did not succeed", async () => {
    const { runCommand, request, ids, sent } = aFleet(130, {
      node: (index) => ({ behavior: index < 60 ? inOrder(fails(), succeeds()) : succeeds() }),
    });
    const limits = { MaxConcurrency: "100%", MaxErrors: "100%" };
    const whole = { ...request, ...limits, Comment: "nightly", TimeoutSeconds: 90 };
    const fleet = await runCommand.sendAll(whole, { once: "deploy-1a2b" });

    const again = retryRequest(await fleet.waitForTerminal());

    expect(again).toEqual({
      ...request,
      InstanceIds: ids.slice(0, 60),
      Comment: "nightly",
      TimeoutSeconds: 90,
      ...limits,
    });
    const second = again && (await runCommand.sendAll(again, { once: "deploy-1a2b.retry" }));
    expect((await second?.waitForTerminal())?.kind).toBe("succeeded");
    expect(sent().map(({ InstanceIds }) => InstanceIds?.length)).toEqual([50, 50, 30, 50, 10]);
  });

  it("says that a part had more errors than its share of MaxErrors", async () => {
    const { runCommand, request } = aFleet(100, {
      node: (index) => ({ behavior: index < 3 ? fails() : succeeds() }),
    });
    const limits = { MaxConcurrency: "2", MaxErrors: "4" };
    const fleet = await runCommand.sendAll({ ...request, ...limits });
    const outcome = await fleet.waitForTerminal();
    expect([outcome.kind, outcome.command.ErrorCount]).toEqual(["failed", 3]);
    expect(explain(outcome).causes.map(({ kind, rule }) => [kind, rule])).toEqual([
      ["failed", "more errors than MaxErrors allow"],
      ["terminated", "more errors than MaxErrors allow"],
    ]);
  });

  it("is folded and summed up as one", async () => {
    const { runCommand, request } = aFleet(130, {
      node: (index) => ({
        behavior: index % 13 ? succeeds({ stdout: "ok\n" }) : fails({ stderr: "disk full\n" }),
      }),
    });
    const limits = { MaxConcurrency: "100%", MaxErrors: "100%" };
    const fleet = await runCommand.sendAll({ ...request, ...limits });
    const outcome = await fleet.waitForTerminal();
    const groups = groupByOutput(outcome).map(({ nodes, kind }) => [kind, nodes.length]);
    expect(groups).toEqual([
      ["succeeded", 120],
      ["failed", 10],
    ]);
    const { counts, total, commandId } = summarize(outcome);
    expect([counts, total, commandId]).toEqual([
      { succeeded: 120, failed: 10 },
      130,
      fleet.commandId,
    ]);
  });
});
