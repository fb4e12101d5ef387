// Code with timers of its own and a fake on the wall clock, for runners that fake the timers of both.
import type { SSMClient } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript, systemClock } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { awaitWithWaiter, pollEvery } from "./deploys.ts";

/** How a wait went. */
export interface Waited {
  readonly outcome: string;
  /** Minutes that the faked `Date` has moved by. */
  readonly minutes: number;
}

async function waited(
  wait: (ssm: SSMClient, instanceId: string) => Promise<string>,
): Promise<Waited> {
  const fake = new FakeSsm({ clock: systemClock });
  const { instanceId } = fake.nodes.add({ behavior: succeeds({ after: "50m" }) });
  const begun = Date.now();
  const outcome = await wait(fake.client(), instanceId);
  return { outcome, minutes: Math.floor((Date.now() - begun) / 60_000) };
}

/** Deployments that take fifty minutes, by how their end is waited for, with what comes of it. */
export const FIFTY_MINUTES = [
  {
    how: "setTimeout of thirty seconds",
    expected: "Success",
    deploy: () => waited((ssm, instanceId) => pollEvery(30_000, ssm, instanceId)),
  },
  {
    how: "AWS's waiter",
    expected: "SUCCESS",
    deploy: () => waited(awaitWithWaiter),
  },
];

/** How waits on virtual time end, of behaviors that are functions and of plain data: runners fake `queueMicrotask`, too. */
export async function endsOnVirtualTime(): Promise<readonly string[]> {
  const ends: string[] = [];
  for (const behavior of [() => succeeds(), async () => succeeds(), succeeds()]) {
    const fake = new FakeSsm();
    const { instanceId } = fake.nodes.add({ behavior });
    const request = { ...runShellScript("./deploy.sh"), InstanceIds: [instanceId] };
    const sent = await new RunCommandClient(fake.client()).send(request);
    ends.push((await sent.waitForTerminal()).kind);
  }
  return ends;
}
