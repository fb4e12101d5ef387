import {
  type RunCommandApi,
  RunCommandClient,
  runShellScript,
  type WaitOptions,
} from "ssm-run-command";
import { FakeSsm, fails, hangs, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";

/** The outcome of a script on these nodes, and the nodes whose streams were read. */
async function outcomeOf(
  fake: FakeSsm,
  options: Pick<WaitOptions, "invocations" | "separateStreams"> = {},
) {
  const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
  const request = {
    ...runShellScript("./a.sh", { executionTimeout: "60s" }),
    InstanceIds,
    MaxErrors: "100%" as const,
  };
  const sent = await new RunCommandClient(fake).send(request);
  const outcome = await sent.waitForTerminal(options);
  const readings = fake.journal
    .entries()
    .filter((entry) => entry.type === "call" && entry.operation === "GetCommandInvocation").length;
  return { ...outcome, readings };
}

const failing = fails({ exitCode: 7, stdout: "out\n", stderr: "err\n" });
const manyThatFail: NodeOptions[] = Array.from({ length: 8 }, () => ({ behavior: failing }));

it("a node that failed has its streams apart, beside the merged text", async () => {
  const { invocations } = await outcomeOf(new FakeSsm({ nodes: [{ behavior: failing }] }));
  expect(invocations[0]?.plugins[0]).toMatchObject({
    exitCode: 7,
    stdout: "out\n",
    stderr: "err\nfailed to run commands: exit status 7",
    output: "out\n\n----------ERROR-------\nerr\nfailed to run commands: exit status 7",
  });
});

it("so has one that ran into its execution time-out", async () => {
  const behavior = hangs({ stdout: "waiting\n" });
  const { invocations } = await outcomeOf(new FakeSsm({ nodes: [{ behavior }] }));
  expect(invocations[0]?.plugins[0]).toMatchObject({ stdout: "waiting\n", stderr: "" });
});

it("of eight that failed, the first five by id have them", async () => {
  const { invocations, readings } = await outcomeOf(new FakeSsm({ nodes: manyThatFail }));
  const read = invocations.filter(({ plugins }) => plugins[0]?.stderr !== undefined);
  expect(readings).toBe(5);
  expect(read.map(({ instanceId }) => instanceId.at(-1)).sort()).toEqual(["1", "2", "3", "4", "5"]);
});

it.each([
  [0, 0],
  [1, 1],
  [7, 7],
  [60, 8],
] as const)("with separateStreams: %i, %i of eight have them", async (separateStreams, read) => {
  const outcome = await outcomeOf(new FakeSsm({ nodes: manyThatFail }), { separateStreams });
  const apart = outcome.invocations.filter(({ plugins }) => plugins[0]?.stderr !== undefined);
  expect([outcome.readings, apart.length]).toEqual([read, read]);
});

it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
  "separateStreams of %d are refused",
  async (separateStreams) => {
    const outcome = outcomeOf(new FakeSsm({ nodes: manyThatFail }), { separateStreams });
    await expect(outcome).rejects.toThrow(
      `separateStreams is ${separateStreams}. Give it a whole number, 0 or more.`,
    );
  },
);

it("of five hundred that failed, all are read, ten at once", async () => {
  const fake = new FakeSsm();
  const InstanceIds = Array.from(
    { length: 500 },
    () => fake.nodes.add({ behavior: failing }).instanceId,
  );
  const seen = { now: 0, most: 0, all: 0 };
  const counting: RunCommandApi = {
    clock: fake.clock,
    sendCommand: fake.sendCommand,
    cancelCommand: fake.cancelCommand,
    listCommands: fake.listCommands,
    listCommandInvocations: fake.listCommandInvocations,
    getCommandInvocation: async (input, options) => {
      seen.all++;
      seen.most = Math.max(seen.most, ++seen.now);
      return fake.getCommandInvocation(input, options).finally(() => seen.now--);
    },
  };
  const limits = { MaxConcurrency: "100%", MaxErrors: "100%" };
  const request = { ...runShellScript("./a.sh"), InstanceIds, ...limits };
  const sent = await new RunCommandClient(counting).sendAll(request);
  const { invocations } = await sent.waitForTerminal({ separateStreams: 500 });
  expect(seen).toEqual({ now: 0, most: 10, all: 500 });
  expect(invocations.every(({ plugins }) => plugins[0]?.stderr?.startsWith("err"))).toBe(true);
});

it("a node that succeeded, and one that was never reached, cost no reading", async () => {
  const nodes: NodeOptions[] = [{ behavior: succeeds() }, { agent: "unreachable" }];
  expect((await outcomeOf(new FakeSsm({ nodes }))).readings).toBe(0);
});

it("nothing is read for `none`", async () => {
  const fake = new FakeSsm({ nodes: manyThatFail });
  expect((await outcomeOf(fake, { invocations: "none" })).readings).toBe(0);
});

it("`truncated` speaks of the streams where they were read apart", async () => {
  const cut = async (length: number) => {
    const behavior = fails({ stdout: "x".repeat(length) });
    const { invocations } = await outcomeOf(new FakeSsm({ nodes: [{ behavior }] }));
    return invocations[0]?.plugins[0]?.truncated;
  };
  expect([await cut(2_000), await cut(5_000), await cut(24_000)]).toEqual([false, false, true]);
});

it("a refusal of the reading does not hide the outcome", async () => {
  const fake = new FakeSsm({ nodes: [{ behavior: failing }] });
  fake.faults.denyAccess("GetCommandInvocation", { every: 1 });
  const { kind, invocations } = await outcomeOf(fake);
  expect([kind, invocations[0]?.plugins[0]?.stderr]).toEqual(["failed", undefined]);
});

it("an abort during the reading is the caller's own", async () => {
  const fake = new FakeSsm({ nodes: [{ behavior: failing }] });
  const aborting = new AbortController();
  fake.on("GetCommandInvocation", () => aborting.abort("enough") as undefined);
  const [{ instanceId } = { instanceId: "" }] = fake.nodes.list();
  const sent = await new RunCommandClient(fake).send({
    ...runShellScript("./a.sh"),
    InstanceIds: [instanceId],
  });
  expect(await rejectionOf(sent.waitForTerminal({ signal: aborting.signal }))).toBe("enough");
});
