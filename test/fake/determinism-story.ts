import {
  CancelCommandCommand,
  GetCommandInvocationCommand,
  ListCommandsCommand,
  SendCommandCommand,
} from "@aws-sdk/client-ssm";
import {
  cloudWatchOutput,
  RunCommandClient,
  runShellScript,
  tagTargets,
  type WaitOptions,
} from "ssm-run-command";
import { FakeSsm, fails, hangs, inOrder, reboots, succeeds } from "ssm-run-command/fake";

/** The output of the story, and the time zone and the language that the process really has. */
export interface Telling {
  readonly story: string;
  readonly place: string;
}

/** A story with everything that could differ between two runs: random numbers, retries, ids, times, strings, orders. */
export async function tellStory(seed: number): Promise<Telling> {
  const fake = new FakeSsm({ seed, latency: "measured" });
  for (const name of ["ä", "z", "I", "i", "ı"]) {
    fake.nodes.add({
      name,
      tags: { Role: "web" },
      behavior: inOrder(
        ({ random }) => succeeds({ after: `${Math.floor(random() * 90_000)}ms`, stdout: "ä\n" }),
        reboots({ takes: "30s", then: fails({ exitCode: 7, after: "5s" }) }),
      ),
    });
  }
  fake.nodes.add({ tags: { Role: "web" }, agent: "unreachable" });
  const stuck = fake.nodes.add({ tags: { Role: "db" }, behavior: hangs({ stdout: "…\n" }) });
  fake.faults.throttle("*", { probability: 0.2 });
  fake.faults.slow("ListCommands", { probability: 0.3, by: "700ms" });
  fake.on("ListCommandInvocations", () => undefined);

  const ssm = fake.client({ maxAttempts: 20 });
  const request = { ...runShellScript("./deploy.sh"), CloudWatchOutputConfig: cloudWatchOutput() };
  const runCommand = new RunCommandClient(ssm);
  for (const options of [{ pollEvery: "2m" }, {}] satisfies WaitOptions[]) {
    const sent = await runCommand.send({ ...request, Targets: tagTargets({ Role: "web" }) });
    await sent.waitForTerminal(options);
  }
  const InstanceIds = [stuck.instanceId];
  const { Command } = await ssm.send(new SendCommandCommand({ ...request, InstanceIds }));
  const CommandId = Command?.CommandId;
  await fake.clock.advance("1m");
  await ssm.send(new CancelCommandCommand({ CommandId }));
  await fake.clock.advance("1m");
  const told = [
    await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId: InstanceIds[0] })),
    await ssm.send(new ListCommandsCommand({})),
    fake.journal.entries({ showParameters: true }),
    fake.notifications.list(),
    fake.timeline(),
    fake.clock.now(),
  ];
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
  return { story: JSON.stringify(told, null, 1), place: `${timeZone} ${locale}` };
}
