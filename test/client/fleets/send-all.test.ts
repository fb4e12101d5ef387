import {
  KeyTakenError,
  type MaybeSentError,
  PartlySentError,
  RunCommandClient,
  runShellScript,
  type SentFleet,
  tagTargets,
} from "ssm-run-command";
import { fails, hangs, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { aFleet, mostAtOnce } from "./a-fleet.ts";

const numbers = (texts: readonly (string | undefined)[]) => texts.map(Number);
const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);

describe("sendAll()", () => {
  it("sends commands of fifty, with one handle and one outcome", async () => {
    const { runCommand, request, sent, ids } = aFleet(120);

    const fleet = await runCommand.sendAll(request);
    const outcome = await fleet.waitForTerminal();

    expect(sent().map(({ InstanceIds }) => InstanceIds?.length)).toEqual([50, 50, 20]);
    expect(outcome.kind).toBe("succeeded");
    expect(outcome.invocations.map(({ instanceId }) => instanceId).sort()).toEqual(ids);
    expect(fleet.parts.map(({ commandId }) => commandId).join(", ")).toBe(fleet.commandId);
    expect(outcome.command).toMatchObject({
      CommandId: fleet.commandId,
      TargetCount: 120,
      CompletedCount: 120,
      ErrorCount: 0,
      MaxConcurrency: "50",
      MaxErrors: "0",
      Status: "Success",
    });
  });

  it("runs a node once that is given twice", async () => {
    const { runCommand, request, sent, ids } = aFleet(60);
    await runCommand.sendAll({ ...request, InstanceIds: [...ids, ...ids, ids[0] ?? ""] });
    expect(sent().flatMap(({ InstanceIds }) => InstanceIds)).toEqual(ids);
  });

  it.each([
    ["fifty nodes", { InstanceIds: aFleet(50).ids, MaxConcurrency: "7" }],
    ["no node", { InstanceIds: [] }],
    ["targets", { Targets: tagTargets({ Role: "web" }), MaxErrors: "10%" }],
  ])("sends what is one command as it is: %s", async (_what, where) => {
    const { fake, runCommand } = aFleet(50, { node: () => ({ tags: { Role: "web" } }) });
    const { Parameters, ...request } = { ...runShellScript("true"), ...where };
    const sent = await runCommand.sendAll({ ...request, Parameters }).catch(() => undefined);
    expect(fake.journal.entries("SendCommand").map(({ input }) => input)).toMatchObject([request]);
    expect(sent?.commandId).toBe(fake.records()[0]?.commandId);
  });

  it.each([
    [undefined, undefined, 50, 0],
    ["12", "7", 12, 7],
    ["10%", "5%", 12, 6],
    ["100%", "100%", 125, 125],
    ["1000", "1000", 1000, 1000],
    ["3", "1", 3, 1],
  ])(
    "shares out places and errors of the whole: %s and %s",
    async (MaxConcurrency, MaxErrors, places, errors) => {
      const { runCommand, request, sent } = aFleet(125);

      const fleet = await runCommand.sendAll({ ...request, MaxConcurrency, MaxErrors });

      const shares = numbers(sent().map((each) => each.MaxConcurrency));
      expect(Math.min(...shares)).toBeGreaterThan(0);
      expect(sum(shares)).toBe(places);
      expect(sum(numbers(sent().map((each) => each.MaxErrors)))).toBe(errors);
      expect(mostAtOnce(await fleet.waitForTerminal())).toBeLessThanOrEqual(places);
    },
  );

  it("lets errors exceed MaxErrors by one per part, as each part stops by itself", async () => {
    const { runCommand, request } = aFleet(150, { node: () => ({ behavior: fails() }) });
    const fleet = await runCommand.sendAll({ ...request, MaxConcurrency: "3", MaxErrors: "9" });
    const outcome = await fleet.waitForTerminal();
    expect([outcome.kind, outcome.command.ErrorCount]).toEqual(["failed", 12]);
  });

  it.each([
    [1_200, "10", /^MaxConcurrency is 10 places for 24 commands.+"24".+"2%".+Targets/],
    [1_200, "1%", /^MaxConcurrency is 12 places .+"24".+"2%".+Targets/],
    [2_600, undefined, /^MaxConcurrency is 50 places for 52 commands.+"52".+"2%".+Targets/],
  ])(
    "refuses fewer places than parts before anything is sent: %i nodes, %s",
    async (count, MaxConcurrency, says) => {
      const { runCommand, request, callsOf } = aFleet(0);
      const InstanceIds = Array.from(
        { length: count },
        (_, index) => `i-${String(index).padStart(17, "0")}`,
      );
      const error = await runCommand
        .sendAll({ ...request, InstanceIds, MaxConcurrency }, { once: "deploy-1a2b" })
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RangeError);
      expect((error as RangeError).message).toMatch(says);
      expect(callsOf("*")).toBe(0);
    },
  );

  it.each([
    ["a mistyped member", { Instanceids: [] }, {}, /has no member "Instanceids"/],
    ["a mistyped option", {}, { onec: "a" }, /^sendAll\(\) has no option "onec"/],
    ["ids that are no list", { InstanceIds: "i-1" }, {}, /^sendAll\(\) was given "i-1"/],
    ["a limit that is none", { MaxConcurrency: "ten" }, {}, /^MaxConcurrency is "ten"/],
    ["a key that is none", {}, { once: "a b" }, /^once of send/],
    [
      "a key that does not fit",
      { Comment: "x".repeat(80) },
      { once: "deploy-1a2b" },
      /^Comment has 104 characters/,
    ],
    ["a duration that is none", {}, { once: "a", within: "soon" }, /^within is "soon"/],
  ])("refuses %s before any call", async (_what, members, options, says) => {
    const { runCommand, request, callsOf } = aFleet(501);
    const sending = runCommand.sendAll({ ...request, ...members } as never, options as never);
    await expect(sending).rejects.toThrow(says);
    expect(callsOf("*")).toBe(0);
  });

  it("says what was sent and what was not when a part is refused, and the rest goes on", async () => {
    const { fake, runCommand, request, callsOf, ids } = aFleet(170);
    fake.nodes.get(ids[130] ?? "")?.remove();

    const error: unknown = await runCommand.sendAll(request).catch((thrown: unknown) => thrown);

    if (!(error instanceof PartlySentError)) throw error;
    expect(callsOf("SendCommand")).toBe(3);
    expect(error.cause).toMatchObject({ name: "InvalidInstanceId" });
    expect(error.notSent).toEqual(ids.slice(100));
    expect(error.message).toMatch(
      /^2 parts were sent: error\.sent\. .+i-0{14}100, .+InvalidInstanceId/,
    );
    const outcome = await error.sent?.waitForTerminal();
    expect([outcome?.kind, outcome?.invocations.length]).toEqual(["succeeded", 100]);
  });

  it("throws a refusal as it is when nothing was sent", async () => {
    const { fake, runCommand, request, ids } = aFleet(60);
    fake.nodes.get(ids[0] ?? "")?.remove();
    await expect(runCommand.sendAll(request)).rejects.toMatchObject({ name: "InvalidInstanceId" });
  });

  it("says so when nobody knows of a part whether it was sent", async () => {
    const { fake, runCommand, request, ids } = aFleet(120);
    fake.faults.loseAnswer("SendCommand", { times: 1 });

    const error: unknown = await runCommand.sendAll(request).catch((thrown: unknown) => thrown);

    if (!(error instanceof PartlySentError)) throw error;
    expect(error.sent).toBeUndefined();
    expect(error.notSent).toEqual(ids.slice(50));
    const found = await (error.cause as MaybeSentError).find();
    expect(found?.command.InstanceIds).toEqual(ids.slice(0, 50));
  });

  it("ends early when the caller says so, with what was sent", async () => {
    const { fake, runCommand, request } = aFleet(120);
    const stop = new AbortController();
    fake.on("SendCommand", () => {
      if (fake.records().length === 1) stop.abort();
      return undefined;
    });
    const error = await runCommand
      .sendAll(request, { abortSignal: stop.signal })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "PartlySentError", cause: { name: "AbortError" } });
    expect((error as PartlySentError).sent?.parts.length).toBe(1);
  });
});

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

  it("is found among many other commands of the same document", async () => {
    const { fake, runCommand, request } = aFleet(120);
    const fleet = await runCommand.sendAll(request);
    const other = { ...runShellScript("true"), InstanceIds: [request.InstanceIds[0] ?? ""] };
    for (let sent = 0; sent < 120; sent++) await fake.sendCommand(other);
    expect((await fleet.waitForTerminal()).kind).toBe("succeeded");
  });
});

describe("sendAll() with a key", () => {
  const ONCE = { once: "deploy-1a2b" };

  it("marks each part, and finds all of them in one listing", async () => {
    const { fake, runCommand, request, sent, callsOf } = aFleet(120);
    const first = await runCommand.sendAll({ ...request, Comment: "nightly" }, ONCE);
    await fake.clock.advance("1m");
    const calls = callsOf("ListCommands");
    const second = await runCommand.sendAll({ ...request, Comment: "nightly" }, ONCE);

    expect(sent().map(({ Comment }) => Comment)).toEqual([
      "nightly [once:deploy-1a2b 1/3]",
      "nightly [once:deploy-1a2b 2/3]",
      "nightly [once:deploy-1a2b 3/3]",
    ]);
    expect([first.adopted, second.adopted, second.commandId]).toEqual([
      false,
      true,
      first.commandId,
    ]);
    expect(callsOf("ListCommands") - calls).toBe(1);
    expect((await second.waitForTerminal()).invocations.length).toBe(120);
  });

  it("sends only the parts that are not there yet", async () => {
    const { fake, runCommand, request, sent } = aFleet(170);
    const refuse = fake.on("SendCommand", () => {
      if (fake.records().length < 2) return undefined;
      return { refuse: { name: "InternalServerError", message: "" } };
    });
    const half = await runCommand.sendAll(request, ONCE).catch((error: PartlySentError) => error);
    expect(half).toMatchObject({ name: "PartlySentError" });
    refuse();
    await fake.clock.advance("1m");
    const again = await runCommand.sendAll(request, ONCE);
    expect(again.parts.map(({ adopted }) => adopted)).toEqual([true, true, false, false]);
    expect([again.adopted, sent().length]).toEqual([false, 4]);
  });

  it("does not mind in which order the ids are given", async () => {
    const { fake, runCommand, request, ids, sent } = aFleet(120);
    await runCommand.sendAll(request, ONCE);
    await fake.clock.advance("1m");
    const again = await runCommand.sendAll({ ...request, InstanceIds: [...ids].reverse() }, ONCE);
    expect([again.adopted, sent().length]).toEqual([true, 3]);
  });

  it.each([
    ["other parameters", 120, "./another.sh", "Parameters.commands"],
    ["fewer nodes in as many parts", 119, "./deploy.sh", "InstanceIds"],
    ["more nodes in more parts", 170, "./deploy.sh", "InstanceIds"],
    ["nodes for one command", 20, "./deploy.sh", "InstanceIds"],
  ])(
    "is a KeyTakenError of another request, and sends nothing: %s",
    async (_what, count, script, differs) => {
      const { fake, runCommand, request, ids, sent } = aFleet(170);
      await runCommand.sendAll({ ...request, InstanceIds: ids.slice(0, 120) }, ONCE);
      await fake.clock.advance("1m");
      const other = { ...runShellScript(script), InstanceIds: ids.slice(0, count) };
      const error: unknown = await runCommand
        .sendAll(other, ONCE)
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(KeyTakenError);
      expect((error as KeyTakenError).differs).toEqual([differs]);
      expect(sent().length).toBe(3);
    },
  );

  it("adopts a part whose answer was lost", async () => {
    const { fake, runCommand, request, sent } = aFleet(120);
    fake.faults.loseAnswer("SendCommand", { times: 3 });
    const fleet: SentFleet = await runCommand.sendAll(request, ONCE);
    expect([fleet.adopted, sent().length]).toEqual([true, 3]);
    expect((await fleet.waitForTerminal()).kind).toBe("succeeded");
  });

  it("goes by the same rules over a plain RunCommandApi", async () => {
    const { fake, request, sent } = aFleet(120);
    const runCommand = new RunCommandClient(fake);
    await runCommand.sendAll(request, ONCE);
    await fake.clock.advance("1m");
    expect((await runCommand.sendAll(request, ONCE)).adopted).toBe(true);
    expect(sent().length).toBe(3);
  });
});
