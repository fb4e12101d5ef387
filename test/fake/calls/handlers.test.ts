import { DescribeParametersCommand, ListCommandsCommand } from "@aws-sdk/client-ssm";
import { runShellScript } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import type { HandledCall, HandlerResult } from "../../../src/fake/calls/handlers.ts";
import { refusalOf, rejectionOf } from "../../support/rejection.ts";

const NODE = "i-00000000000000001";
const REQUEST = { ...runShellScript("./deploy.sh"), InstanceIds: [NODE] };

const commandsNamed = (CommandId: string) => ({ answer: { Commands: [{ CommandId }] } });
const idsOf = async (fake: FakeSsm) =>
  (await fake.listCommands({})).Commands?.map(({ CommandId }) => CommandId);

describe("a handler receives", () => {
  it("the operation, its input as JSON, when it was called, and in which region", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
    const calls: HandledCall[] = [];
    fake.on("SendCommand", (call) => {
      calls.push(call);
      return undefined;
    });
    await fake.clock.advance("5s");
    await fake.sendCommand(REQUEST);
    const at = fake.clock.now();
    expect(calls).toEqual([{ operation: "SendCommand", input: REQUEST, at, region: "us-east-1" }]);
  });

  it("calls of its own operation only", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const seen: string[] = [];
    fake.on("ListCommands", ({ operation }) => void seen.push(operation));
    await fake.listCommandInvocations({});
    await fake.listCommands({});
    expect(seen).toEqual(["ListCommands"]);
  });

  it("calls of every operation with *", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const seen: string[] = [];
    fake.on("*", ({ operation }) => void seen.push(operation));
    await fake.listCommandInvocations({});
    await fake.client().send(new ListCommandsCommand({}));
    expect(seen).toEqual(["ListCommandInvocations", "ListCommands"]);
  });

  it("every attempt of the SDK", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    let attempts = 0;
    fake.on("ListCommands", () =>
      ++attempts < 3 ? { refuse: { name: "ThrottlingException" } } : undefined,
    );
    await fake.client().send(new ListCommandsCommand({}));
    expect(attempts).toBe(3);
  });

  it("no call that a fault has struck down", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const seen: string[] = [];
    fake.on("*", ({ operation }) => void seen.push(operation));
    fake.faults.throttle("ListCommands", { times: 1 });
    await rejectionOf(fake.listCommands({}));
    expect(seen).toEqual([]);
  });
});

describe("a handler", () => {
  it("lets a call pass by returning nothing", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
    fake.on("SendCommand", () => undefined);
    expect((await fake.sendCommand(REQUEST)).Command?.Status).toBe("Pending");
  });

  it("answers in the fake's place", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.on("ListCommands", () => commandsNamed("mine"));
    expect(await idsOf(fake)).toEqual(["mine"]);
  });

  it("answers a real client, dates included", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const RequestedDateTime = new Date("2024-05-06T07:08:09.123Z");
    fake.on("ListCommands", () => ({ answer: { Commands: [{ RequestedDateTime }] } }));
    const { Commands } = await fake.client().send(new ListCommandsCommand({}));
    expect(Commands).toEqual([{ RequestedDateTime }]);
  });

  it("answers an operation that the fake does not know", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.on("*", ({ operation }) =>
      operation === "DescribeParameters"
        ? { answer: { Parameters: [{ Name: "/mine" }] } }
        : undefined,
    );
    const { Parameters } = await fake.client().send(new DescribeParametersCommand({}));
    expect(Parameters).toEqual([{ Name: "/mine" }]);
  });

  it("refuses with a name and a message of its own", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.on("ListCommands", () => ({ refuse: { name: "InvalidCommandId", message: "Mine." } }));
    expect(await refusalOf(fake.client().send(new ListCommandsCommand({})))).toEqual({
      name: "InvalidCommandId",
      message: "Mine.",
    });
  });

  it("keeps what it answers or refuses from the service", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
    const remove = fake.on("SendCommand", () => ({ refuse: { name: "InternalServerError" } }));
    await rejectionOf(fake.sendCommand(REQUEST));
    remove();
    expect(await idsOf(fake)).toEqual([]);
  });

  it("may take its time", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.on("ListCommands", async () => {
      await fake.clock.sleep("2s");
      return commandsNamed("late");
    });
    const begun = fake.clock.now();
    expect([await idsOf(fake), fake.clock.now() - begun]).toEqual([["late"], 2_000]);
  });

  it("that throws makes the call throw the same, without a retry", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const error = new Error("Not now.");
    fake.on("ListCommands", () => {
      throw error;
    });
    expect(await rejectionOf(fake.client().send(new ListCommandsCommand({})))).toBe(error);
  });

  it.each<[unknown, string]>([
    [null, "null"],
    [{}, "{}"],
    [{ answer: undefined }, "{}"],
    [{ refuse: {} }, '{"refuse":{}}'],
    ["ok", '"ok"'],
  ])("that returns %j gets an error that says what to return", async (reaction, said) => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.on("ListCommands", () => reaction as HandlerResult);
    expect((await refusalOf(fake.listCommands({}))).message).toBe(
      `A handler of ListCommands returned ${said}. Return { answer: {…} }, { refuse: { name: "…" } }, or nothing to let the call pass.`,
    );
  });
});

describe("handlers", () => {
  it("are asked in the order in which they were added", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const asked: string[] = [];
    for (const name of ["first", "second", "third"]) {
      fake.on(name === "second" ? "*" : "ListCommands", () => void asked.push(name));
    }
    await fake.listCommands({});
    expect(asked).toEqual(["first", "second", "third"]);
  });

  it("are asked no further than the first that answers", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.on("ListCommands", () => undefined);
    fake.on("ListCommands", () => commandsNamed("first"));
    fake.on("ListCommands", () => commandsNamed("second"));
    expect(await idsOf(fake)).toEqual(["first"]);
  });

  it("wait for one another", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const asked: string[] = [];
    fake.on("ListCommands", async () => {
      await fake.clock.sleep("1s");
      asked.push("slow");
      return undefined;
    });
    fake.on("ListCommands", () => void asked.push("quick"));
    await fake.listCommands({});
    expect(asked).toEqual(["slow", "quick"]);
  });

  it("are taken away one by one", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const remove = fake.on("ListCommands", () => commandsNamed("first"));
    fake.on("ListCommands", () => commandsNamed("second"));
    remove();
    expect(await idsOf(fake)).toEqual(["second"]);
  });

  it("are taken away by a reset", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.on("ListCommands", () => commandsNamed("mine"));
    await fake.reset();
    expect(await idsOf(fake)).toEqual([]);
  });
});

describe("an operation that nobody answers", () => {
  const SAID = {
    name: "UnknownOperationException",
    message:
      "FakeSsm does not answer DescribeParameters. It answers SendCommand, CancelCommand, GetCommandInvocation, ListCommands, ListCommandInvocations, DescribeInstanceInformation, GetConnectionStatus, ListDocuments, DescribeDocument, GetDocument, ListDocumentVersions, CreateDocument, UpdateDocument, UpdateDocumentDefaultVersion, DeleteDocument, DescribeDocumentPermission, ModifyDocumentPermission, AddTagsToResource, RemoveTagsFromResource, ListTagsForResource, GetParameter, GetParameters.",
  };
  const describeParameters = (fake: FakeSsm) =>
    fake.client().send(new DescribeParametersCommand({}));

  it("is refused with the list of those that are answered", async () => {
    expect(await refusalOf(describeParameters(new FakeSsm({ latency: "instant" })))).toEqual(SAID);
  });

  it("is refused when its handler lets it pass", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.on("*", () => undefined);
    expect(await refusalOf(describeParameters(fake))).toEqual(SAID);
  });

  it("stands in the journal", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    await rejectionOf(describeParameters(fake));
    expect(fake.journal.entries()).toMatchObject([
      { type: "refusal", operation: "DescribeParameters", ...SAID },
    ]);
  });
});
