import type { Command } from "@aws-sdk/client-ssm";
import { hangs, type LatencyPreset, succeeds } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import { type ContractAccount, scriptWithin } from "../contract/contract-account.ts";
import { describeOnBothRoads, type OpenAccount } from "../support/both-roads.ts";

const STEP_MS = 50;

/** Milliseconds from now until the look returns true, in steps of 50. */
async function seenAfter(
  { fake }: ContractAccount,
  isSeen: () => Promise<boolean>,
): Promise<number> {
  const start = fake.clock.now();
  while (!(await isSeen())) {
    if (fake.clock.now() - start > 600_000) throw new Error("It was not seen in ten minutes.");
    await fake.clock.advance(`${STEP_MS}ms`);
  }
  return fake.clock.now() - start;
}

/** When the record of a healthy node is made, and when its end and its uploads are seen, counted from a send by tag. */
async function healthyTimes(open: OpenAccount, latency: LatencyPreset) {
  const tags = { Role: "web" };
  const account = open({ latency, nodes: [{ tags, behavior: succeeds({ after: "1s" }) }] });
  const Targets = [{ Key: "tag:Role", Values: ["web"] }];
  const isOver = (sent: Command) => async () =>
    (await account.standings(sent))[0] === "Success/Success";
  const sent = await account.send({ Targets });
  const begun = sent.RequestedDateTime!.getTime();
  await seenAfter(account, isOver(sent));
  const end = account.fake.clock.now() - begun;
  const [invocation] = await account.invocations(sent);
  const record = invocation!.RequestedDateTime!.getTime() - begun;
  const uploading = await account.send({ Targets, OutputS3BucketName: "output" });
  const upload = (await seenAfter(account, isOver(uploading))) - end;
  return { record, end, upload };
}

/** How late the kill of a process is seen, counted from CancelCommand. */
async function cancelTime(open: OpenAccount, latency: LatencyPreset): Promise<number> {
  const account = open({ latency, nodes: [{ behavior: hangs() }] });
  const sent = await account.send();
  await account.fake.clock.advance("30s");
  await account.api.cancelCommand({ CommandId: sent.CommandId! });
  return seenAfter(account, async () => (await account.standings(sent))[0]!.startsWith("Cancel"));
}

/** How late a delivery time-out is seen, counted from ExpiresAfter. */
async function sweepLag(open: OpenAccount, latency: LatencyPreset): Promise<number> {
  const account = open({ latency, nodes: [{ agent: "unreachable" }] });
  const sent = await account.send({ ...scriptWithin(5), TimeoutSeconds: 30 });
  await account.fake.clock.advance("35s");
  return seenAfter(account, async () => (await account.standings(sent))[0]!.startsWith("TimedOut"));
}

async function timesOf(open: OpenAccount, latency: LatencyPreset) {
  return {
    ...(await healthyTimes(open, latency)),
    cancel: await cancelTime(open, latency),
    sweep: await sweepLag(open, latency),
  };
}

/**
 * The latency in [rec-2026-09-27-managed-execution] and [rec-2026-09-27-timeouts], in milliseconds. The script runs for a
 * second. Ends were seen at the poll after three seconds, so that they came at any time before it.
 */
const RECORDED = [
  ["G14 a record 75 to 200 ms after the send", "record", 75, 200],
  ["a terminal status by the poll 3 s after the script's end", "end", 1_480, 4_000],
  ["G9 a terminal status 6 s later or more with uploads", "upload", 6_000, 9_500],
  ["G10 a cancel within 3 s", "cancel", 150, 3_000],
  ["G6 a delivery time-out 12 to 15 s after ExpiresAfter", "sweep", 12_000, 15_000],
] as const;

describeOnBothRoads("the presets of latency", (open) => {
  it("instant shows everything as soon as it is true", async () => {
    expect(await timesOf(open, "instant")).toEqual({
      record: 0,
      end: 1_000,
      upload: 0,
      cancel: 0,
      sweep: 0,
    });
  });

  it("measured is as late as the recordings (G6, G9, G10, G14)", async () => {
    const times = await timesOf(open, "measured");
    const others = RECORDED.filter(
      ([, what, earliest, latest]) => times[what] < earliest || times[what] > latest,
    );
    expect(others).toEqual([]);
  });

  it("worst is later than any recording", async () => {
    const times = await timesOf(open, "worst");
    expect(RECORDED.filter(([, what, , latest]) => times[what] <= latest)).toEqual([]);
  });
});
