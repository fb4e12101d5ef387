import { fails, succeeds } from "ssm-run-command/fake";
import { expect } from "vitest";
import type { AddCase } from "./contract.ts";
import { scriptWithin } from "./contract-account.ts";

const running = "InProgress/InProgress";
const waiting = "Pending/Pending";
const succeeded = "Success/Success";
const failed = "Failed/Failed";
const terminated = "Failed/Terminated";

/** MaxConcurrency and MaxErrors. Source: [rules-rate-control]. */
export function rolloutContract(addCase: AddCase): void {
  const fleet = (count: number, behavior = succeeds({ after: "60s" })) => ({
    nodes: Array.from({ length: count }, () => ({ behavior })),
  });
  const failures = (count: number) => fleet(count, fails({ after: "60s" }));

  addCase("no more nodes than MaxConcurrency work at a time", async (open) => {
    const account = open(fleet(4));
    const command = await account.send({ MaxConcurrency: "2" });
    expect(await account.standings(command)).toEqual([running, running, waiting, waiting]);
  });

  addCase("a percentage of the nodes is rounded down", async (open) => {
    const account = open(fleet(5));
    const command = await account.send({ MaxConcurrency: "50%" });
    expect(await account.standings(command)).toEqual([running, running, waiting, waiting, waiting]);
  });

  addCase("a percentage of the nodes is one node at least", async (open) => {
    const account = open(fleet(3));
    const command = await account.send({ MaxConcurrency: "1%" });
    expect(await account.standings(command)).toEqual([running, waiting, waiting]);
  });

  addCase("a node that ends makes room for the next", async (open) => {
    const behavior = succeeds({ after: "60s" });
    const account = open({ nodes: [{}, { behavior }, { behavior }, { behavior }] });
    const command = await account.send({ MaxConcurrency: "2" });
    expect(await account.standings(command)).toEqual([succeeded, running, running, waiting]);
  });

  addCase("a Delayed node keeps its place in the window", async (open) => {
    const account = open({ nodes: [{ agent: "unreachable" }, {}] });
    const command = await account.send({ MaxConcurrency: "1" });
    await account.fake.clock.advance("10s");
    expect(await account.standings(command)).toEqual(["Pending/Delayed", waiting]);
  });

  addCase("with MaxErrors 0 the first error keeps the rest from being sent", async (open) => {
    const account = open(failures(3));
    const command = await account.send({ MaxConcurrency: "1" });
    await account.fake.clock.advance("60s");
    expect(await account.standings(command)).toEqual([failed, terminated, terminated]);
  });

  addCase(
    "the command is Failed then, and counts the rest as completed, not as errors",
    async (open) => {
      const account = open(failures(3));
      const command = await account.send({ MaxConcurrency: "1" });
      await account.fake.clock.advance("60s");
      expect([await account.standing(command), await account.counts(command)]).toEqual([
        failed,
        [3, 3, 1, 0],
      ]);
    },
  );

  addCase("with MaxErrors 3 the fourth error stops it", async (open) => {
    const account = open(failures(10));
    const command = await account.send({ MaxConcurrency: "1", MaxErrors: "3" });
    await account.fake.clock.advance("10m");
    expect(await account.counts(command)).toEqual([10, 10, 4, 0]);
  });

  addCase("with MaxErrors 10% of 50 the sixth error stops it", async (open) => {
    const account = open(failures(50));
    const command = await account.send({ MaxConcurrency: "1", MaxErrors: "10%" });
    await account.fake.clock.advance("50m");
    expect(await account.counts(command)).toEqual([50, 50, 6, 0]);
  });

  addCase("with MaxErrors 100% nothing stops it", async (open) => {
    const account = open(failures(3));
    const command = await account.send({ MaxConcurrency: "1", MaxErrors: "100%" });
    await account.fake.clock.advance("3m");
    expect(await account.standings(command)).toEqual([failed, failed, failed]);
  });

  addCase("what is in flight at the stop goes on, and the command with it", async (open) => {
    const behavior = succeeds({ after: "60s" });
    const account = open({ nodes: [{ behavior: fails() }, { behavior }, { behavior }] });
    const command = await account.send({ MaxConcurrency: "2" });
    expect([await account.standing(command), await account.standings(command)]).toEqual([
      running,
      [failed, running, terminated],
    ]);
  });

  addCase("what is in flight at the stop ends as it ends by itself", async (open) => {
    const behavior = succeeds({ after: "60s" });
    const account = open({ nodes: [{ behavior: fails() }, { behavior }, { behavior }] });
    const command = await account.send({ MaxConcurrency: "2" });
    await account.fake.clock.advance("60s");
    expect([await account.standing(command), await account.standings(command)]).toEqual([
      failed,
      [failed, succeeded, terminated],
    ]);
  });

  addCase("errors within MaxErrors beside successes are Incomplete", async (open) => {
    const account = open({ nodes: [{ behavior: fails() }, {}] });
    const command = await account.send({ MaxErrors: "1" });
    expect([await account.standing(command), await account.counts(command)]).toEqual([
      "Success/Incomplete",
      [2, 2, 1, 0],
    ]);
  });

  addCase("a node that waits behind a Delayed one times out in delivery with it", async (open) => {
    const account = open({ nodes: [{ agent: "unreachable" }, {}] });
    const command = await account.send({
      ...scriptWithin(5),
      TimeoutSeconds: 30,
      MaxConcurrency: "1",
    });
    await account.fake.clock.advance("1m");
    expect(await account.standings(command)).toEqual([
      "TimedOut/DeliveryTimedOut",
      "TimedOut/DeliveryTimedOut",
    ]);
  });

  addCase("delivery time-outs beyond MaxErrors make the command TimedOut", async (open) => {
    const account = open({ nodes: [{ agent: "unreachable" }, {}] });
    const command = await account.send({ ...scriptWithin(5), TimeoutSeconds: 30 });
    await account.fake.clock.advance("1m");
    expect([await account.standing(command), await account.counts(command)]).toEqual([
      "TimedOut/DeliveryTimedOut",
      [2, 2, 0, 1],
    ]);
  });

  addCase("nodes named by id are sent to in the order of their ids", async (open) => {
    const account = open(fleet(2));
    const InstanceIds = account.fake.nodes.list().map(({ instanceId }) => instanceId);
    const command = await account.send({
      InstanceIds: InstanceIds.toReversed(),
      MaxConcurrency: "1",
    });
    expect(await account.standings(command)).toEqual([running, waiting]);
  });
}
