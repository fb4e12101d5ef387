import { SendCommandCommand } from "@aws-sdk/client-ssm";
import { runShellScript } from "ssm-run-command";
import { AssertionError, assertSent, assertSentOnce, FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { saidBy, thrownBy } from "../support/said-by.ts";

const NODE = "i-00000000000000001";
const ADVICE =
  'The SDK may have sent it again because the answer to SendCommand was lost: send(request, { once: "a-key" }) of RunCommandClient sends it once.';

/** A fake with a node to which these scripts were sent. */
async function sent(...scripts: readonly string[]) {
  const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
  const send = (script: string) =>
    fake.client().send(new SendCommandCommand({ ...runShellScript(script), InstanceIds: [NODE] }));
  for (const script of scripts) await send(script);
  return { fake, send };
}

const parameters = { commands: ["./deploy.sh"] };

describe("assertSentOnce holds", () => {
  it("for the only command", async () => {
    const { fake } = await sent("./deploy.sh");
    expect(() => assertSentOnce(fake)).not.toThrow();
  });

  it("for one of several, by what it has", async () => {
    const { fake } = await sent("./deploy.sh", "./verify.sh", "./verify.sh");
    expect(() => assertSentOnce(fake, { parameters })).not.toThrow();
    expect(() =>
      assertSentOnce(fake, { Parameters: expect.objectContaining(parameters) }),
    ).not.toThrow();
  });

  it("when the SDK has tried again after a connection that broke before", async () => {
    const { fake, send } = await sent();
    fake.faults.resetConnection("SendCommand", { times: 1 });
    await send("./deploy.sh");
    expect(() => assertSentOnce(fake)).not.toThrow();
  });
});

describe("assertSentOnce fails", () => {
  it.each(["reset", "timeout"] as const)(
    "when the SDK has sent a command again whose answer was lost (%s), and says so",
    async (as) => {
      const { fake, send } = await sent();
      fake.faults.loseAnswer("SendCommand", { times: 1, as });
      await send("./deploy.sh");
      const shown = `{"document":"AWS-RunShellScript","targets":["${NODE}"]}`;
      expect(saidBy(() => assertSentOnce(fake))).toBe(
        [
          "2 commands were sent, not 1. Sent were:",
          `  1. ${shown}`,
          `  2. ${shown}`,
          "",
          `The same command was sent 2 times. ${ADVICE}`,
          "",
          fake.timeline(),
        ].join("\n"),
      );
    },
  );

  it("when the same command is among others, and counts it alone", async () => {
    const { fake } = await sent("./verify.sh", "./deploy.sh", "./deploy.sh", "./deploy.sh");
    const said = saidBy(() => assertSentOnce(fake, { document: "AWS-RunShellScript" }));
    expect(said).toContain('4 commands like {"document":"AWS-RunShellScript"} were sent, not 1.');
    expect(said).toContain(`\n\nThe same command was sent 3 times. ${ADVICE}\n\n`);
  });

  it("without that advice when two commands differ", async () => {
    const { fake } = await sent("./deploy.sh", "./verify.sh");
    const said = saidBy(() => assertSentOnce(fake));
    expect(said).toContain("2 commands were sent, not 1.");
    expect(said).not.toContain("The same command");
  });

  it.each<[readonly string[], object | undefined]>([
    [[], undefined],
    [[], { document: "release" }],
    [["./deploy.sh", "./deploy.sh"], { document: "release" }],
  ])("as assertSent does when none like it was sent: %j %j", async (scripts, expected) => {
    const { fake } = await sent(...scripts);
    expect(saidBy(() => assertSentOnce(fake, expected))).toBe(
      saidBy(() => assertSent(fake, expected)),
    );
  });

  it("as an AssertionError, with what was sent and what was expected", async () => {
    const { fake } = await sent("./deploy.sh", "./deploy.sh");
    const error = thrownBy(() => assertSentOnce(fake, { document: "AWS-RunShellScript" }));
    const shown = { document: "AWS-RunShellScript", targets: [NODE] };
    expect(error).toBeInstanceOf(AssertionError);
    expect(error).toMatchObject({
      actual: [shown, shown],
      expected: { document: "AWS-RunShellScript" },
    });
  });

  it("without the parameters that nobody asked about", async () => {
    const { fake } = await sent("login hunter2", "login hunter2");
    expect(saidBy(() => assertSentOnce(fake))).not.toContain("hunter2");
  });
});

describe("assertSentOnce refuses", () => {
  it.each([1, 2, undefined])("a number of times: %s", async (times) => {
    const { fake } = await sent("./deploy.sh");
    expect(() => Reflect.apply(assertSentOnce, undefined, [fake, { times }])).toThrow(
      new TypeError(
        'assertSentOnce() has no option "times": it is about one command. Leave times out, or write assertSent(fake, { …, times: 2 }).',
      ),
    );
  });

  it("what is no object of expectations, and says what there is", async () => {
    const { fake } = await sent("./deploy.sh");
    expect(() => Reflect.apply(assertSentOnce, undefined, [fake, "release"])).toThrow(
      "Give it an object: { document, targets, parameters, comment }, or members of the request",
    );
  });
});
