import { SendCommandCommand } from "@aws-sdk/client-ssm";
import { runShellScript } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { beforeEach, describe, expect, it, vi } from "vitest";

const instanceId = "i-0123456789abcdef0";
const request = { ...runShellScript("uptime"), InstanceIds: [instanceId] };
const WRONG = [
  [
    "a parameter that is no list",
    { Parameters: { commands: "uptime" } },
    "Parameters.commands is a string, and has to be a list. Put it into a list.",
  ],
  [
    "a limit that is a number",
    { MaxConcurrency: 10 },
    "MaxConcurrency is a number, and has to be a string. Put it in quotation marks.",
  ],
  [
    "targets that are tags",
    { InstanceIds: undefined, Targets: { Role: "web" } },
    "Targets is an object, and has to be a list. Put it into a list.",
  ],
  [
    "an id that is no list",
    { InstanceIds: instanceId },
    "InstanceIds is a string, and has to be a list. Put it into a list.",
  ],
  [
    "a time that is text",
    { TimeoutSeconds: "60" },
    "TimeoutSeconds is a string, and has to be an integer. Write it without quotation marks.",
  ],
] as const;

const heard: unknown[] = [];
beforeEach(() => {
  heard.length = 0;
  vi.spyOn(console, "warn").mockImplementation((sentence) => heard.push(sentence));
});

describe("a value of the wrong type", () => {
  const fakeAt = () => new FakeSsm({ nodes: [{ instanceId }] });

  it.each(WRONG)("is refused as on AWS, and told why, once: %s", async (_what, wrong, why) => {
    const fake = fakeAt();
    const bad = { ...request, ...wrong } as never;
    for (const call of [
      () => fake.sendCommand(bad),
      () => fake.client().send(new SendCommandCommand(bad)),
    ]) {
      await expect(call()).rejects.toMatchObject({
        name: "SerializationException",
        message: "UnknownError",
      });
    }
    expect(fake.journal.entries()).toMatchObject([{ why }, { why }]);
    expect(fake.timeline()).toContain(`SerializationException: (${why})`);
    expect(heard).toEqual([
      `SendCommand was refused (SerializationException, as AWS does it, without a message): ${why}`,
    ]);
  });

  it("is told again after a reset", async () => {
    const fake = fakeAt();
    const send = () => fake.sendCommand({ ...request, MaxErrors: 1 as never }).catch(() => {});
    await send();
    await fake.reset();
    await send();
    expect(heard).toHaveLength(2);
  });

  it("is told of other operations and services, too", async () => {
    const fake = fakeAt();
    await fake.listCommands({ MaxResults: "5" as never }).catch(() => {});
    expect(heard).toEqual([
      "ListCommands was refused (SerializationException, as AWS does it, without a message): MaxResults is a string, and has to be an integer. Write it without quotation marks.",
    ]);
  });

  it("is left to the log of the server when it came over HTTP", async () => {
    const fake = fakeAt();
    const hints: (string | undefined)[] = [];
    const served = await serveFakeSsm(fake, { log: ({ hint }) => hints.push(hint) });
    await fetch(served.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AmazonSSM.SendCommand",
      },
      body: JSON.stringify({ ...request, MaxErrors: 1 }),
    });
    await served.close();
    expect([heard, hints]).toEqual([
      [],
      ["MaxErrors is a number, and has to be a string. Put it in quotation marks."],
    ]);
  });
});
