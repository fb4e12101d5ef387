import * as sdk from "@aws-sdk/client-ssm";
import { cloudWatchOutput, runShellScript, tagTargets } from "ssm-run-command";
import { assertNothingSent, type assertSent, FakeSsm, sdkOnFake } from "ssm-run-command/fake";
import "ssm-run-command/vitest";
import { beforeAll, describe, expect, it } from "vitest";
import { saidBy } from "../support/said-by.ts";

const [NODE, OTHER, THIRD] = [1, 2, 3].map((n) => `i-0000000000000000${n}`) as [
  string,
  string,
  string,
];
const fake = new FakeSsm({
  latency: "instant",
  nodes: [NODE, OTHER, THIRD].map((instanceId) => ({ instanceId, tags: { Role: "web" } })),
});

/** What the code under test has sent, in this order. */
const SENDS: readonly sdk.SendCommandRequest[] = [
  { ...runShellScript("./deploy.sh"), InstanceIds: [NODE] },
  { ...runShellScript("./deploy.sh"), InstanceIds: [OTHER, NODE], Comment: "nightly 7" },
  {
    ...runShellScript(["set -e", "./deploy.sh"], { workingDirectory: "/srv" }),
    Targets: tagTargets({ Role: "web", Env: ["prod", "test"] }),
    MaxConcurrency: "10%",
    MaxErrors: "1",
    Comment: "nightly 8",
  },
  {
    DocumentName: "AWS-RunPowerShellScript",
    Parameters: { commands: ["Get-Date"] },
    InstanceIds: [THIRD],
    TimeoutSeconds: 60,
    CloudWatchOutputConfig: cloudWatchOutput("/app/deploys"),
  },
];

beforeAll(async () => {
  for (const request of SENDS) await fake.sendCommand(request);
});

/** What is expected of a command, and how many of the four are like it. */
const EXPECTED = [
  ["anything", undefined, 4],
  ["nothing in particular", {}, 4],
  ["a document", { document: "AWS-RunShellScript" }, 3],
  ["another document", { document: "release" }, 0],
  ["a document that matches", { document: expect.stringContaining("PowerShell") }, 1],
  ["any document", { document: expect.any(String) }, 4],
  ["instance ids in another order", { targets: [NODE, OTHER] }, 1],
  ["one instance id of two", { targets: [OTHER] }, 0],
  ["a list with an instance id", { targets: expect.arrayContaining([NODE]) }, 2],
  ["instance ids, each by a matcher", { targets: [expect.any(String), NODE] }, 1],
  [
    "targets by tag in another order",
    { targets: tagTargets({ Env: ["prod", "test"], Role: "web" }) },
    1,
  ],
  ["targets by tag with a matcher in them", { targets: [aTag("tag:Role"), aTag("tag:Env")] }, 1],
  ["targets by tag and others", { targets: [aTag("tag:Role")] }, 0],
  [
    "targets of which one matcher fits both",
    {
      targets: [
        { Key: expect.stringContaining("tag:"), Values: expect.anything() },
        aTag("tag:Env"),
      ],
    },
    1,
  ],
  ["fewer lines than a parameter has", { parameters: { commands: ["set -e"] } }, 0],
  ["parameters that are undefined", { parameters: { workingDirectory: undefined } }, 4],
  [
    "a parameter that no one has, by the name of what every object has",
    { parameters: { toString: expect.anything() } },
    0,
  ],
  ["a parameter", { parameters: { commands: ["./deploy.sh"] } }, 2],
  ["a parameter that only one has", { parameters: { workingDirectory: ["/srv"] } }, 1],
  ["no parameter in particular", { parameters: {} }, 4],
  [
    "a parameter that matches",
    { parameters: { commands: expect.arrayContaining(["./deploy.sh"]) } },
    3,
  ],
  [
    "a line of a parameter that matches",
    { parameters: { commands: ["set -e", expect.stringMatching(/deploy/)] } },
    1,
  ],
  [
    "parameters that match as a whole",
    { parameters: expect.objectContaining({ commands: ["Get-Date"] }) },
    1,
  ],
  ["a comment", { comment: "nightly 7" }, 1],
  ["a comment that matches", { comment: expect.stringMatching(/^nightly/) }, 2],
  ["a comment that does not match", { comment: expect.not.stringContaining("7") }, 3],
  ["a member by AWS's name", { MaxErrors: "1" }, 1],
  ["a number", { TimeoutSeconds: 60 }, 1],
  ["a member that no one has", { OutputS3BucketName: "deploys" }, 0],
  ["AWS's own Comment", { Comment: "nightly 8" }, 1],
  ["AWS's own Parameters, all of them", { Parameters: { commands: ["./deploy.sh"] } }, 2],
  ["some of AWS's own Parameters", { Parameters: { workingDirectory: ["/srv"] } }, 0],
  ["AWS's own InstanceIds, in their order", { InstanceIds: [OTHER, NODE] }, 1],
  ["AWS's own InstanceIds in another order", { InstanceIds: [NODE, OTHER] }, 0],
  [
    "a structure",
    {
      CloudWatchOutputConfig: {
        CloudWatchLogGroupName: "/app/deploys",
        CloudWatchOutputEnabled: true,
      },
    },
    1,
  ],
  [
    "a part of a structure",
    { CloudWatchOutputConfig: { CloudWatchLogGroupName: "/app/deploys" } },
    0,
  ],
  [
    "a structure that matches",
    { CloudWatchOutputConfig: expect.objectContaining({ CloudWatchOutputEnabled: true }) },
    1,
  ],
  ["a structure that any may be", { CloudWatchOutputConfig: expect.anything() }, 1],
  ["two at once", { document: "AWS-RunShellScript", MaxConcurrency: "10%" }, 1],
  ["two that no one has both", { document: "AWS-RunShellScript", TimeoutSeconds: 60 }, 0],
  ["members that are undefined", { document: undefined, comment: undefined, MaxErrors: "1" }, 1],
  ["a matcher of its own", { comment: { asymmetricMatch: (value) => value === undefined } }, 2],
] satisfies readonly [string, Parameters<typeof assertSent>[1], number][];

describe.each(EXPECTED)("of %s", (_, expected, count) => {
  it(`finds ${count} of four, and no other number`, () => {
    for (const times of [0, 1, 2, 3, 4, 5]) {
      const given = { ...expected, times };
      if (times === count) expect(fake).toHaveSentCommand(given);
      else expect(fake).not.toHaveSentCommand(given);
    }
  });

  it(`finds ${count === 0 ? "none" : "one"}, when it is not said how many`, () => {
    if (count === 0) expect(fake).not.toHaveSentCommand(expected);
    else expect(fake).toHaveSentCommand(expected);
  });
});

describe("a matcher that fails", () => {
  it("says what was sent instead, the likest first, and in what it differs", () => {
    const document = "AWS-RunPowerShellScript";
    const said = saidBy(() =>
      expect(fake).toHaveSentCommand({ document, comment: expect.stringContaining("weekly") }),
    );
    expect(said.split("\n").slice(0, 5)).toEqual([
      `No command like {"document":"${document}","comment":StringContaining "weekly"} was sent. Sent were:`,
      `  4. {"document":"${document}","targets":["${THIRD}"],"comment":(none)} differs in comment`,
      `  1. {"document":"AWS-RunShellScript","targets":["${NODE}"],"comment":(none)} differs in document, comment`,
      `  2. {"document":"AWS-RunShellScript","targets":["${OTHER}","${NODE}"],"comment":"nightly 7"} differs in document, comment`,
      expect.stringMatching(/^ {2}3\. /),
    ]);
  });

  it("shows the timeline", () => {
    const said = saidBy(() => expect(fake).toHaveSentCommand({ document: "release" }));
    expect(said).toContain(`\n\n${fake.timeline()}`);
  });

  it.each([
    [{ times: 3 }, "4 commands were sent, not 3."],
    [{ comment: "nightly 7", times: 2 }, '1 command like {"comment":"nightly 7"} was sent, not 2.'],
    [{ comment: "weekly", times: 1 }, '0 commands like {"comment":"weekly"} were sent, not 1.'],
  ])("says how many there were: %j", (expected, sentence) => {
    expect(saidBy(() => expect(fake).toHaveSentCommand(expected))).toMatch(sentence);
  });

  it.each([
    [{}, "4 commands were sent, and none was expected."],
    [
      { comment: "nightly 7" },
      '1 command like {"comment":"nightly 7"} was sent, and none was expected.',
    ],
    [{ times: 4 }, "4 commands were sent, and any number but 4 was expected."],
    [
      { comment: "weekly", times: 0 },
      '0 commands like {"comment":"weekly"} were sent, and one or more were expected.',
    ],
  ])("says under `not` what was not expected: %j", (expected, sentence) => {
    expect(saidBy(() => expect(fake).not.toHaveSentCommand(expected))).toMatch(sentence);
  });

  it("says that nothing was sent, though something was called", async () => {
    const other = new FakeSsm();
    await other.listCommands({});
    const said = saidBy(() => expect(other).toHaveSentCommand({ comment: "nightly 7" }));
    expect(said).toBe('No command like {"comment":"nightly 7"} was sent. Nothing was sent.');
  });

  it("shows of a long value its beginning", async () => {
    const own = new FakeSsm({ latency: "instant", nodes: [{ instanceId: NODE }] });
    await own.sendCommand({ ...runShellScript("x".repeat(9_000)), InstanceIds: [NODE] });
    const said = saidBy(() =>
      expect(own).toHaveSentCommand({ parameters: { commands: ["y".repeat(9_000)] } }),
    );
    expect(said).toContain(`"commands":["${"x".repeat(500)}"…]`);
    expect(said).toContain(`"commands":["${"y".repeat(500)}"…]`);
  });

  it("says what was asked about and was not sent", () => {
    const said = saidBy(() => expect(fake).toHaveSentCommand({ MaxErrors: "9", times: 1 }));
    expect(said).toContain(`"targets":["${NODE}"],"MaxErrors":(none)} differs in MaxErrors`);
  });

  it("shows nothing of a member that does not matter", () => {
    const said = saidBy(() =>
      expect(fake).toHaveSentCommand({ MaxErrors: "9", MaxConcurrency: undefined }),
    );
    expect(said).not.toContain("MaxConcurrency");
  });

  it("says that nothing was sent, and that no call has reached the fake", () => {
    const said = saidBy(() => expect(new FakeSsm()).toHaveSentCommand({ comment: "nightly 7" }));
    expect(said).toBe(
      'No command like {"comment":"nightly 7"} was sent. Nothing was sent.\n\nNo call has reached this fake: await the code that makes it, and give that code this fake, or a client of it.',
    );
  });

  it("says that a handler answered, which has sent nothing", async () => {
    const handled = new FakeSsm();
    handled.on("SendCommand", () => ({ answer: { Command: { CommandId: "1" } } }));
    await handled.sendCommand({ ...runShellScript("uptime"), InstanceIds: [NODE] });
    expect(saidBy(() => expect(handled).toHaveSentCommand())).toBe(
      'No command was sent.\n\nA handler of fake.on() answered SendCommand, which has sent nothing: fake.journal.entries("SendCommand") has those calls.',
    );
  });

  it("says that it was sent in another region", async () => {
    const far = new FakeSsm({ latency: "instant" });
    const { SSMClient } = sdkOnFake(sdk, () => far);
    const request = { ...runShellScript("uptime"), Targets: tagTargets({ Role: "web" }) };
    await new SSMClient({ region: "eu-central-1" }).send(new sdk.SendCommandCommand(request));
    const said = [
      saidBy(() => expect(far).toHaveSentCommand()),
      saidBy(() => expect(far).not.toHaveSentCommand()),
      saidBy(() => assertNothingSent(far)),
      saidBy(() => expect(far).not.toHaveReached("Failed")),
      saidBy(() => expect(far).not.toHaveSucceeded()),
    ];
    const sentence =
      'No command was sent in us-east-1, where this fake is; SendCommand was called in eu-central-1. Make the fake where the code looks: new FakeSsm({ region: "eu-central-1" }).';
    expect(said).toEqual(Array.from({ length: 5 }, () => sentence));
  });

  it("speaks of its own region, when the code sends in two", async () => {
    const far = new FakeSsm({ latency: "instant", nodes: [{ instanceId: NODE }] });
    const { SSMClient } = sdkOnFake(sdk, () => far);
    for (const region of ["us-east-1", "eu-central-1"]) {
      const Targets = [{ Key: "InstanceIds", Values: [NODE] }];
      const request = { ...runShellScript("uptime"), Targets };
      await new SSMClient({ region }).send(new sdk.SendCommandCommand(request)).catch(() => {});
    }
    expect(far).toHaveSentCommand({ times: 1 });
  });

  it("shows ten of many commands", async () => {
    const busy = new FakeSsm({ latency: "instant", nodes: [{ instanceId: NODE }] });
    const request = { ...runShellScript("uptime"), InstanceIds: [NODE] };
    for (let sent = 0; sent < 12; sent++) await busy.sendCommand(request);
    const said = saidBy(() => expect(busy).toHaveSentCommand({ comment: "nightly" }));
    expect(said.match(/^ {2}\d+\. /gm)).toHaveLength(10);
    expect(said).toContain("\n  and 2 more\n");
  });

  it("hides the values of parameters that it does not name", () => {
    const said = saidBy(() =>
      expect(fake).toHaveSentCommand({ parameters: { workingDirectory: ["/opt"] } }),
    );
    expect(said).toContain('"parameters":{"commands":["(hidden)"],"workingDirectory":["/srv"]}');
    expect(said).not.toContain("set -e");
  });

  it.each([
    { parameters: { commands: undefined, workingDirectory: ["/opt"] } },
    { Parameters: { commands: undefined, workingDirectory: ["/opt"] } },
    { parameters: expect.stringContaining("commands"), MaxErrors: "9" },
  ])("hides the values of parameters that are only named: %#", (expected) => {
    const said = saidBy(() => expect(fake).toHaveSentCommand(expected as object));
    expect(said).toContain('"commands":["(hidden)"]');
    expect(said).not.toMatch(/set -e|deploy\.sh/);
  });

  it("hides the values of parameters that have a name of what a matcher was made with", async () => {
    const own = new FakeSsm({ latency: "instant", nodes: [{ instanceId: NODE }] });
    await own.documents.add("release", {
      schemaVersion: "2.2",
      parameters: { name: { type: "String" }, length: { type: "String" } },
      mainSteps: [
        {
          action: "aws:runShellScript",
          name: "run",
          inputs: { runCommand: ["{{ name }} {{ length }}"] },
        },
      ],
    });
    const Parameters = { name: ["hunter2"], length: ["hunter3"] };
    await own.sendCommand({ DocumentName: "release", InstanceIds: [NODE], Parameters });
    for (const parameters of [expect.any(Object), expect.stringContaining("a")]) {
      expect(
        saidBy(() => expect(own).toHaveSentCommand({ parameters, MaxErrors: "9" })),
      ).not.toContain("hunter");
    }
  });

  it("says of what holds nothing about handlers", async () => {
    const handled = new FakeSsm({ latency: "instant", nodes: [{ instanceId: NODE }] });
    const remove = handled.on("SendCommand", () => ({ answer: {} }));
    const request = { ...runShellScript("uptime"), InstanceIds: [NODE] };
    await handled.sendCommand(request);
    remove();
    await handled.sendCommand(request);
    expect(saidBy(() => expect(handled).not.toHaveSentCommand())).not.toContain("handler");
  });

  it("leaves out the middle of a long timeline", async () => {
    const busy = new FakeSsm({ latency: "instant", nodes: [{ instanceId: NODE }] });
    const request = { ...runShellScript("uptime"), InstanceIds: [NODE] };
    for (let sent = 0; sent < 100; sent++) await busy.sendCommand(request);
    const lines = saidBy(() => expect(busy).toHaveSentCommand({ comment: "nightly" })).split("\n");
    const whole = busy.timeline().split("\n");
    const note = lines.findIndex((line) => line.startsWith("… "));
    expect(lines[note]).toBe(
      `… ${whole.length - 150} lines are left out: fake.timeline() has them …`,
    );
    expect(lines.slice(note - 50, note)).toEqual(whole.slice(0, 50));
    expect(lines.slice(note + 1)).toEqual(whole.slice(-100));
  });

  it("shows the values of parameters that a matcher of the whole names", () => {
    const sample = { workingDirectory: ["/opt"] };
    const said = saidBy(() =>
      expect(fake).toHaveSentCommand({ parameters: expect.objectContaining(sample) }),
    );
    expect(said).toContain('"parameters":{"commands":["(hidden)"],"workingDirectory":["/srv"]}');
  });

  it.each([
    [expect.any(String), "Any<String>"],
    [expect.anything(), "Anything"],
    [expect.stringMatching(/week/), "StringMatching /week/"],
    [expect.not.stringContaining("nightly"), 'StringNotContaining "nightly"'],
    [{ asymmetricMatch: () => false }, "<a matcher>"],
  ])("names the matcher that was given: %s", (comment, name) => {
    const said = saidBy(() => expect(fake).toHaveSentCommand({ comment, MaxErrors: "9" }));
    expect(said).toContain(`like {"comment":${name},"MaxErrors":"9"} was sent`);
  });
});

function aTag(key: string) {
  return { Key: key, Values: expect.any(Array) };
}
