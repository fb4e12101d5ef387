import { setTimeout as pause } from "node:timers/promises";
import {
  type CommandOutcome,
  MaybeSentError,
  RunCommandClient,
  RunCommandError,
  runShellScript,
  type SendRequest,
  type SentCommand,
} from "ssm-run-command";
import { readCommandOutput, tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import type { WorldArgument } from "ssm-run-command/explore";
import { aSource } from "../client/waiting/a-source.ts";

/** A way in which our own client is used to run a command to its end. */
export type OwnWay = (world: WorldArgument) => Promise<CommandOutcome>;

/** So many tries in a row may fail, 7 s apart: longer than any trouble of the worlds that passes. */
const MOST_FAILURES = 60;

const requestIn = ({ target }: WorldArgument): SendRequest => ({
  ...runShellScript("./deploy.sh"),
  ...target,
});

/** Sends, and finds the command if nobody knows whether it was sent. */
async function sendOrFind(client: RunCommandClient, request: SendRequest): Promise<SentCommand> {
  try {
    return await client.send(request);
  } catch (error) {
    const found = error instanceof MaybeSentError ? await error.find() : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/** Tries again and again, as a scheduler does it. */
async function persistently<T>(attempt: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (failures === MOST_FAILURES) throw error;
      await pause(7_000);
    }
  }
}

export const OWN_WAYS: Readonly<Record<string, OwnWay>> = {
  "send().waitForTerminal()": async (world) => {
    const sent = await sendOrFind(new RunCommandClient(world.ssm), requestIn(world));
    return sent.waitForTerminal();
  },

  "once, by two runs of one job": async (world) => {
    const client = new RunCommandClient(world.ssm);
    const job = () => persistently(() => client.send(requestIn(world), { once: "deploy-1a2b" }));
    await job();
    await pause(15_000);
    return (await job()).waitForTerminal();
  },

  "looks, one after another": async (world) => {
    const sent = await sendOrFind(new RunCommandClient(world.ssm), requestIn(world));
    for (;;) {
      const look = await persistently(() => sent.look());
      if (look.kind !== "running" && look.kind !== "unknown") return look;
      await pause(30_000);
    }
  },

  "waits that are woken": async (world) => {
    const source = aSource();
    world.fake.notifications.on((told) => source.push(told));
    const sent = await sendOrFind(new RunCommandClient(world.ssm), requestIn(world));
    return sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "5m" });
  },

  "a tail, and then the outcome": async (world) => {
    const request = { ...requestIn(world), CloudWatchOutputConfig: world.logsConfig };
    const sent = await sendOrFind(new RunCommandClient(world.ssm), request);
    try {
      for await (const { text } of tailCommandOutput(world.logs, sent)) void text;
    } catch (error) {
      // Output that is missing, or may not be read, says nothing of the command.
      if (!(error instanceof RunCommandError)) throw error;
    }
    return sent.waitForTerminal();
  },

  "the outcome, and then its output": async (world) => {
    const request = { ...requestIn(world), CloudWatchOutputConfig: world.logsConfig };
    const sent = await sendOrFind(new RunCommandClient(world.ssm), request);
    const outcome = await sent.waitForTerminal();
    await readCommandOutput(world.logs, outcome);
    return outcome;
  },
};
