import { type MaybeSentError, PartlySentError, runShellScript, tagTargets } from "ssm-run-command";
import { type FakeSsm, fails } from "ssm-run-command/fake";
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
    expect(error.message).toBe(
      `Parts that were sent: 2 (error.sent). Not sent to 70 nodes: ${ids.slice(100, 103).join(", ")} and 67 more. ${error.cause}`,
    );
    expect(error.inDoubt).toEqual([]);
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
    expect([error.inDoubt, error.notSent]).toEqual([ids.slice(0, 50), ids.slice(50)]);
    expect(error.message).toMatch(
      /^Parts that were sent: 0 \(error\.sent\)\. In doubt 50 nodes: .+ and 47 more\. Not sent to 70 nodes: .+ and 67 more\. MaybeSentError: /,
    );
    const found = await (error.cause as MaybeSentError).find();
    expect(found?.command.InstanceIds).toEqual(ids.slice(0, 50));
  });

  it("says so of the last part, too, and of nothing else", async () => {
    const { fake, runCommand, request, ids } = aFleet(60);
    fake.faults.loseAnswer("SendCommand", { every: 2 });
    const error: unknown = await runCommand.sendAll(request).catch((thrown: unknown) => thrown);
    if (!(error instanceof PartlySentError)) throw error;
    expect([error.sent?.parts.length, error.inDoubt, error.notSent]).toEqual([
      1,
      ids.slice(50),
      [],
    ]);
    expect(error.message).not.toContain("Not sent to");
  });

  it.each<[string, (fake: FakeSsm) => void]>([
    [
      "by a limit of two a second",
      (fake) => fake.faults.limitRate("SendCommand", { perSecond: 2 }),
    ],
    ["for a minute", (fake) => fake.faults.throttle("SendCommand", { from: "50ms", until: "1m" })],
    ["by chance", (fake) => fake.faults.throttle("SendCommand", { probability: 0.5 })],
  ])("sends on when it is throttled %s", async (_how, throttle) => {
    const { fake, runCommand, request } = aFleet(1_200);
    throttle(fake);
    const fleet = await runCommand.sendAll({ ...request, MaxConcurrency: "100%" });
    expect([fleet.parts.length, fake.records().length]).toEqual([24, 24]);
  });

  it("gives up when it is throttled for ten minutes", async () => {
    const { fake, runCommand, request } = aFleet(120);
    fake.faults.throttle("SendCommand", { from: "50ms", until: "1h" });
    const error: unknown = await runCommand.sendAll(request).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "PartlySentError",
      cause: { name: "ThrottlingException" },
      notSent: { length: 70 },
    });
  });

  it("is left by the signal while it is throttled", async () => {
    const { fake, runCommand, request } = aFleet(120);
    fake.faults.throttle("SendCommand", { from: "50ms", until: "1h" });
    const stop = new AbortController();
    void fake.clock.sleep("1m").then(() => stop.abort(new Error("enough")));
    const sending = runCommand.sendAll(request, { abortSignal: stop.signal });
    await expect(sending).rejects.toMatchObject({
      name: "PartlySentError",
      cause: { message: "enough" },
    });
  });

  it("leaves it to the service to refuse ids and targets together", async () => {
    const { runCommand, request, sent } = aFleet(60);
    const both = { ...request, Targets: tagTargets({ Role: "web" }) };
    const sending = runCommand.sendAll(both as never);
    await expect(sending).rejects.toMatchObject({ $fault: "client" });
    expect(sent()).toEqual([]);
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
