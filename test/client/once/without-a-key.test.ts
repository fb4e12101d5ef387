import { SSM, SSMClient } from "@aws-sdk/client-ssm";
import { MaybeSentError, RunCommandClient, RunCommandError } from "ssm-run-command";
import { describe, expect, it, vi } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { scriptedApi } from "../../support/scripted-api.ts";
import { aSender, NODE, REQUEST, WRAPPED, withTrouble } from "./a-sender.ts";

async function maybeSent(sending: Promise<unknown>): Promise<MaybeSentError> {
  const error = await rejectionOf(sending);
  if (error instanceof MaybeSentError) return error;
  throw error;
}

describe.each(WRAPPED)("send() over %s, without a key,", (_, wrap) => {
  it("does not send again when the answer is lost, and finds the command that is there", async () => {
    const { fake, runCommand, sent } = aSender(wrap);
    fake.faults.breakBody("SendCommand", { times: 1 });
    const error = await maybeSent(runCommand.send(REQUEST));
    expect(error).toBeInstanceOf(RunCommandError);
    expect(sent()).toBe(1);
    const found = await error.find();
    expect(found?.adopted).toBe(true);
    expect((await found?.waitForTerminal())?.kind).toBe("succeeded");
    expect(sent()).toBe(1);
  });

  it.each(["internalError", "resetConnection"] as const)(
    "does not send again after %s, and finds nothing where nothing is",
    async (fault) => {
      const { fake, runCommand, callsOf } = aSender(wrap);
      fake.faults[fault]("SendCommand", { times: 1 });
      const error = await maybeSent(runCommand.send(REQUEST));
      expect(callsOf("SendCommand")).toBe(0);
      const begun = fake.clock.now();
      expect(await error.find()).toBe(undefined);
      expect(Math.floor((fake.clock.now() - begun) / 1_000)).toBe(15);
    },
  );

  it("throws a refusal as it is", async () => {
    const { runCommand } = aSender(wrap);
    const error = await rejectionOf(
      runCommand.send({ ...REQUEST, InstanceIds: ["i-00000000000000bad"] }),
    );
    expect(error).toMatchObject({ name: "InvalidInstanceId" });
  });

  it("is not adopted when it was sent now", async () => {
    expect((await aSender(wrap).runCommand.send(REQUEST)).adopted).toBe(false);
  });
});

describe("the SDK under send()", () => {
  it("tries again after throttling, as ever", async () => {
    const { fake, runCommand, sent } = aSender();
    fake.faults.throttle("SendCommand", { times: 2 });
    await runCommand.send(REQUEST);
    expect(sent()).toBe(1);
  });

  it.each([
    ["that was refused", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    [
      "that took too long",
      Object.assign(new Error("did not establish a connection"), { name: "TimeoutError" }),
    ],
  ])("tries again after a connection %s, as ever", async (_, trouble) => {
    const { fake } = aSender();
    let tries = 0;
    const config = withTrouble(fake, (answer) =>
      tries++ === 0 ? Promise.reject(trouble) : answer(),
    );
    const client = new SSMClient(config);
    await new RunCommandClient(client).send(REQUEST);
    expect([tries, fake.records().length]).toEqual([2, 1]);
  });

  /** A client whose first answer is lost, as a connection that breaks off loses it. */
  function losingAnswer() {
    const { fake } = aSender();
    let calls = 0;
    const config = withTrouble(fake, async (answer) => {
      const answered = await answer();
      if (calls++ > 0) return answered;
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    });
    return { fake, runCommand: new RunCommandClient(new SSMClient(config)) };
  }

  it("sends again with the resend that asks for it, and the script runs twice", async () => {
    const { fake, runCommand } = losingAnswer();
    expect((await runCommand.send(REQUEST, { resend: "sdk" })).adopted).toBe(false);
    expect(fake.records()).toHaveLength(2);
  });

  it("does not without, and the script runs once", async () => {
    const { fake, runCommand } = losingAnswer();
    const error = await maybeSent(runCommand.send(REQUEST, { resend: "never" }));
    expect((await error.find())?.commandId).toBe(fake.records()[0]?.commandId);
    expect(fake.records()).toHaveLength(1);
  });

  it("sends sendCommand() again, as every client does", async () => {
    const { fake, runCommand } = losingAnswer();
    await runCommand.sendCommand(REQUEST);
    expect(fake.records()).toHaveLength(2);
  });

  it("gets nothing sent by a retry strategy that tries everything again", async () => {
    const { fake } = aSender();
    const token = { getRetryCount: () => 1, getRetryDelay: () => 0 };
    let tries = 0;
    const retryStrategy = {
      acquireInitialRetryToken: async () => token,
      refreshRetryTokenForRetry: async () => {
        if (tries++ === 3) throw new Error("No attempt is left.");
        return token;
      },
      recordSuccess: () => {},
    };
    const client = new SSMClient({ ...fake.clientConfig(), retryStrategy });
    fake.faults.breakBody("SendCommand", { times: 1 });
    await maybeSent(new RunCommandClient(client).send(REQUEST));
    expect([tries, fake.records().length]).toEqual([4, 1]);
  });

  it("still runs the middleware of the user, around the call", async () => {
    const { fake } = aSender();
    const client = new SSMClient(fake.clientConfig());
    const seen: string[] = [];
    client.middlewareStack.add(
      (next, context) => (args) => {
        seen.push(String(context.commandName));
        return next(args);
      },
      { step: "build" },
    );
    await new RunCommandClient(client).send(REQUEST);
    expect(seen).toEqual(["SendCommandCommand"]);
  });

  it("is not gone around where a test has put a method of its own into its place", async () => {
    const { fake } = aSender();
    const ssm = new SSM(fake.clientConfig());
    const spy = vi.spyOn(ssm, "sendCommand");
    await new RunCommandClient(ssm).send(REQUEST);
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it("throws what its credentials threw: nothing was sent", async () => {
    const { fake } = aSender();
    const reset = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    const client = new SSMClient({
      ...fake.clientConfig(),
      credentials: () => Promise.reject(reset),
    });
    expect(await rejectionOf(new RunCommandClient(client).send(REQUEST))).toBe(reset);
  });

  it("throws the abort of the caller", async () => {
    const { fake, runCommand } = aSender();
    const stop = new AbortController();
    fake.on("SendCommand", () => void stop.abort());
    const error = await rejectionOf(runCommand.send(REQUEST, { abortSignal: stop.signal }));
    expect(error).toMatchObject({ name: "AbortError" });
  });
});

describe("the error", () => {
  it("names what failed, find() and once", async () => {
    const { fake, runCommand } = aSender();
    fake.faults.resetConnection("SendCommand", { times: 1 });
    const error = await maybeSent(runCommand.send(REQUEST));
    expect(error).toMatchObject({ name: "MaybeSentError", key: undefined });
    expect(error.cause).toMatchObject({ code: "ECONNRESET" });
    expect(error.message).toBe(
      'The command may have been sent: SendCommand failed with Error: socket hang up. error.find() looks for it; with { once: "deploy-1a2b" }, send() does.',
    );
  });

  it("shows the first line of an error that has many", () => {
    const cause = new SyntaxError("Unexpected end\n  Deserialization error: …");
    const error = new MaybeSentError({ cause, find: async () => undefined });
    expect(error.message).toContain("failed with SyntaxError: Unexpected end. error.find()");
  });
});

describe("find()", () => {
  it("is that of the same document, targets, parameters and Comment", async () => {
    const { fake, runCommand } = aSender();
    fake.nodes.add({ instanceId: "i-0123456789abcdef1" });
    await runCommand.send({ ...REQUEST, Comment: "another" });
    await runCommand.send({ ...REQUEST, InstanceIds: [NODE, "i-0123456789abcdef1"] });
    await runCommand.send({ ...REQUEST, Parameters: { commands: ["./other.sh"] } });
    await runCommand.send({
      ...REQUEST,
      DocumentName: "AWS-RunRemoteScript",
      Parameters: { sourceType: ["S3"], sourceInfo: ["{}"] },
    });
    fake.faults.internalError("SendCommand", { times: 1 });
    const error = await maybeSent(runCommand.send(REQUEST));
    expect(await error.find({ lookFor: "0s" })).toBe(undefined);
  });

  it("finds the newest of several, in whatever order its targets are", async () => {
    const { fake, runCommand } = aSender();
    fake.nodes.add({ instanceId: "i-0123456789abcdef1" });
    const both = { ...REQUEST, InstanceIds: [NODE, "i-0123456789abcdef1"] };
    await runCommand.send(both);
    fake.faults.breakBody("SendCommand", { times: 1 });
    const error = await maybeSent(
      runCommand.send({ ...both, InstanceIds: both.InstanceIds.toReversed() }),
    );
    expect((await error.find())?.commandId).toBe(fake.records().at(-1)?.commandId);
  });

  it.each([
    ["four minutes", "4m", true],
    ["six minutes", "6m", false],
  ] as const)("counts a command of %s before the attempt: %s, %s", async (_, before, isFound) => {
    const { fake, runCommand } = aSender();
    await fake.sendCommand(REQUEST);
    await fake.clock.sleep(before);
    fake.faults.internalError("SendCommand", { times: 1 });
    const error = await maybeSent(runCommand.send(REQUEST));
    expect((await error.find({ lookFor: "0s" })) !== undefined).toBe(isFound);
  });

  it("counts by the clock of the service where the SDK has found how far it is away", async () => {
    const { fake } = aSender();
    const client = new SSMClient({ ...fake.clientConfig(), systemClockOffset: -3_600_000 });
    // As if the clock of the caller were an hour ahead.
    const clock = {
      now: () => fake.clock.now() + 3_600_000,
      sleep: fake.clock.sleep.bind(fake.clock),
    };
    const runCommand = new RunCommandClient(client, { clock });
    fake.faults.breakBody("SendCommand", { times: 1 });
    const error = await maybeSent(runCommand.send(REQUEST));
    expect((await error.find())?.commandId).toBe(fake.records()[0]?.commandId);
  });

  it("looks again while the command is not visible, and rides out trouble", async () => {
    const { fake, runCommand } = aSender(undefined, { latency: { visibilityDelay: "5s" } });
    fake.faults.breakBody("SendCommand", { times: 1 });
    const error = await maybeSent(runCommand.send(REQUEST));
    fake.faults.throttle("ListCommands", { times: 4 });
    expect((await error.find())?.adopted).toBe(true);
  });

  it("throws the refusal of ListCommands", async () => {
    const { fake, runCommand } = aSender();
    fake.faults.internalError("SendCommand", { times: 1 });
    const error = await maybeSent(runCommand.send(REQUEST));
    fake.faults.denyAccess("ListCommands", { times: 1 });
    expect(await rejectionOf(error.find())).toMatchObject({ name: "AccessDeniedException" });
  });

  it("takes its lookFor from the send, or one of its own, and a signal", async () => {
    const { fake, runCommand } = aSender();
    fake.faults.internalError("SendCommand", { times: 1 });
    const error = await maybeSent(runCommand.send(REQUEST, { lookFor: "40s" }));
    const begun = fake.clock.now();
    await error.find();
    expect(Math.floor((fake.clock.now() - begun) / 1_000)).toBe(40);
    await error.find({ lookFor: "3s" });
    expect(Math.floor((fake.clock.now() - begun) / 1_000)).toBe(43);
    const reason = new Error("enough");
    expect(await rejectionOf(error.find({ abortSignal: AbortSignal.abort(reason) }))).toBe(reason);
    await expect(error.find({ lookfor: "3s" } as never)).rejects.toThrow(
      'find() has no option "lookfor". Did you mean lookFor?',
    );
  });
});

describe("send() over a client that is no SDK", () => {
  it("is told by the shape of the error that the answer was lost", async () => {
    const lost = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    const client = { send: () => Promise.reject(lost), config: {} };
    const error = await maybeSent(new RunCommandClient(client as never).send(REQUEST));
    expect(error.cause).toBe(lost);
  });

  it("throws an error of any other kind as it is", async () => {
    const boom = new Error("boom");
    const api = scriptedApi({
      sendCommand: () => {
        throw boom;
      },
    });
    expect(await rejectionOf(new RunCommandClient(api).send(REQUEST))).toBe(boom);
  });
});
