import { GetCommandInvocationCommand } from "@aws-sdk/client-ssm";
import { ClockResetError, type FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { realTime } from "../../../src/time/clock.ts";
import { rejectionOf } from "../../support/rejection.ts";
import { aLateFake, FIRST, REQUEST, send } from "./late-fleet.ts";

describe("reset()", () => {
  it.each(["sendCommand", "listCommands"] as const)(
    "ends %s at once, however long the reset itself takes",
    async (method) => {
      const { fake } = aLateFake({
        nodes: [
          {
            behavior: (run) => {
              run.whenFakeEnds(() => realTime.sleep(20));
              return succeeds();
            },
          },
        ],
      });
      await send(fake);
      await fake.clock.sleep("1s");
      const calling = rejectionOf(method === "sendCommand" ? send(fake) : fake.listCommands({}));
      await Promise.resolve();
      await fake.reset();
      expect(await calling).toBeInstanceOf(ClockResetError);
      expect((await fake.listCommands({})).Commands).toEqual([]);
    },
  );

  it("says which call it has ended", async () => {
    const { fake } = aLateFake();
    const calling = rejectionOf(fake.listCommands({}));
    await Promise.resolve();
    await fake.reset();
    expect(String(await calling)).toBe(
      "ClockResetError: The fake was reset while a call of ListCommands was under way. End the code that makes it, or await it, before you reset the fake.",
    );
  });

  it.each<[what: string, call: (fake: FakeSsm) => Promise<unknown>]>([
    ["a look", (fake) => fake.listCommands({})],
    ["a send", (fake) => fake.sendCommand(REQUEST)],
    [
      "a look of the SDK",
      (fake) =>
        fake.client().send(
          new GetCommandInvocationCommand({
            CommandId: "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11",
            InstanceId: FIRST,
          }),
        ),
    ],
  ])("ends %s that is under way with ClockResetError", async (_, call) => {
    const { fake } = aLateFake();
    const calling = call(fake);
    // The SDK needs some of these to get there; time needs a turn of the event loop to move.
    for (let turn = 0; turn < 500; turn++) await Promise.resolve();
    await fake.reset();
    expect(await rejectionOf(calling)).toBeInstanceOf(ClockResetError);
  });

  it("leaves no unhandled rejection of a call that a test has left behind", async () => {
    const heard: unknown[] = [];
    const hear = (reason: unknown) => heard.push(reason);
    process.on("unhandledRejection", hear);
    const { fake } = aLateFake();
    void fake.listCommands({});
    void fake.sendCommand(REQUEST);
    const request = { method: "POST", headers: {}, body: "{}" };
    void fake.answer(request);
    void fake.logs.answer(request);
    void fake.objects.answer(request);
    await fake.reset();
    for (let turn = 0; turn < 5; turn++) await realTime.nextTurn();
    process.off("unhandledRejection", hear);
    expect(heard).toEqual([]);
  });

  it("still lets other errors of calls that nobody awaits be heard", async () => {
    const heard: unknown[] = [];
    const others = process.rawListeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", (reason) => heard.push(reason));
    const { fake } = aLateFake();
    void fake.listCommands({ NextToken: "wrong" });
    await fake.clock.sleep("1s");
    await realTime.nextTurn();
    process.removeAllListeners("unhandledRejection");
    for (const listener of others) process.on("unhandledRejection", listener as never);
    expect(heard).toEqual([expect.objectContaining({ name: "InvalidNextToken" })]);
  });

  it("does not take the answer of the command before it for that of the next, though both have one id", async () => {
    const { fake } = aLateFake({ latency: { visibilityDelay: "1s" } });
    const sending = rejectionOf(fake.sendCommand(REQUEST));
    await Promise.resolve();
    await fake.reset();
    const next = send(fake);
    await sending;
    await next;
    await fake.clock.sleep("1m");
    expect(fake.timeline()).toMatch(/^00:00:01\.070 .* sent +Pending → InProgress$/m);
  });

  it("drops a command whose answer had not left", async () => {
    const { fake } = aLateFake();
    const sending = rejectionOf(fake.sendCommand(REQUEST));
    await Promise.resolve();
    await fake.reset();
    await sending;
    await fake.clock.sleep("1m");
    expect((await fake.listCommands({})).Commands).toEqual([]);
  });

  it("lets calls take their time anew", async () => {
    const { fake } = aLateFake({ nodes: [{ behavior: () => new Promise<never>(() => {}) }] });
    await send(fake);
    void fake.listCommands({}).catch(() => {});
    await realTime.nextTurn();
    await fake.reset();
    const begun = fake.clock.now();
    await fake.listCommands({});
    expect(fake.clock.now() - begun).toBe(100);
  });
});
