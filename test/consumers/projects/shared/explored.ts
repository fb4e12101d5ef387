// A function of a user in many worlds, for no particular runner: each project runs it with its own.
import assert from "node:assert/strict";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { RunCommandClient, runShellScript } from "ssm-run-command";
import { explore, type World, type WorldArgument } from "ssm-run-command/explore";
import { AssertionError, fails, succeeds } from "ssm-run-command/fake";
import { pollEvery } from "./deploys.ts";

const worlds: readonly World[] = [
  { name: "all is well", nodes: [{ behavior: succeeds({ after: "90s" }) }] },
  { name: "the second of two fails late", nodes: [{}, { behavior: fails({ after: "20m" }) }] },
  { name: "one node by its id", nodes: [{ behavior: fails({ exitCode: 7 }) }], target: "ids" },
];

/** Looks at a node every five seconds, by timers of its own. */
async function polls({ ssm, fake }: WorldArgument): Promise<boolean> {
  const [first] = fake.nodes.list();
  return (await pollEvery(5_000, ssm, first?.instanceId ?? "")) === "Success";
}

async function waits({ ssm, logs, target, logsConfig, signal }: WorldArgument): Promise<unknown> {
  const request = { ...runShellScript("./deploy.sh"), ...target };
  const sent = await new RunCommandClient(ssm).send({
    ...request,
    CloudWatchOutputConfig: logsConfig,
  });
  const outcome = await sent.waitForTerminal({ signal });
  await logs.send(new DescribeLogGroupsCommand({}));
  return outcome;
}

export const explored: Readonly<Record<string, () => Promise<void>>> = {
  "a function that waits is right in every world": async () => {
    const report = await explore(waits, { worlds, seed: 7 });
    assert.deepEqual([report.ran, report.wrong, report.allowed], [3, [], []]);
    report.throwIfWrong();
  },

  "a function that says nothing of failures lies, and the smallest world is shown": async () => {
    const hopes = async (world: WorldArgument) => void (await waits(world));
    const report = await explore(hopes, { worlds, seed: 7 });
    assert.deepEqual(
      report.wrong.map(({ verdict, world, nodes }) => [verdict, world, nodes]),
      [
        ["lied", "the second of two fails late", 1],
        ["lied", "one node by its id", 1],
      ],
    );
    assert.match(report.wrong[0]?.code ?? "", /new FakeSsm\(.*\bhopes\(/s);
    assert.throws(
      () => report.throwIfWrong(),
      (error) => error instanceof AssertionError && error.message.includes("2 of 3 worlds"),
    );
  },

  "timers of its own run in the time of each world": async () => {
    (await explore(polls, { worlds })).throwIfWrong();
    const hangs = () => new Promise((resolve) => setTimeout(resolve, 86_400_000));
    const { wrong } = await explore(hangs, { worlds });
    assert.deepEqual(
      wrong.map(({ verdict }) => verdict),
      ["hung", "hung", "hung"],
    );
  },

  "the same seed gives the same report": async () => {
    const hopes = async (world: WorldArgument) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60_000));
      await polls(world);
    };
    const once = async () => JSON.stringify(await explore(hopes, { worlds, seed: 3 }));
    assert.equal(await once(), await once());
  },
};
