import { scaledClock, systemClock } from "ssm-run-command";
import { type FakeSsm, VirtualClock } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Clock, realTime } from "../../../src/time/clock.ts";
import { aLateFake, REQUEST } from "./late-fleet.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

interface Answer {
  readonly Command?: { readonly CommandId: string };
}

/** What a served fake answers, and for how many real milliseconds it has made callers wait. */
async function served(fake: FakeSsm<Clock>, region = "us-east-1") {
  const waits: number[] = [];
  vi.spyOn(realTime, "sleep").mockImplementation(async (ms) => void waits.push(ms));
  const server = await serveFakeSsm(fake, { log: () => {} });
  const ask = async (operation: string, input: object = {}) => {
    const response = await fetch(server.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AmazonSSM.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=a/20240101/${region}/ssm/aws4_request, SignedHeaders=host, Signature=b`,
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  };
  return { ask, waits, close: () => server.close() };
}

describe("a fake that is served on the wall clock", () => {
  it.each<[what: string, clock: Clock]>([
    ["", systemClock],
    [", sixty times as fast", scaledClock(60)],
    [", a hundred times as slow", scaledClock(0.01)],
  ])("answers SendCommand after 70 real ms, and everything else at once%s", async (_, clock) => {
    const { fake } = aLateFake({ clock });
    const { ask, waits, close } = await served(fake);
    const { body } = await ask("SendCommand", REQUEST);
    expect(waits).toEqual([70]);
    const CommandId = body.Command?.CommandId;
    await ask("GetCommandInvocation", { CommandId, InstanceId: REQUEST.InstanceIds[0] });
    await ask("ListCommands");
    await ask("CancelCommand", { CommandId });
    await ask("DescribeInstanceInformation");
    expect(waits).toEqual([70]);
    await close();
    await fake.reset();
  });

  it("makes callers wait as long for a refusal of SendCommand", async () => {
    const { fake } = aLateFake({ clock: systemClock });
    const { ask, waits, close } = await served(fake);
    const { status } = await ask("SendCommand", { ...REQUEST, DocumentName: "No-Such" });
    expect([status, waits]).toEqual([400, [70]]);
    await close();
  });

  it("has the records of ids made before its answer is on the way", async () => {
    const { fake } = aLateFake({ clock: systemClock });
    const { ask, close } = await served(fake);
    const timelines: string[] = [];
    vi.mocked(realTime.sleep).mockImplementation(async () => void timelines.push(fake.timeline()));
    await ask("SendCommand", REQUEST);
    expect(timelines).toEqual([expect.stringMatching(/sent +Pending → InProgress/)]);
    await close();
    await fake.reset();
  });

  it("has the records of ids when it answers", async () => {
    const { fake } = aLateFake({ clock: scaledClock(0.001) });
    const { ask, close } = await served(fake);
    const { body } = await ask("SendCommand", REQUEST);
    const CommandId = body.Command?.CommandId;
    const [InstanceId] = REQUEST.InstanceIds;
    const look = await ask("GetCommandInvocation", { CommandId, InstanceId });
    expect(look).toMatchObject({ status: 200, body: { Status: "InProgress" } });
    await close();
    await fake.reset();
  });

  it.each([
    ["as instant", { latency: "instant" as const }],
    ["with a callTakes", { callTakes: "1ms" as const }],
    ["with a sendAnswerDelay of none", { latency: { sendAnswerDelay: "0s" as const } }],
  ])("answers SendCommand at once %s", async (_, options) => {
    const { fake } = aLateFake({ clock: systemClock, ...options });
    const { ask, waits, close } = await served(fake);
    await ask("SendCommand", REQUEST);
    expect(waits).toEqual([]);
    await close();
    await fake.reset();
  });

  it("does so in other regions, too", async () => {
    const { fake } = aLateFake({ clock: systemClock });
    const { ask, waits, close } = await served(fake, "eu-west-1");
    await ask("SendCommand", REQUEST);
    expect(waits).toEqual([70]);
    await close();
  });
});

describe("a fake that is served on a virtual clock that skips", () => {
  it.each(["us-east-1", "eu-west-1"])(
    "moves it by 0.1 s per request, signed for %s",
    async (region) => {
      const { fake, passed } = aLateFake();
      const { ask, waits, close } = await served(fake, region);
      await ask("ListCommands");
      await ask("DescribeInstanceInformation");
      await ask("NoSuchOperation");
      expect([passed(), waits]).toEqual([300, []]);
      await close();
    },
  );

  it("moves it by what SendCommand takes", async () => {
    const { fake, passed } = aLateFake();
    const { ask, waits, close } = await served(fake);
    await ask("SendCommand", REQUEST);
    expect([passed(), waits]).toEqual([70, []]);
    await close();
  });

  it.each<[what: string, headers: object, body: string]>([
    ["whose body is no JSON", {}, "{"],
    ["for no operation", { "x-amz-target": "AmazonSSM" }, "{}"],
  ])("takes as long to refuse a request %s", async (_, headers, body) => {
    const { fake, passed } = aLateFake();
    const target = { "x-amz-target": "AmazonSSM.ListCommands", ...headers };
    const { statusCode } = await fake.answer({ method: "POST", headers: target, body });
    expect([statusCode, passed()]).toEqual([400, 100]);
  });

  it("ends a request that is under way at a reset with an error that no client repeats", async () => {
    const { fake } = aLateFake();
    const { ask, close } = await served(fake);
    const arrived = new Promise<void>((resolve) => {
      const sleep = fake.clock.sleep.bind(fake.clock);
      vi.spyOn(fake.clock, "sleep").mockImplementationOnce((...args) => {
        resolve();
        return sleep(...args);
      });
    });
    const sending = ask("SendCommand", REQUEST);
    await arrived;
    await fake.reset();
    expect(await sending).toEqual({
      status: 400,
      body: {
        __type: "ClockResetError",
        message:
          "The fake was reset while a call of SendCommand was under way. End the code that makes it, or await it, before you reset the fake.",
      },
    });
    await close();
  });

  it("answers a request whose handler resets the fake, and goes on", async () => {
    const { fake } = aLateFake({ clock: new VirtualClock() });
    const { ask, close } = await served(fake);
    const release = fake.on("ListCommands", async () => {
      release();
      await fake.reset();
      return undefined;
    });
    expect(await ask("ListCommands")).toMatchObject({
      status: 400,
      body: { __type: "ClockResetError" },
    });
    expect((await ask("ListCommands")).status).toBe(200);
    await close();
  });
});
