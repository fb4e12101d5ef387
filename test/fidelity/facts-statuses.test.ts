import { fails, hangs, succeeds } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import { nodeId, scriptWithin } from "../contract/contract-account.ts";
import { describeOnBothRoads } from "../support/both-roads.ts";

/** Which words the service uses, and when [rec-2026-09-27-managed-execution] [rec-2026-09-27-timeouts]. */
describeOnBothRoads("recorded facts about statuses", (open) => {
  it("G1 SendCommand answers Pending, and a look 4 ms later sees InProgress", async () => {
    const account = open({ nodes: [{ behavior: succeeds({ after: "3s" }) }] });
    const sent = await account.send();
    await account.fake.clock.advance("4ms");
    const seen = await account.invocation(sent);
    expect([sent.Status, sent.StatusDetails, seen.Status, seen.StatusDetails]).toEqual([
      "Pending",
      "Pending",
      "InProgress",
      "InProgress",
    ]);
  });

  it("G2 StatusDetails are single words on the wire", async () => {
    const account = open({ nodes: [{ behavior: hangs() }, { agent: "unreachable" }] });
    const sent = await account.send({ ...scriptWithin(60), TimeoutSeconds: 30 });
    const nobody = await account.send({ Targets: [{ Key: "tag:Role", Values: ["nobody"] }] });
    const running = await account.standings(sent);
    await account.fake.clock.advance("90s");
    expect([
      running[0],
      ...(await account.standings(sent)),
      await account.standing(nobody),
    ]).toEqual([
      "InProgress/InProgress",
      "TimedOut/ExecutionTimedOut",
      "TimedOut/DeliveryTimedOut",
      "Success/NoInstancesInTag",
    ]);
  });

  it("G3 a node that cannot be reached goes from InProgress to Pending/Delayed to DeliveryTimedOut", async () => {
    const account = open({ nodes: [{ agent: "unreachable" }] });
    const sent = await account.send({ ...scriptWithin(5), TimeoutSeconds: 30 });
    const seen = [];
    for (const wait of ["100ms", "3s", "30s", "2s"] as const) {
      await account.fake.clock.advance(wait);
      const { Status, StatusDetails } = await account.invocation(sent);
      seen.push(`${Status}/${StatusDetails}`);
    }
    expect(seen).toEqual([
      "InProgress/InProgress",
      "Pending/Delayed",
      "Pending/Delayed",
      "TimedOut/DeliveryTimedOut",
    ]);
  });

  it("G4 an execution time-out is TimedOut on the node with code 137, and a Failed command with one error", async () => {
    const account = open({ nodes: [{ behavior: hangs() }] });
    const sent = await account.send({ ...scriptWithin(5), TimeoutSeconds: 30 });
    await account.fake.clock.advance("6s");
    const { ResponseCode } = await account.invocation(sent);
    const [invocation] = await account.invocations(sent, { Details: true });
    const { Status, StatusDetails } = invocation!.CommandPlugins![0]!;
    expect([
      await account.standings(sent),
      `${Status}/${StatusDetails}`,
      ResponseCode,
      await account.standing(sent),
      await account.counts(sent),
    ]).toEqual([
      ["TimedOut/ExecutionTimedOut"],
      "TimedOut/ExecutionTimedOut",
      137,
      "Failed/Failed",
      [1, 1, 1, 0],
    ]);
  });

  it("G4 a delivery time-out is a TimedOut command without an error", async () => {
    const account = open({ nodes: [{ agent: "unreachable" }] });
    const sent = await account.send({ ...scriptWithin(5), TimeoutSeconds: 30 });
    await account.fake.clock.advance("35s");
    expect([await account.standing(sent), await account.counts(sent)]).toEqual([
      "TimedOut/DeliveryTimedOut",
      [1, 1, 0, 1],
    ]);
  });

  it("G10 CancelCommand answers {}, and 3 ms later the invocation is still InProgress", async () => {
    const account = open({ nodes: [{ behavior: hangs() }], latency: "measured" });
    const sent = await account.send();
    await account.fake.clock.advance("2s");
    const { $metadata, ...answer } = await account.api.cancelCommand({
      CommandId: sent.CommandId!,
    });
    await account.fake.clock.advance("3ms");
    expect([$metadata.httpStatusCode, answer, await account.standings(sent)]).toEqual([
      200,
      {},
      ["InProgress/InProgress"],
    ]);
  });

  it("G10 a cancelled invocation has code 137 and what it had written, and the command no error", async () => {
    const account = open({
      nodes: [{ behavior: hangs({ stdout: "before\n" }) }],
      latency: { cancelLatency: "300ms" },
    });
    const sent = await account.send();
    await account.fake.clock.advance("182ms");
    await account.api.cancelCommand({ CommandId: sent.CommandId! });
    await account.fake.clock.advance("3s");
    const seen = await account.invocation(sent);
    expect([
      `${seen.Status}/${seen.StatusDetails}`,
      seen.ResponseCode,
      seen.StandardOutputContent,
      seen.StandardErrorContent,
      seen.ExecutionElapsedTime,
      await account.standing(sent),
      await account.counts(sent),
    ]).toEqual([
      "Cancelled/Cancelled",
      137,
      "before\n",
      "",
      "PT0.482S",
      "Cancelled/Cancelled",
      [1, 1, 0, 0],
    ]);
  });

  it("G10 Cancelling is never seen between CancelCommand and the end", async () => {
    const account = open({
      nodes: [{ behavior: hangs() }],
      latency: { cancelLatency: "300ms" },
    });
    const sent = await account.send();
    await account.api.cancelCommand({ CommandId: sent.CommandId! });
    const seen = new Set<string>();
    for (let look = 0; look < 10; look++) {
      await account.fake.clock.advance("50ms");
      for (const standing of await account.standings(sent)) seen.add(standing);
    }
    expect([...seen]).toEqual(["InProgress/InProgress", "Cancelled/Cancelled"]);
  });

  it("G11 targets answer TargetCount 0 without InstanceIds, and only the count is filled in later", async () => {
    const account = open({ nodes: [{ tags: { Role: "web" } }, { tags: { Role: "web" } }] });
    for (const target of [
      { Key: "tag:Role", Values: ["web"] },
      { Key: "InstanceIds", Values: [nodeId(1), nodeId(2)] },
    ]) {
      const sent = await account.send({ Targets: [target] });
      const later = await account.command(sent);
      expect(
        [sent, later].map(({ TargetCount, InstanceIds }) => [TargetCount, InstanceIds]),
      ).toEqual([
        [0, []],
        [2, []],
      ]);
    }
  });

  it("G11 InstanceIds answer TargetCount at once", async () => {
    const account = open({ nodes: [{}, {}] });
    const { TargetCount, InstanceIds } = await account.send();
    expect([TargetCount, InstanceIds]).toEqual([2, [nodeId(1), nodeId(2)]]);
  });

  it("G12 a tag that no node has ends in Success/NoInstancesInTag with all counts 0, within 3 s", async () => {
    const account = open({ nodes: [{ behavior: fails() }], latency: "measured" });
    const sent = await account.send({ Targets: [{ Key: "tag:Role", Values: ["nobody"] }] });
    await account.fake.clock.advance("3s");
    expect([
      sent.Status,
      await account.standing(sent),
      await account.counts(sent),
      await account.invocations(sent),
    ]).toEqual(["Pending", "Success/NoInstancesInTag", [0, 0, 0, 0], []]);
  });
});
