import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import { hangs, succeeds, VirtualClock } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import { SCRIPT, scriptWithin } from "../contract/contract-account.ts";
import { describeOnBothRoads } from "../support/both-roads.ts";
import { refusalOf } from "../support/rejection.ts";

/** A document whose default for the time-out is not what the service counts. */
const QUICK = {
  schemaVersion: "2.2",
  parameters: { patience: { type: "String", default: "5" } },
  mainSteps: [
    {
      action: "aws:runShellScript",
      name: "quick",
      inputs: { runCommand: ["true"], timeoutSeconds: "{{ patience }}" },
    },
  ],
};

/** What is sent, and the seconds until ExpiresAfter. */
const EXPIRIES: readonly (readonly [string, Partial<SendCommandCommandInput>, number])[] = [
  ["nothing supplied", {}, 7_200],
  ["a supplied time-out", { ...scriptWithin(7), TimeoutSeconds: 30 }, 37],
  [
    "an omitted parameter of another default",
    { DocumentName: "Quick", Parameters: {}, TimeoutSeconds: 30 },
    3_630,
  ],
  [
    "a document without any time-out",
    { DocumentName: "AWS-UpdateSSMAgent", Parameters: {}, TimeoutSeconds: 600 },
    4_200,
  ],
];

/**
 * When things happen, and which times are shown [rec-2026-09-27-managed-execution] [rec-2026-09-27-timeouts]
 * [rec-2026-09-27-expiry].
 */
describeOnBothRoads("recorded facts about times", (open) => {
  it.each(EXPIRIES)(
    "G5 ExpiresAfter adds delivery and execution: %s",
    async (_, request, seconds) => {
      const account = open({ nodes: [{}] });
      await account.fake.documents.add("Quick", QUICK);
      const { RequestedDateTime, ExpiresAfter } = await account.send(request);
      expect((ExpiresAfter!.getTime() - RequestedDateTime!.getTime()) / 1_000).toBe(seconds);
    },
  );

  it("G6 a delivery time-out is seen only when the sweep has come, seconds after ExpiresAfter", async () => {
    const account = open({
      nodes: [{ agent: "unreachable" }],
      latency: { expirySweepLag: "13s" },
    });
    const sent = await account.send({ ...scriptWithin(5), TimeoutSeconds: 30 });
    await account.fake.clock.advance("47999ms");
    const before = await account.standings(sent);
    await account.fake.clock.advance("1ms");
    expect([before, await account.standings(sent)]).toEqual([
      ["Pending/Delayed"],
      ["TimedOut/DeliveryTimedOut"],
    ]);
  });

  it("G7 ExecutionEndDateTime is the start plus whole seconds, the plugin has the true end", async () => {
    const clock = new VirtualClock({ start: "2026-09-27T00:38:21.786Z" });
    const account = open({ clock, nodes: [{ behavior: succeeds({ after: "3175ms" }) }] });
    const sent = await account.send();
    await clock.advance("4s");
    const seen = await account.invocation(sent);
    const [invocation] = await account.invocations(sent, { Details: true });
    expect([
      seen.ExecutionStartDateTime,
      seen.ExecutionElapsedTime,
      seen.ExecutionEndDateTime,
      invocation!.CommandPlugins![0]!.ResponseFinishDateTime!.toISOString(),
    ]).toEqual([
      "2026-09-27T00:38:21.786Z",
      "PT3.175S",
      "2026-09-27T00:38:24.786Z",
      "2026-09-27T00:38:24.961Z",
    ]);
  });

  it("G8 nothing of a plugin shows before its end, and its start is absent", async () => {
    const account = open({ nodes: [{ behavior: hangs({ stdout: "half\n" }) }] });
    const seen = await account.invocation(await account.send({ OutputS3BucketName: "output" }));
    expect(seen).toMatchObject({
      ResponseCode: -1,
      ExecutionEndDateTime: "",
      StandardOutputContent: "",
      StandardErrorContent: "",
      StandardOutputUrl: "",
      StandardErrorUrl: "",
    });
    expect(Object.keys(seen)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^Execution(?:Start|Elapsed)/)]),
    );
  });

  it("G9 with output in S3 and CloudWatch Logs the end is seen after the uploads, not after the script", async () => {
    const account = open({
      nodes: [{ behavior: succeeds({ after: "3175ms" }) }],
      latency: { uploadDelay: "7s" },
    });
    const sent = await account.send({
      OutputS3BucketName: "output",
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    });
    const plain = await account.send();
    await account.fake.clock.advance("9258ms");
    const seen = [await account.standings(plain), await account.standings(sent)];
    await account.fake.clock.advance("3130ms");
    expect([...seen, await account.standings(sent)]).toEqual([
      ["Success/Success"],
      ["InProgress/InProgress"],
      ["Success/Success"],
    ]);
  });

  it("G14 an invocation does not exist 4 ms after its command does", async () => {
    const account = open({ nodes: [{}], latency: { visibilityDelay: "80ms" } });
    const sent = await account.send();
    await account.fake.clock.advance("4ms");
    expect((await refusalOf(account.invocation(sent))).name).toBe("InvocationDoesNotExist");
  });

  it("G14 the list of invocations is empty meanwhile", async () => {
    const account = open({ nodes: [{}], latency: { visibilityDelay: "80ms" } });
    expect(await account.invocations(await account.send())).toEqual([]);
  });

  it("G14 the record of an invocation is as much younger than its command", async () => {
    const account = open({ nodes: [{}], latency: { visibilityDelay: "80ms" } });
    const sent = await account.send();
    await account.fake.clock.advance("80ms");
    const [invocation] = await account.invocations(sent);
    expect(invocation!.RequestedDateTime!.getTime() - sent.RequestedDateTime!.getTime()).toBe(80);
  });

  it("G18 an agent that was stopped is still Online 84 s after its last ping", async () => {
    const { api, fake } = open({ nodes: [{}], latency: "measured" });
    fake.nodes.list()[0]!.goOffline();
    await fake.clock.advance("83900ms"); // and the look takes a tenth of a second
    const { InstanceInformationList } = await api.describeInstanceInformation!({});
    const [{ PingStatus, LastPingDateTime } = {}] = InstanceInformationList!;
    expect([PingStatus, fake.clock.now() - LastPingDateTime!.getTime()]).toEqual([
      "Online",
      84_000,
    ]);
  });

  it("G19 an execution time-out below 5 s is counted in ExpiresAfter and ignored by the agent", async () => {
    const account = open({ nodes: [{ behavior: succeeds({ after: "20s" }) }] });
    const sent = await account.send({ ...scriptWithin(2), TimeoutSeconds: 30 });
    await account.fake.clock.advance("20s");
    const lasts = sent.ExpiresAfter!.getTime() - sent.RequestedDateTime!.getTime();
    expect([lasts, await account.standings(sent)]).toEqual([32_000, ["Success/Success"]]);
  });

  it("G22 the newest command comes first", async () => {
    const account = open({ nodes: [{}] });
    const first = await account.send();
    await account.fake.clock.advance("1s");
    const second = await account.send();
    const { Commands } = await account.api.listCommands({});
    expect(Commands!.map(({ CommandId }) => CommandId)).toEqual([
      second.CommandId,
      first.CommandId,
    ]);
  });

  it("G22 the newest invocation comes first", async () => {
    const account = open({ nodes: [{}] });
    await account.send(SCRIPT);
    await account.fake.clock.advance("1s");
    await account.send(SCRIPT);
    const { CommandInvocations } = await account.api.listCommandInvocations({});
    const [newer, older] = CommandInvocations!.map(({ RequestedDateTime: at }) => at!.getTime());
    expect(newer! - older!).toBe(1_000);
  });
});
