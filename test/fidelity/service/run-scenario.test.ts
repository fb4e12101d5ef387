import { describe, expect, it } from "vitest";
import { NODE, readyScenario, sendStep } from "./a-scenario.ts";
import type { ServiceRoad } from "./roads.ts";
import { outcomeOf, stepsCompared } from "./run-scenario.ts";

const ROADS: readonly ServiceRoad[] = ["wire", "sdk"];
const OTHER = "i-0b3d5f7a9c1e40002";
const UNKNOWN = "00000000-0000-0000-0000-000000000000";

const OWN = {
  schemaVersion: "2.2",
  mainSteps: [{ name: "a", action: "aws:runShellScript", inputs: { runCommand: ["true"] } }],
};

const listed = { label: "listed", op: "ListCommands", ok: { Commands: [] } };
const got = {
  label: "got",
  op: "GetCommandInvocation",
  input: { CommandId: "<command>", InstanceId: NODE },
};
const absent = { label: "absent", op: "GetDocument", input: { Name: "none" } };
const missing = { ...got, label: "missing", input: { CommandId: UNKNOWN, InstanceId: NODE } };
const sent = { ...sendStep(), prepare: undefined, label: "sent" };

/** What is wrong with these steps by a road. */
async function differencesOf(road: ServiceRoad, ...steps: readonly object[]) {
  const { differences } = await outcomeOf(readyScenario({ steps }), road);
  return differences;
}

describe.each(ROADS)("by the road %s, a step", (road) => {
  it.each([
    ["with the whole answer", [listed]],
    [
      "with a part of it",
      [sendStep(), { advance: "5s" }, { ...got, shows: { Status: "Success", ResponseCode: 0 } }],
    ],
    [
      "with a refusal, its text and its member",
      [
        {
          ...absent,
          refused: {
            type: "InvalidDocument",
            text: "Document with name none does not exist.",
            member: "Message",
          },
        },
      ],
    ],
    [
      "with a refusal whose text was not recorded",
      [{ ...absent, refused: { type: "InvalidDocument" } }],
    ],
    [
      "with an id in the text of a refusal",
      [
        sendStep(),
        {
          ...got,
          input: { CommandId: "<command>", InstanceId: OTHER },
          refused: {
            type: "InvocationDoesNotExist",
            text: `Invocation not found for <command>, ${OTHER}`,
          },
        },
      ],
    ],
    [
      "with the id of the second command",
      [
        sendStep(),
        sendStep(),
        { advance: "5s" },
        {
          ...got,
          input: { CommandId: "<command 2>", InstanceId: NODE },
          shows: { CommandId: "<command 2>" },
        },
      ],
    ],
    ["with the seconds to the expiry", [{ ...sent, expires: 7200 }]],
    [
      "with a fact about a document",
      [{ label: "f", document: "AWS-RunShellScript", facts: { schemaVersion: "1.2" } }],
    ],
  ])("agrees %s", async (_, steps) => {
    expect(await differencesOf(road, ...steps)).toEqual([]);
  });

  it.each([
    [
      "another status",
      [sendStep(), { advance: "5s" }, { ...got, shows: { Status: "Failed" } }],
      'got: answer.Status: expected "Failed", found "Success"',
    ],
    [
      "the id of another command",
      [sendStep(), sendStep(), { advance: "5s" }, { ...got, shows: { CommandId: "<command 2>" } }],
      /^got: answer\.CommandId: expected "[^"]+", found "[^"]+"$/,
    ],
    [
      "a member more",
      [{ ...listed, ok: {} }],
      "listed: answer.Commands: expected nothing, found []",
    ],
    [
      "a member less",
      [{ ...listed, ok: { Commands: [], NextToken: "" } }],
      'listed: answer.NextToken: expected "", found nothing',
    ],
    [
      "another type of a refusal",
      [{ ...absent, refused: { type: "InvalidDocumentVersion" } }],
      'absent: refusal.type: expected "InvalidDocumentVersion", found "InvalidDocument"',
    ],
    [
      "another text of a refusal",
      [{ ...absent, refused: { type: "InvalidDocument", text: "No." } }],
      'absent: refusal.text: expected "No.", found "Document with name none does not exist."',
    ],
    [
      "an answer where a refusal is expected",
      [{ ...listed, ok: undefined, refused: { type: "InvalidCommandId" } }],
      'listed: accepted, and it is {"type":"InvalidCommandId"}',
    ],
    [
      "a refusal where an answer is expected",
      [{ ...missing, shows: {} }],
      /^missing: refused: \{"status":400,"type":"InvocationDoesNotExist",/,
    ],
    [
      "another expiry",
      [{ ...sent, expires: 7199 }],
      "sent: ExpiresAfter: expected 7199 s after RequestedDateTime, found 7200",
    ],
    [
      "an answer without an expiry",
      [{ ...listed, expires: 7200 }],
      "listed: ExpiresAfter: expected 7200 s after RequestedDateTime, found NaN",
    ],
    [
      "another fact about a document",
      [{ label: "f", document: "AWS-RunShellScript", facts: { schemaVersion: "2.2" } }],
      'f: schemaVersion: expected "2.2", found "1.2"',
    ],
    [
      "a document that does not exist, whatever the facts about it",
      [{ label: "f", document: "none", facts: { parameters: [] } }],
      /^f: refused: \{"status":400,"type":"InvalidDocument",/,
    ],
  ])("differs by %s", async (_, steps, sentence) => {
    const said = typeof sentence === "string" ? sentence : expect.stringMatching(sentence);
    expect(await differencesOf(road, ...steps)).toEqual([said]);
  });
});

describe("the member of a refusal that has its text", () => {
  const step = { ...absent, refused: { type: "InvalidDocument", member: "message" } };

  it("is looked at over the wire", async () => {
    expect(await differencesOf("wire", step)).toEqual([
      'absent: refusal.member: expected "message", found "Message"',
    ]);
  });

  it("is not known through the SDK", async () => {
    expect(await differencesOf("sdk", step)).toEqual([]);
  });
});

describe("the seconds between two instants", () => {
  // One of the nodes ends a second after it starts, the other three seconds after it.
  const ends = (instanceId: string, after: string) => ({
    instanceId,
    behavior: { type: "exits", exitCode: 0, after },
  });
  const setup = { nodes: [ends(NODE, "1s"), ends(OTHER, "3s")] };
  const send = {
    prepare: true,
    op: "SendCommand",
    input: {
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["true"] },
      InstanceIds: [NODE, OTHER],
    },
  };
  const saidOf = async (
    from: string,
    to: string,
    seconds: readonly number[],
    road: ServiceRoad,
  ) => {
    const call = {
      label: "ended",
      op: "ListCommandInvocations",
      input: { Details: true },
      shows: {},
    };
    const steps = [send, { advance: "9s" }, { ...call, between: { from, to, seconds } }];
    const { differences } = await outcomeOf(readyScenario({ setup, steps }), road);
    return differences;
  };
  const [start, finish] = ["ResponseStartDateTime", "ResponseFinishDateTime"];

  it.each([
    [`earliest ${start}`, `earliest ${finish}`, [0.9, 1.1]],
    [`earliest ${start}`, `latest ${finish}`, [2.9, 3.1]],
    [`earliest ${finish}`, `latest ${finish}`, [2, 2]],
    [`latest ${finish}`, `earliest ${finish}`, [-2, -2]],
  ])("from %s to %s are within the bounds %j", async (from, to, seconds) => {
    const said = [await saidOf(from, to, seconds, "wire"), await saidOf(from, to, seconds, "sdk")];
    expect(said).toEqual([[], []]);
  });

  it.each([
    [`earliest ${finish}`, `latest ${finish}`, [2.001, 9], "expected 2.001 to 9 s, found 2"],
    [`earliest ${finish}`, `latest ${finish}`, [0, 1.999], "expected 0 to 1.999 s, found 2"],
    ["earliest Nothing", `latest ${finish}`, [0, 9], "expected 0 to 9 s, found -Infinity"],
    [`latest ${finish}`, "earliest Nothing", [0, 9], "expected 0 to 9 s, found Infinity"],
    ["latest Nothing", "latest Nothing", [0, 9], "expected 0 to 9 s, found NaN"],
  ])("from %s to %s are out of the bounds %j", async (from, to, seconds, sentence) => {
    const said = [await saidOf(from, to, seconds, "wire"), await saidOf(from, to, seconds, "sdk")];
    const one = [`ended: from ${from} to ${to}: ${sentence}`];
    expect(said).toEqual([one, one]);
  });
});

describe("the world of a scenario", () => {
  it.each([
    [
      "a node goes offline",
      {},
      [
        { node: NODE, do: "goOffline" },
        {
          label: "lost",
          op: "DescribeInstanceInformation",
          shows: { InstanceInformationList: [{ PingStatus: "ConnectionLost" }] },
        },
      ],
    ],
    [
      "a node comes back",
      {},
      [
        { node: NODE, do: "goOffline" },
        { node: NODE, do: "comeBack" },
        {
          label: "online",
          op: "DescribeInstanceInformation",
          shows: { InstanceInformationList: [{ PingStatus: "Online" }] },
        },
      ],
    ],
    [
      "a node gets another behavior",
      {},
      [
        { node: NODE, behavior: { type: "exits", exitCode: 7 } },
        sendStep(),
        { advance: "5s" },
        { ...got, shows: { Status: "Failed", ResponseCode: 7 } },
      ],
    ],
    [
      "a group has its nodes",
      { groups: { web: { instanceIds: [NODE] } } },
      [
        {
          prepare: true,
          op: "SendCommand",
          input: {
            DocumentName: "AWS-RunShellScript",
            Parameters: { commands: ["true"] },
            Targets: [{ Key: "resource-groups:Name", Values: ["web"] }],
          },
        },
        { advance: "5s" },
        { ...got, shows: { Status: "Success" } },
      ],
    ],
    [
      "a document is there from the start",
      { documents: [{ name: "own", content: OWN }] },
      [
        {
          label: "own",
          document: "own",
          facts: { schemaVersion: "2.2", steps: [{ name: "a", action: "aws:runShellScript" }] },
        },
      ],
    ],
  ])("is as its state and its steps say: %s", async (_, setup, steps) => {
    const nodes = [{ instanceId: NODE }];
    const { differences } = await outcomeOf(
      readyScenario({ setup: { nodes, ...setup }, steps }),
      "wire",
    );
    expect(differences).toEqual([]);
  });
});

describe("a step that cannot be taken", () => {
  it.each([
    [{ advance: "soon" }, /^"soon" is not a duration\./],
    [{ node: OTHER, do: "goOffline" }, `there is no node ${OTHER}`],
    [{ alarm: "cpu", state: "LOUD" }, /LOUD/],
    [
      { ...missing, prepare: true },
      /^GetCommandInvocation prepares: it was refused, \{"refused":\{"status":400,/,
    ],
    [
      { ...absent, input: { Name: "AWS-RunShellScript" }, shows: { Name: { $matches: "(" } } },
      /regular expression/,
    ],
  ])("ends the scenario, whose differences up to it are kept: %j", async (step, sentence) => {
    const steps = [listed, { ...listed, ok: {} }, step, listed];
    const outcome = await outcomeOf(readyScenario({ steps }), "wire");
    const said = typeof sentence === "string" ? sentence : expect.stringMatching(sentence);
    expect(outcome).toEqual({
      differences: ["listed: answer.Commands: expected nothing, found []", said],
      agreeing: [0],
    });
  });

  it("through the SDK is one of an operation that it does not have", async () => {
    expect(await differencesOf("sdk", { ...listed, op: "ListAll" })).toEqual([
      "the SDK has no ListAllCommand",
    ]);
  });

  it("may be the first: the state before is refused by the fake", async () => {
    const outcome = await outcomeOf(readyScenario({ setup: { consistency: "slow" } }), "wire");
    expect(outcome).toEqual({ differences: [expect.stringContaining("slow")], agreeing: [] });
  });
});

describe("the steps that are compared", () => {
  it("are the calls that expect something, and the facts", () => {
    const facts = { label: "f", document: "d", facts: {} };
    const steps = [sendStep(), { advance: "1s" }, listed, facts, { alarm: "a", state: "OK" }];
    expect(stepsCompared(readyScenario({ steps }))).toBe(2);
  });

  it("agree by their places", async () => {
    const steps = [
      { advance: "1s" },
      listed,
      { ...listed, ok: {} },
      sendStep(),
      { ...sent, shows: {} },
    ];
    const { agreeing } = await outcomeOf(readyScenario({ steps }), "sdk");
    expect(agreeing).toEqual([1, 4]);
  });
});
