import { ListCommandsCommand } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript } from "ssm-run-command";
import {
  type AgentBehavior,
  byPlugin,
  FakeSsm,
  inOrder,
  succeeds,
  when,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { aFewTurns } from "../../support/event-loop.ts";
import { refusalOf, rejectionOf } from "../../support/rejection.ts";

const NODE = "i-00000000000000001";
const REQUEST = { ...runShellScript("./deploy.sh"), InstanceIds: [NODE] };
const OUT_OF_COFFEE = new Error("Out of coffee.");
const SAID = { name: "Error", message: `The behavior of ${NODE} threw: Out of coffee.` };

const throwing = (error: unknown) => () => {
  throw error;
};

/** A fake whose behavior has just made a mistake, which no call has thrown yet. */
async function aMistake(behavior: AgentBehavior) {
  const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior }] });
  await fake.sendCommand(REQUEST);
  fake.timeline();
  await aFewTurns();
  return fake;
}

describe.each<[string, AgentBehavior]>([
  ["a function", throwing(OUT_OF_COFFEE)],
  ["a promise", () => Promise.reject(OUT_OF_COFFEE)],
  ["a predicate", when(throwing(OUT_OF_COFFEE), succeeds())],
  ["a function in a choice", byPlugin({ "aws:runShellScript": inOrder(throwing(OUT_OF_COFFEE)) })],
  ["real work", { type: "inRealTime", run: () => Promise.reject(OUT_OF_COFFEE) }],
])("a mistake in %s", (_, behavior) => {
  it("is thrown by the next call, with the node's name", async () => {
    const fake = await aMistake(behavior);
    expect(await refusalOf(fake.listCommands({}))).toEqual(SAID);
  });

  it("is thrown by the next call of a real client, at its first attempt", async () => {
    const fake = await aMistake(behavior);
    const error = await rejectionOf(fake.client().send(new ListCommandsCommand({})));
    expect(error).toMatchObject({ ...SAID, $metadata: { attempts: 1 } });
  });

  it("is the cause of what is thrown", async () => {
    const fake = await aMistake(behavior);
    expect(await rejectionOf(fake.listCommands({}))).toHaveProperty("cause", OUT_OF_COFFEE);
  });

  it("is thrown once", async () => {
    const fake = await aMistake(behavior);
    await refusalOf(fake.listCommands({}));
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("InProgress");
  });
});

describe("a mistake", () => {
  it("ends a wait for the command", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: throwing(OUT_OF_COFFEE) }],
    });
    const sent = await new RunCommandClient(fake).send(REQUEST);
    expect(await refusalOf(sent.waitForTerminal())).toEqual(SAID);
  });

  it("is the first one when there are more", async () => {
    const behavior = throwing(OUT_OF_COFFEE);
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior }, { behavior: throwing(new Error("Late.")) }],
    });
    const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
    await fake.sendCommand({ ...REQUEST, InstanceIds });
    expect(await refusalOf(fake.listCommands({}))).toEqual(SAID);
  });

  it("of the second run is thrown after the second run", async () => {
    const behavior = inOrder(succeeds(), throwing(OUT_OF_COFFEE));
    const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior }] });
    await fake.sendCommand(REQUEST);
    await fake.sendCommand(REQUEST);
    expect(await refusalOf(fake.listCommands({}))).toEqual(SAID);
  });

  it.each([
    ["a string", "no coffee", "no coffee"],
    ["null", null, "null"],
    ["nothing", undefined, "undefined"],
  ])("that is not an Error is thrown, too: %s", async (_, thrown, said) => {
    const fake = await aMistake(throwing(thrown));
    const { message } = await refusalOf(fake.client().send(new ListCommandsCommand({})));
    expect(message).toBe(`The behavior of ${NODE} threw: ${said}`);
  });
});

describe("a mistake that looks like trouble of the network", () => {
  const SEEN = [
    ["a code of a connection", Object.assign(new Error("x"), { code: "ECONNREFUSED" })],
    ["the name of a time-out", new DOMException("x", "TimeoutError")],
    ["a cause like that", new Error("x", { cause: Object.assign(new Error(), { code: "EPIPE" }) })],
    ["a refusal of AWS", Object.assign(new Error("x"), { $metadata: { httpStatusCode: 500 } })],
  ] as const;

  it.each(SEEN)("is not lost in the SDK's retries: %s", async (_, cause) => {
    const fake = await aMistake(throwing(cause));
    const error = await rejectionOf(fake.client().send(new ListCommandsCommand({})));
    expect(error).toMatchObject({
      message: `The behavior of ${NODE} threw: x`,
      $metadata: { attempts: 1 },
    });
  });

  it("is found in the stack of what is thrown", async () => {
    const fake = await aMistake(throwing(SEEN[0][1]));
    const error = await rejectionOf(fake.listCommands({}));
    expect((error as Error).stack).toContain(`Caused by: ${SEEN[0][1].stack}`);
  });

  it("is the cause as ever when the SDK would not retry its code", async () => {
    const cause = Object.assign(new Error("x"), { code: "ERR_ASSERTION" });
    const fake = await aMistake(throwing(cause));
    expect(await rejectionOf(fake.listCommands({}))).toHaveProperty("cause", cause);
  });
});
