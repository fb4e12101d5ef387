import { readFileSync } from "node:fs";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { cloudWatchOutput, type SentFleet } from "ssm-run-command";
import { tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { type FakeSsm, succeeds } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import { aSource } from "../waiting/a-source.ts";
import { aFleet } from "./a-fleet.ts";

const SIZES = [5, 50, 500];

type Use = (sent: SentFleet, fake: FakeSsm) => Promise<unknown>;

/** Calls of the send, and of what is done with its handle. */
async function callsOf(count: number, use: Use, MaxConcurrency: string | undefined) {
  const { fake, runCommand, request } = aFleet(count, {
    node: (index) => ({
      behavior: succeeds({ after: `${30 + (index % 31)}s`, stdout: "deployed\n" }),
    }),
  });
  const sent = await runCommand.sendAll({
    ...request,
    MaxConcurrency,
    CloudWatchOutputConfig: cloudWatchOutput(),
  });
  const sends = fake.journal.entries().length;
  await use(sent, fake);
  return [sends, fake.journal.entries().length - sends] as const;
}

const tailed: Use = async (sent, fake) => {
  let lines = 0;
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
  for await (const _ of tailCommandOutput(logs, sent)) lines++;
  expect(lines).toBe(sent.command.TargetCount);
};

/** What is done, and how many nodes run at once meanwhile. */
const ROWS: Readonly<Record<string, readonly [use: Use, MaxConcurrency?: string]>> = {
  "a wait that polls": [(sent) => sent.waitForTerminal(), "100%"],
  "a wait that is woken": [
    (sent, fake) => {
      const source = aSource();
      fake.notifications.on((told) => {
        // A rule for commands, not for invocations.
        if (
          told.kind === "eventBridge" &&
          told.detailType === "EC2 Command Status-change Notification"
        )
          source.push(told);
      });
      return sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "5m" });
    },
    "100%",
  ],
  "a tail to the end, its wait included": [tailed, "100%"],
  "the same, fifty nodes at once": [tailed],
};

it("the page about fleets says how many calls are made for 5, 50 and 500 nodes", async () => {
  const page = readFileSync(new URL("../../../docs/fleets.md", import.meta.url), "utf8");
  for (const [name, [use, MaxConcurrency]] of Object.entries(ROWS)) {
    const figures = [];
    for (const size of SIZES) figures.push(await callsOf(size, use, MaxConcurrency));
    expect(page).toContain(`| ${name} | ${figures.map(([, calls]) => calls).join(" | ")} |`);
    expect(page).toContain(`| sends | ${figures.map(([sends]) => sends).join(" | ")} |`);
    expect(Math.max(...figures.map(([, calls]) => calls))).toBeLessThanOrEqual(200);
  }
});
