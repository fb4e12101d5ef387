import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { nodeId, SCRIPT } from "../../contract/contract-account.ts";
import { callRaw } from "../../support/wire-call.ts";

const SENT = { ...SCRIPT, InstanceIds: [nodeId(1)] };
const SERIALIZATION = { statusCode: 400, text: '{"__type":"SerializationException"}' };

/** One wrong type for every type of member, at the top and below. */
const WRONG_TYPES: readonly (readonly [what: string, operation: string, input: unknown])[] = [
  ["a string for a number", "SendCommand", { ...SENT, TimeoutSeconds: "60" }],
  ["a fraction for a whole number", "SendCommand", { ...SENT, TimeoutSeconds: 30.5 }],
  ["a number for a string", "SendCommand", { ...SENT, Comment: 7 }],
  ["an object for a string", "CancelCommand", { CommandId: {} }],
  ["a string for a flag", "ListCommandInvocations", { Details: "true" }],
  ["a string for a list", "SendCommand", { ...SENT, InstanceIds: nodeId(1) }],
  ["a number in a list of strings", "SendCommand", { ...SENT, InstanceIds: [1] }],
  ["null in a list of strings", "SendCommand", { ...SENT, InstanceIds: [null] }],
  ["a string in a list of structures", "ListCommands", { Filters: ["Status"] }],
  ["a list for a structure", "SendCommand", { ...SENT, NotificationConfig: [] }],
  ["a list for a map", "SendCommand", { ...SENT, Parameters: ["uptime"] }],
  ["a string for a list in a map", "SendCommand", { ...SENT, Parameters: { commands: "uptime" } }],
  ["a number in a list in a map", "SendCommand", { ...SENT, Parameters: { commands: [1] } }],
  [
    "a number in a structure in a structure's list",
    "SendCommand",
    { ...SENT, AlarmConfiguration: { Alarms: [{ Name: 1 }] } },
  ],
  ["a list for the request", "SendCommand", []],
  ["a string for the request", "ListCommands", "all"],
];

const SECRET = "hunter2-hunter2";
const WITH_SECRET = { ...SENT, Parameters: { commands: [SECRET] } };

/** Requests that carry a secret and break a rule. */
const SECRET_REQUESTS: readonly (readonly [what: string, input: object])[] = [
  ["of wrong type", { ...SENT, Parameters: { commands: SECRET } }],
  ["beside a violation", { ...WITH_SECRET, TimeoutSeconds: 1 }],
  ["that the document does not declare", { ...SENT, Parameters: { password: [SECRET] } }],
  ["that the document forbids", { ...SENT, Parameters: { executionTimeout: [SECRET] } }],
  ["that is too large", { ...SENT, Parameters: { commands: [SECRET.repeat(10_000)] } }],
  ["beside an unknown document", { ...WITH_SECRET, DocumentName: "Deploy" }],
];

describe("a wrong JSON type", () => {
  it.each(WRONG_TYPES)(
    "such as %s is a SerializationException without a message",
    async (...wrong) => {
      const [, operation, input] = wrong;
      const fake = new FakeSsm({ nodes: [{}] });
      expect(await callRaw(fake, operation, JSON.stringify(input))).toEqual(SERIALIZATION);
    },
  );

  it.each(["{", "[1,", "null", "7", '"x"', "nul"])("is what the body %s is", async (body) => {
    expect(await callRaw(new FakeSsm(), "ListCommands", body)).toEqual(SERIALIZATION);
  });
});

describe("violations", () => {
  it("of one request are counted and joined, whatever their kind and place", async () => {
    const fake = new FakeSsm({ nodes: [{}] });
    const input = {
      ...SENT,
      DocumentName: "x",
      Targets: [{}, { Key: "tag:*" }],
      TimeoutSeconds: 1,
      NotificationConfig: { NotificationType: "Odd" },
      AlarmConfiguration: {},
    };
    const answer = await callRaw(fake, "SendCommand", JSON.stringify(input));
    expect(JSON.parse(answer.text)).toEqual({
      __type: "ValidationException",
      message: [
        "5 validation errors detected: Value 'tag:*' at 'targets.2.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\p{L}\\p{Z}\\p{N}_.:/=\\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name",
        "Value 'x' at 'documentName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.:/]{3,128}$",
        "Value '1' at 'timeoutSeconds' failed to satisfy constraint: Member must have value greater than or equal to 30",
        "Value 'Odd' at 'notificationConfig.notificationType' failed to satisfy constraint: Member must satisfy enum value set: [Command, Invocation]",
        "Value null at 'alarmConfiguration.alarms' failed to satisfy constraint: Member must not be null",
      ].join("; "),
    });
  });
});

describe("the values of Parameters", () => {
  it.each(SECRET_REQUESTS)("%s are in no refusal", async (_, input) => {
    const fake = new FakeSsm({ nodes: [{}] });
    const { statusCode, text } = await callRaw(fake, "SendCommand", JSON.stringify(input));
    expect([statusCode, text.includes(SECRET)]).toEqual([400, false]);
  });

  it.each(SECRET_REQUESTS)("%s are in no journal", async (_, input) => {
    const fake = new FakeSsm({ nodes: [{}] });
    await callRaw(fake, "SendCommand", JSON.stringify(input));
    const journal = fake.journal.entries();
    expect([journal.length, JSON.stringify(journal).includes(SECRET)]).toEqual([1, false]);
  });

  it("are not in the timeline of a command that was taken", async () => {
    const fake = new FakeSsm({ nodes: [{}] });
    await callRaw(fake, "SendCommand", JSON.stringify(WITH_SECRET));
    expect([fake.timeline().includes("SendCommand"), fake.timeline().includes(SECRET)]).toEqual([
      true,
      false,
    ]);
  });
});
