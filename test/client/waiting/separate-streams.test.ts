import { RunCommandClient, runShellScript } from "ssm-run-command";
import { FakeSsm, fails, hangs, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";

/** The outcome of a script on these nodes, and the nodes whose streams were read. */
async function outcomeOf(fake: FakeSsm, options: { invocations?: "unsuccessful" | "none" } = {}) {
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
