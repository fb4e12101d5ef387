import { type FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import type * as records from "../../src/fake/account/command-record.ts";
import type * as rollUps from "../../src/fake/engine/roll-up.ts";
import type * as views from "../../src/fake/ssm/commands/views.ts";
import { aFleet, countLooks, type Steps, sendToAll, stepsOf, totalOf } from "./counted-steps.ts";

vi.setConfig({ testTimeout: 60_000 });

const steps: Steps = vi.hoisted(() => ({ engine: 0, queue: 0, looks: 0 }));

vi.mock("../../src/fake/account/command-record.ts", async (importActual) => {
  const actual = await importActual<typeof records>();
  const newCommandRecord: typeof actual.newCommandRecord = (request, options) =>
    countLooks(actual.newCommandRecord(request, options), steps);
  return { ...actual, newCommandRecord };
});
vi.mock("../../src/fake/engine/roll-up.ts", async (importActual) => {
  const actual = await importActual<typeof rollUps>();
  const rollUpInvocations: typeof actual.rollUpInvocations = (rollout, rules) => {
    steps.engine++;
    return actual.rollUpInvocations(rollout, rules);
  };
  return { ...actual, rollUpInvocations };
});
vi.mock("../../src/fake/ssm/commands/views.ts", async (importActual) => {
  const actual = await importActual<typeof views>();
  const toCommand: typeof actual.toCommand = (command, account) => {
    steps.engine++;
    return actual.toCommand(command, account);
  };
  const toInvocation: typeof actual.toInvocation = (command, invocation, shows) => {
    steps.engine++;
    return actual.toInvocation(command, invocation, shows);
  };
  return { ...actual, toCommand, toInvocation };
});

/** A read, given the id of the command that was sent last. */
type Read = (fake: FakeSsm, commandId: string) => Promise<unknown>;

const LOOKUPS: Readonly<Record<string, Read>> = {
  GetCommandInvocation: (fake, CommandId) =>
    fake.getCommandInvocation({ CommandId, InstanceId: "i-00000000" }),
  "ListCommands of one command": (fake, CommandId) => fake.listCommands({ CommandId }),
  "ListCommandInvocations of one invocation": (fake, CommandId) =>
    fake.listCommandInvocations({ CommandId, InstanceId: "i-00000001" }),
};

const PAGES: Readonly<Record<string, (fake: FakeSsm, page: Page) => Promise<Page>>> = {
  ListCommands: (fake, page) => fake.listCommands(page),
  ListCommandInvocations: (fake, page) => fake.listCommandInvocations(page),
};

interface Page {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number;
}

const STORES = [10, 1_000] as const;

describe("what is stored", () => {
  it.each(Object.entries(LOOKUPS))("does not make %s dearer", async (_, read) => {
    const [small, large] = await costsOf(read);
    expect(large).toBe(small);
  });

  it.each(Object.entries(PAGES))("does not make the first page of %s dearer", async (_, list) => {
    const [small, large] = await costsOf((fake) => list(fake, { MaxResults: 5 }));
    expect(large).toBe(small);
  });

  it("makes a read of everything dearer, which shows that the count sees it", async () => {
    const [small, large] = await costsOf(async (fake) => fake.timeline());
    expect(large).toBeGreaterThan(small * 50);
  });
});

describe.each(Object.entries(PAGES))("a page of %s", (_, list) => {
  it("costs ten times as much with ten times as many items, at most", async () => {
    const { fake } = await aStore(200);
    const cost = async (MaxResults: number) =>
      totalOf(await stepsOf(steps, () => list(fake, { MaxResults })));
    const [small, large] = [await cost(5), await cost(50)];
    expect(large).toBeLessThanOrEqual(small * 10);
  });

  it("costs the same deep in the list as at its beginning", async () => {
    const { fake } = await aStore(200);
    let page: Page = { MaxResults: 5 };
    const costs: number[] = [];
    for (let count = 0; count < 30; count++) {
      const taken = await stepsOf(steps, async () => {
        page = { MaxResults: 5, ...tokenOf(await list(fake, page)) };
      });
      costs.push(totalOf(taken));
    }
    expect(Math.max(...costs)).toBeLessThanOrEqual(Math.min(...costs) * 1.25);
  });

  it("costs the same of one command of 10,000 nodes as of one of 100", async () => {
    const cost = async (size: number) => {
      const fake = aFleet(size, () => ({ behavior: succeeds() }));
      const CommandId = await sendToAll(fake, { MaxConcurrency: "100%" });
      await fake.clock.advance("1s");
      const asked = { CommandId, MaxResults: 5 };
      return totalOf(await stepsOf(steps, () => list(fake, asked)));
    };
    expect(await cost(10_000)).toBe(await cost(100));
  });
});

function tokenOf({ NextToken }: Page): Page {
  return NextToken === undefined ? {} : { NextToken };
}

/** What a read costs in the small store and in the large one. */
async function costsOf(read: Read): Promise<readonly [small: number, large: number]> {
  const costs: number[] = [];
  for (const size of STORES) {
    const { fake, commandId } = await aStore(size);
    costs.push(totalOf(await stepsOf(steps, () => read(fake, commandId))));
  }
  return [costs[0]!, costs[1]!];
}

/** So many commands that have ended, each on two nodes. */
async function aStore(
  size: number,
): Promise<{ readonly fake: FakeSsm; readonly commandId: string }> {
  const fake = aFleet(2, () => ({ behavior: succeeds() }));
  let commandId = "";
  for (let count = 0; count < size; count++) commandId = await sendToAll(fake);
  await fake.clock.advance("1s");
  return { fake, commandId };
}
