// What a bubble costs: code that waits for a command with timers of its own for fifty virtual minutes, in `inVirtualTime`,
// beside the same number of calls of the SDK without a wait, in the same run. What is printed is real time per look beyond what
// the SDK's call costs. Run it with `npm run bench:bubble`. Machines are noisy: read the ratio.
import { setTimeout as sleep } from "node:timers/promises";
import {
  GetCommandInvocationCommand,
  SendCommandCommand,
  type SSMClient,
  waitUntilCommandExecuted,
} from "@aws-sdk/client-ssm";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { inVirtualTime } from "ssm-run-command/fake/node";

const ROUNDS = 5;
const FIFTY_MINUTES_MS = 50 * 60_000;

/** Waits for a command, and returns how often it has looked. */
type Wait = (ssm: SSMClient, look: () => Promise<boolean>) => Promise<unknown>;

const WAITS: readonly { readonly name: string; readonly atMostMs: number; readonly wait: Wait }[] =
  [
    {
      name: "own setTimeout loop, a look every 30 s",
      atMostMs: 6,
      wait: async (_, look) => {
        while (await look()) await new Promise((resolve) => setTimeout(resolve, 30_000));
      },
    },
    {
      name: "AWS's waiter with its default delays",
      atMostMs: 6,
      wait: async (ssm, look) => {
        const input = { CommandId: sent.commandId, InstanceId: sent.instanceId };
        await waitUntilCommandExecuted({ client: ssm, maxWaitTime: 7_200 }, input);
        await look();
      },
    },
    {
      name: "timers/promises, a look every 5 s",
      atMostMs: 4,
      wait: async (_, look) => {
        while (await look()) await sleep(5_000);
      },
    },
  ];

const sent = { commandId: "", instanceId: "" };

async function lookOnce(ssm: SSMClient): Promise<boolean> {
  const { commandId: CommandId, instanceId: InstanceId } = sent;
  const { Status } = await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
  return Status === "Pending" || Status === "InProgress";
}

/** Real milliseconds of a wait in a bubble, and its looks. */
async function waited(wait: Wait): Promise<{ readonly ms: number; readonly looks: number }> {
  const fake = new FakeSsm({ behavior: succeeds({ after: `${FIFTY_MINUTES_MS}ms` }) });
  const { instanceId } = fake.nodes.add();
  const ssm = fake.client();
  const startedAt = performance.now();
  const looks = await inVirtualTime(fake, async () => {
    const { Command } = await ssm.send(
      new SendCommandCommand({
        DocumentName: "AWS-RunShellScript",
        Parameters: { commands: ["./deploy.sh"], executionTimeout: ["7200"] },
        InstanceIds: [instanceId],
      }),
    );
    Object.assign(sent, { commandId: Command?.CommandId, instanceId });
    await wait(ssm, () => lookOnce(ssm));
    return fake.journal.entries().filter((entry) => entry.operation === "GetCommandInvocation")
      .length;
  });
  return { ms: performance.now() - startedAt, looks };
}

/** Real milliseconds of as many calls, one after the other, outside of any bubble. */
async function called(looks: number): Promise<number> {
  const fake = new FakeSsm();
  const { instanceId } = fake.nodes.add();
  const ssm = fake.client();
  const { Command } = await ssm.send(
    new SendCommandCommand({
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["./deploy.sh"] },
      InstanceIds: [instanceId],
    }),
  );
  Object.assign(sent, { commandId: Command?.CommandId, instanceId });
  const startedAt = performance.now();
  for (let look = 0; look < looks; look++) await lookOnce(ssm);
  return performance.now() - startedAt;
}

for (const { name, atMostMs, wait } of WAITS) {
  const bubbles: number[] = [];
  const calls: number[] = [];
  let looks = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const inside = await waited(wait);
    looks = inside.looks;
    bubbles.push(inside.ms / looks);
    calls.push((await called(looks)) / looks);
  }
  const [bubble, call] = [median(bubbles), median(calls)];
  console.log(
    `${name}: ${looks} looks, ${(bubble - call).toFixed(3)} ms a look beyond the SDK's call (bound: ${atMostMs} ms); ${bubble.toFixed(3)} ms in the bubble, ${call.toFixed(3)} ms the call alone, ratio ${(bubble / call).toFixed(2)}`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
