import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SendAct } from "../support/fleet-acts.ts";
import { type ReadStep, setups, WALK_START, walkSeed, walks } from "../support/fleet-steps.ts";
import { FleetWalk } from "../support/fleet-walk.ts";
import { rejectionOf } from "../support/rejection.ts";
import { aWalk, cancel, comeBack, send, type WrittenWalk, wait } from "../support/written-walks.ts";
import {
  type CommandWords,
  type InvocationWords,
  naiveCommands,
  naiveInvocations,
  naiveRefusal,
} from "./naive-answers.ts";
import { replay } from "./naive-run-command.ts";
import type { NaiveWorld } from "./naive-world.ts";
import { EXAMPLES } from "./pair-walks.ts";

/** Walks on which the two once disagreed. */
const PARTINGS: Readonly<Record<string, WrittenWalk>> = {
  // Row 4 of [rules-roll-up]: an alarm stops what is open. At one instant, expiry and results come first
  // [rules-instant-order].
  "an alarm that is read as the last invocation ends stops nothing": aWalk(
    { behavior: { type: "neverReplies" } },
    [send({ watchesAlarm: true }), wait(60)],
  ),
  // A cancel changes nothing for an agent that is done [rules-cancel]; a late reply changes nothing either
  // [rules-late-replies].
  "a cancel between a late reply and the sweep leaves the invocation to the sweep": aWalk(
    { agent: "unreachable", lateness: { cancelLatency: 0, expirySweepLag: 30 } },
    [send(), wait(50), comeBack(0), comeBack(1), wait(25), cancel, wait(30)],
  ),
};

describe("a fake and a second, naive Run Command", () => {
  it("give the same answers after every step of 1,000 walks", async () => {
    await fc.assert(
      fc.asyncProperty(setups, walks, (setup, steps) => expectAgreement({ setup, steps })),
      { numRuns: 1_000, seed: walkSeed(), examples: EXAMPLES },
    );
  }, 180_000);

  it.each(Object.entries(PARTINGS))("agree that %s", (_, walk) => expectAgreement(walk));
});

async function expectAgreement({ setup, steps }: WrittenWalk): Promise<void> {
  const walk = new FleetWalk(setup);
  for (const step of steps) {
    const before = naiveWorldOf(walk);
    const { act, refusal, sent } = await walk.take(step);
    expect(refusal).toBe(act && naiveRefusal(act, before));
    if (sent?.Command !== undefined && act?.type === "send") {
      expect(commandWords(sent.Command)).toEqual(freshWords(sent.Command, act));
    }
    const world = naiveWorldOf(walk);
    if (step.type === "read") await expectSameRead(step, { walk, world });
    await expectSameLists(walk, world);
  }
  await expectSameInvocations(walk, naiveWorldOf(walk));
}

function naiveWorldOf({ acts, setup, fake }: FleetWalk): NaiveWorld {
  return replay(acts, { ...setup, now: fake.clock.now() });
}

async function expectSameLists(walk: FleetWalk, world: NaiveWorld): Promise<void> {
  const commands = await walk.listCommands();
  expect(commands.map(commandWords)).toEqual(naiveCommands(world));
  const invocations = await walk.listInvocations();
  expect(invocations.map(invocationWords)).toEqual(naiveInvocations(world));
}

/** One question, in pages of its size, to both. */
async function expectSameRead(
  step: ReadStep,
  { walk, world }: { readonly walk: FleetWalk; readonly world: NaiveWorld },
): Promise<void> {
  const commandId = step.command === undefined ? undefined : walk.commandId(step.command);
  const instanceId = step.node === undefined ? undefined : walk.instanceId(step.node);
  if (step.operation === "GetCommandInvocation") {
    if (commandId !== undefined && instanceId !== undefined) {
      await expectSameInvocation({ commandId, instanceId }, { walk, world });
    }
    return;
  }
  const Filters = step.filters.map((filter) => ({
    key: filter.key,
    value:
      "seconds" in filter
        ? new Date(WALK_START + filter.seconds * 1_000).toISOString()
        : filter.value,
  }));
  const question = {
    ...(commandId === undefined ? {} : { CommandId: commandId }),
    ...(instanceId === undefined ? {} : { InstanceId: instanceId }),
    ...(Filters.length === 0 ? {} : { Filters }),
  };
  const asked = { ...question, MaxResults: step.pageSize };
  if (step.operation === "ListCommands") {
    const commands = await walk.listCommands(asked);
    expect(commands.map(commandWords)).toEqual(naiveCommands(world, question));
  } else {
    const invocations = await walk.listInvocations(asked);
    expect(invocations.map(invocationWords)).toEqual(naiveInvocations(world, question));
  }
}

/** Every invocation of the account, one by one. */
async function expectSameInvocations(walk: FleetWalk, world: NaiveWorld): Promise<void> {
  for (const { commandId, invocations } of world.commands) {
    for (const { instanceId } of invocations) {
      await expectSameInvocation({ commandId, instanceId }, { walk, world });
    }
  }
}

async function expectSameInvocation(
  { commandId, instanceId }: { readonly commandId: string; readonly instanceId: string },
  { walk, world }: { readonly walk: FleetWalk; readonly world: NaiveWorld },
): Promise<void> {
  const ids = { CommandId: commandId, InstanceId: instanceId };
  const [naive] = naiveInvocations(world, ids);
  const asked = walk.fake.getCommandInvocation(ids);
  if (naive === undefined) {
    expect(await rejectionOf(asked)).toMatchObject({ name: "InvocationDoesNotExist" });
  } else expect(await asked).toMatchObject(naive);
}

function commandWords(command: Command): CommandWords {
  return {
    CommandId: command.CommandId,
    Status: command.Status,
    StatusDetails: command.StatusDetails,
    TargetCount: command.TargetCount,
    CompletedCount: command.CompletedCount,
    ErrorCount: command.ErrorCount,
    DeliveryTimedOutCount: command.DeliveryTimedOutCount,
  };
}

/** SendCommand always returns Pending, and knows the number of nodes only when they were named [rules-targets]. */
function freshWords({ CommandId }: Command, { chosen }: SendAct): CommandWords {
  return {
    CommandId,
    Status: "Pending",
    StatusDetails: "Pending",
    TargetCount: chosen.by === "ids" ? chosen.instanceIds.length : 0,
    CompletedCount: 0,
    ErrorCount: 0,
    DeliveryTimedOutCount: 0,
  };
}

function invocationWords(invocation: CommandInvocation): InvocationWords {
  return {
    CommandId: invocation.CommandId,
    InstanceId: invocation.InstanceId,
    Status: invocation.Status,
    StatusDetails: invocation.StatusDetails,
    ResponseCode: invocation.CommandPlugins?.[0]?.ResponseCode,
  };
}
