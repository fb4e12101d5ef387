import { fails, hangs, succeeds } from "ssm-run-command/fake";
import { expect } from "vitest";
import type { AddCase } from "./contract.ts";
import { scriptWithin } from "./contract-account.ts";

/** How one command moves on one node or two. Sources: [rules-roll-up], [rules-delivery], [rules-late-replies]. */
export function lifeCycleContract(addCase: AddCase): void {
  const slow = { nodes: [{ behavior: succeeds({ after: "90s" }) }] };

  addCase("the answer to a send says Pending", async (open) => {
    const { Status, StatusDetails } = await open(slow).send();
    expect([Status, StatusDetails]).toEqual(["Pending", "Pending"]);
  });

  addCase("the answer says Pending of a process that takes no time, too", async (open) => {
    expect((await open({ nodes: [{}] }).send()).Status).toBe("Pending");
  });

  addCase("a process that takes no time has succeeded at the next look", async (open) => {
    const account = open({ nodes: [{}] });
    expect(await account.standing(await account.send())).toBe("Success/Success");
  });

  addCase("a command is InProgress at the next look", async (open) => {
    const account = open(slow);
    expect(await account.standing(await account.send())).toBe("InProgress/InProgress");
  });

  addCase("its invocation is InProgress at the next look", async (open) => {
    const account = open(slow);
    expect(await account.standings(await account.send())).toEqual(["InProgress/InProgress"]);
  });

  addCase("an invocation is InProgress until its process ends", async (open) => {
    const account = open(slow);
    const command = await account.send();
    await account.fake.clock.advance("89999ms");
    expect(await account.standings(command)).toEqual(["InProgress/InProgress"]);
  });

  addCase("an invocation succeeds when its process has", async (open) => {
    const account = open(slow);
    const command = await account.send();
    await account.fake.clock.advance("90s");
    expect(await account.standings(command)).toEqual(["Success/Success"]);
  });

  addCase("a command succeeds with its last invocation", async (open) => {
    const account = open(slow);
    const command = await account.send();
    await account.fake.clock.advance("90s");
    expect(await account.standing(command)).toBe("Success/Success");
  });

  addCase("the counters of an open command stay 0", async (open) => {
    const account = open({ nodes: [{}, { behavior: succeeds({ after: "90s" }) }] });
    expect(await account.counts(await account.send())).toEqual([2, 0, 0, 0]);
  });

  addCase("a command that has ended shows its counters", async (open) => {
    const account = open({ nodes: [{}, { behavior: succeeds({ after: "90s" }) }] });
    const command = await account.send();
    await account.fake.clock.advance("90s");
    expect(await account.counts(command)).toEqual([2, 2, 0, 0]);
  });

  const failing = { nodes: [{ behavior: fails({ exitCode: 7, stderr: "disk full\n" }) }] };

  addCase("an exit code other than 0 is Failed, with that code", async (open) => {
    const account = open(failing);
    const { Status, StatusDetails, ResponseCode } = await account.invocation(await account.send());
    expect([Status, StatusDetails, ResponseCode]).toEqual(["Failed", "Failed", 7]);
  });

  addCase("the agent adds its line to the stderr of a failed process", async (open) => {
    const account = open(failing);
    const { StandardErrorContent } = await account.invocation(await account.send());
    expect(StandardErrorContent).toBe("disk full\nfailed to run commands: exit status 7");
  });

  addCase("one failure more than MaxErrors makes the command Failed", async (open) => {
    const account = open(failing);
    const command = await account.send();
    expect([await account.standing(command), await account.counts(command)]).toEqual([
      "Failed/Failed",
      [1, 1, 1, 0],
    ]);
  });

  const hanging = { nodes: [{ behavior: hangs({ stdout: "waiting\n", stderr: "still\n" }) }] };

  addCase("the agent kills a process at its execution time-out", async (open) => {
    const account = open(hanging);
    const command = await account.send(scriptWithin(60));
    await account.fake.clock.advance("60s");
    const { Status, StatusDetails, ResponseCode } = await account.invocation(command);
    expect([Status, StatusDetails, ResponseCode]).toEqual(["TimedOut", "ExecutionTimedOut", 137]);
  });

  addCase("a killed process keeps what it wrote, and gets no line from the agent", async (open) => {
    const account = open(hanging);
    const command = await account.send(scriptWithin(60));
    await account.fake.clock.advance("60s");
    const { StandardOutputContent, StandardErrorContent } = await account.invocation(command);
    expect([StandardOutputContent, StandardErrorContent]).toEqual(["waiting\n", "still\n"]);
  });

  addCase("an execution time-out is an error of the command, which is Failed", async (open) => {
    const account = open(hanging);
    const command = await account.send(scriptWithin(60));
    await account.fake.clock.advance("60s");
    expect([await account.standing(command), await account.counts(command)]).toEqual([
      "Failed/Failed",
      [1, 1, 1, 0],
    ]);
  });

  const silent = { nodes: [{ agent: "unreachable" as const }] };
  const shortLived = { ...scriptWithin(5), TimeoutSeconds: 30 };

  addCase("a node that cannot be reached is InProgress at first", async (open) => {
    const account = open(silent);
    const command = await account.send(shortLived);
    await account.fake.clock.advance("2999ms");
    expect(await account.standings(command)).toEqual(["InProgress/InProgress"]);
  });

  addCase("it is Pending with the detail Delayed after three seconds", async (open) => {
    const account = open(silent);
    const command = await account.send(shortLived);
    await account.fake.clock.advance("3s");
    expect(await account.standings(command)).toEqual(["Pending/Delayed"]);
  });

  addCase("its command is InProgress meanwhile", async (open) => {
    const account = open(silent);
    const command = await account.send(shortLived);
    await account.fake.clock.advance("3s");
    expect(await account.standing(command)).toBe("InProgress/InProgress");
  });

  addCase("it is Delayed until ExpiresAfter", async (open) => {
    const account = open(silent);
    const command = await account.send(shortLived);
    await account.fake.clock.advance("34999ms");
    expect(await account.standings(command)).toEqual(["Pending/Delayed"]);
  });

  addCase("it has timed out in delivery at ExpiresAfter", async (open) => {
    const account = open(silent);
    const command = await account.send(shortLived);
    await account.fake.clock.advance("35s");
    const { Status, StatusDetails, ResponseCode } = await account.invocation(command);
    expect([Status, StatusDetails, ResponseCode]).toEqual(["TimedOut", "DeliveryTimedOut", -1]);
  });

  addCase("a delivery time-out has a counter of its own and is no error", async (open) => {
    const account = open(silent);
    const command = await account.send(shortLived);
    await account.fake.clock.advance("35s");
    expect([await account.standing(command), await account.counts(command)]).toEqual([
      "TimedOut/DeliveryTimedOut",
      [1, 1, 0, 1],
    ]);
  });

  addCase("a node that comes back takes what waits for it", async (open) => {
    const account = open({ nodes: [{ agent: "unreachable", behavior: hangs() }] });
    const command = await account.send();
    await account.fake.clock.advance("10s");
    account.fake.nodes.list()[0]!.comeBack();
    expect(await account.standings(command)).toEqual(["InProgress/InProgress"]);
  });

  addCase("a node that comes back ends what it takes", async (open) => {
    const account = open({
      nodes: [{ agent: "unreachable", behavior: succeeds({ after: "5s" }) }],
    });
    const command = await account.send();
    await account.fake.clock.advance("10s");
    account.fake.nodes.list()[0]!.comeBack();
    await account.fake.clock.advance("5s");
    expect(await account.standing(command)).toBe("Success/Success");
  });

  addCase("a node that comes back after ExpiresAfter changes nothing", async (open) => {
    const account = open(silent);
    const command = await account.send(shortLived);
    await account.fake.clock.advance("35s");
    account.fake.nodes.list()[0]!.comeBack();
    expect(await account.standings(command)).toEqual(["TimedOut/DeliveryTimedOut"]);
  });

  addCase("an agent that never replies runs into the delivery time-out", async (open) => {
    const account = open({ nodes: [{ behavior: { type: "neverReplies" } }] });
    const command = await account.send(shortLived);
    await account.fake.clock.advance("35s");
    expect(await account.standings(command)).toEqual(["TimedOut/DeliveryTimedOut"]);
  });

  addCase("a node that is given up is Undeliverable", async (open) => {
    const account = open({ nodes: [{ agent: "undeliverable" }] });
    const command = await account.send();
    const { Status, StatusDetails, ResponseCode } = await account.invocation(command);
    expect([Status, StatusDetails, ResponseCode]).toEqual(["Failed", "Undeliverable", -1]);
  });

  addCase("only Undeliverable nodes make a command Failed, without an error", async (open) => {
    const account = open({ nodes: [{ agent: "undeliverable" }] });
    const command = await account.send();
    expect([await account.standing(command), await account.counts(command)]).toEqual([
      "Failed/Failed",
      [1, 1, 0, 0],
    ]);
  });

  addCase("Undeliverable nodes beside a success leave the command Success", async (open) => {
    const account = open({ nodes: [{ agent: "undeliverable" }, {}] });
    expect(await account.standing(await account.send())).toBe("Success/Success");
  });
}
