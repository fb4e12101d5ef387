// What people write today: a deployment, and the ways to wait for its end with timers of one's own. Nothing here knows of
// the package.
import timersPromises, { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import {
  CancelCommandCommand,
  GetCommandInvocationCommand,
  SendCommandCommand,
  type SSMClient,
  waitUntilCommandExecuted,
} from "@aws-sdk/client-ssm";

export interface Deployment {
  readonly CommandId: string;
  readonly InstanceId: string;
}

export async function startDeployment(ssm: SSMClient, instanceId: string): Promise<Deployment> {
  const request = {
    DocumentName: "AWS-RunShellScript",
    Parameters: { commands: ["./deploy.sh"] },
    InstanceIds: [instanceId],
  };
  const { Command } = await ssm.send(new SendCommandCommand(request));
  return { CommandId: Command?.CommandId ?? "", InstanceId: instanceId };
}

/** The status of a deployment that is over; undefined while it runs. */
export async function lookAt(ssm: SSMClient, deployment: Deployment): Promise<string | undefined> {
  const { Status = "Pending" } = await ssm.send(new GetCommandInvocationCommand(deployment));
  return ["Pending", "InProgress", "Delayed"].includes(Status) ? undefined : Status;
}

/** Looks again and again, and waits in between as the caller says. */
export async function pollWith(
  pause: () => Promise<unknown>,
  ssm: SSMClient,
  instanceId: string,
): Promise<string> {
  const deployment = await startDeployment(ssm, instanceId);
  for (;;) {
    await pause();
    const status = await lookAt(ssm, deployment);
    if (status !== undefined) return status;
  }
}

/** With the global `setTimeout`. */
export function pollEvery(ms: number, ssm: SSMClient, instanceId: string): Promise<string> {
  return pollWith(() => new Promise((resolve) => setTimeout(resolve, ms)), ssm, instanceId);
}

/** With the `setTimeout` of `node:timers/promises`, imported by name. */
export function pollAsleep(ms: number, ssm: SSMClient, instanceId: string): Promise<string> {
  return pollWith(() => sleep(ms), ssm, instanceId);
}

/** With the same `setTimeout`, as a member of the default export. */
export function pollAsleepOf(ms: number, ssm: SSMClient, instanceId: string): Promise<string> {
  return pollWith(() => timersPromises.setTimeout(ms), ssm, instanceId);
}

/** With `promisify`, called where it is needed. */
export function pollWithPromisified(
  ms: number,
  ssm: SSMClient,
  instanceId: string,
): Promise<string> {
  return pollWith(() => promisify(setTimeout)(ms), ssm, instanceId);
}

/** With AWS's waiter and its default delays. */
export async function awaitWithWaiter(client: SSMClient, instanceId: string): Promise<string> {
  const deployment = await startDeployment(client, instanceId);
  const { state } = await waitUntilCommandExecuted({ client, maxWaitTime: 3_600 }, deployment);
  return state;
}

/** Until `Date.now()` has come to a deadline. */
export async function pollUntilDeadline(
  patience: number,
  ssm: SSMClient,
  instanceId: string,
): Promise<string> {
  const deployment = await startDeployment(ssm, instanceId);
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const status = await lookAt(ssm, deployment).catch(() => undefined); // too early for a look
    if (status !== undefined) return status;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  }
  return "out of patience";
}

/** With an interval that is cleared in the end. */
export async function pollByInterval(
  ms: number,
  ssm: SSMClient,
  instanceId: string,
): Promise<string> {
  const deployment = await startDeployment(ssm, instanceId);
  return new Promise((resolve, reject) => {
    const interval = setInterval(async () => {
      try {
        const status = await lookAt(ssm, deployment);
        if (status === undefined) return;
        clearInterval(interval);
        resolve(status);
      } catch (error) {
        clearInterval(interval);
        reject(error);
      }
    }, ms);
  });
}

/** Until a signal with a time-out aborts; the deployment is then cancelled. */
export async function pollUntilAborted(
  patience: number,
  ssm: SSMClient,
  instanceId: string,
): Promise<string> {
  const signal = AbortSignal.timeout(patience);
  const deployment = await startDeployment(ssm, instanceId);
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const status = await lookAt(ssm, deployment);
    if (status !== undefined) return status;
  }
  await ssm.send(new CancelCommandCommand({ CommandId: deployment.CommandId }));
  return `cancelled: ${signal.reason.name}`;
}
