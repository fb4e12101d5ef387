import type { Command } from "@aws-sdk/client-ssm";
import type { AlarmState, WalkSetup } from "../support/fleet-acts.ts";
import { isOpen, type Look, type Span, spansOf } from "../support/walk-look.ts";
import { limitOf, type NaiveDetail, rollUp } from "./naive-roll-up.ts";

/** What a law is checked against: this look, the one before, and how late the service is. */
export interface Case extends Pick<WalkSetup, "lateness"> {
  readonly look: Look;
  readonly before: Look;
}

/** Returns what breaks it; an empty list when it holds. */
export type Law = (found: Case) => readonly string[];

/** Laws that hold at every moment of every walk, by what they say. */
export const LAWS: Readonly<Record<string, Law>> = {
  "terminal stays terminal, to the byte": ({ look, before }) => {
    const now = new Set(
      [...look.commands, ...look.invocations].map((item) => JSON.stringify(item)),
    );
    return [...before.commands, ...before.invocations]
      .filter((item) => !isOpen(item))
      .map((item) => JSON.stringify(item))
      .filter((item) => !now.has(item));
  },

  "every invocation ends at or before ExpiresAfter plus the lag of the sweep": ({
    look,
    lateness,
  }) =>
    forEachCommand(look, (command, spans) => {
      const latest = Number(command.ExpiresAfter) + lateness.expirySweepLag * 1_000;
      return spans.filter(({ endedAt }) => Math.min(endedAt, look.now + 1) > latest);
    }),

  "the counters are 0 until the end, and then a recount": ({ look }) =>
    forEachCommand(look, (command, spans) => {
      const count = (...details: string[]) =>
        isOpen(command) ? 0 : spans.filter(({ detail }) => details.includes(detail)).length;
      const recount = {
        TargetCount: spans.length,
        CompletedCount: isOpen(command) ? 0 : spans.length,
        ErrorCount: count("Failed", "ExecutionTimedOut"),
        DeliveryTimedOutCount: count("DeliveryTimedOut"),
      };
      const { TargetCount, CompletedCount, ErrorCount, DeliveryTimedOutCount } = command;
      const counted = { TargetCount, CompletedCount, ErrorCount, DeliveryTimedOutCount };
      return JSON.stringify(counted) === JSON.stringify(recount) ? [] : spans;
    }),

  "never more in flight than the window has room for": ({ look }) =>
    forEachCommand(look, ({ MaxConcurrency = "", TargetCount = 0 }, spans) => {
      const window = Math.max(1, limitOf(MaxConcurrency, TargetCount));
      // At one instant what ends makes room for what is sent, so an end is no longer in flight.
      const inFlightAt = (instant: number) =>
        spans.filter(({ sentAt, endedAt }) => sentAt <= instant && endedAt > instant).length;
      return spans.filter(({ sentAt }) => sentAt < Infinity && inFlightAt(sentAt) > window);
    }),

  "nothing is sent after the budget is spent": ({ look }) =>
    forEachCommand(look, ({ MaxErrors = "", TargetCount = 0 }, spans) => {
      const failed = spans.filter(({ detail }) => ["Failed", "ExecutionTimedOut"].includes(detail));
      // Results come before dispatch, except those of nodes that were sent to at the same instant.
      const spentBefore = (instant: number) =>
        failed.filter(
          ({ sentAt, endedAt }) => endedAt < instant || (endedAt === instant && sentAt < instant),
        ).length > limitOf(MaxErrors, TargetCount);
      return spans.filter(
        ({ sentAt, detail }) =>
          (sentAt < Infinity && spentBefore(sentAt)) ||
          (detail === "Pending" && spentBefore(Infinity)),
      );
    }),

  "the parent agrees with the table": ({ look }) =>
    forEachCommand(look, (command, spans) => {
      // The timeline has no other words for details than the table.
      const details = spans.map(({ detail }) => detail as NaiveDetail);
      // The SDK leaves the state open; the walk sets no others.
      const alarmed = (command.TriggeredAlarms?.[0]?.State ?? "OK") as AlarmState;
      const expected = rollUp(details, {
        budget: limitOf(command.MaxErrors ?? "", details.length),
        wholeCancel: look.wholeCancels.includes(command.CommandId ?? ""),
        alarmed,
      });
      const isSo = expected.join() === `${command.Status},${command.StatusDetails}`;
      return isSo ? [] : [`${command.CommandId} is not ${expected.join("/")}`];
    }),
};

/** What is found with each command, said in a line. */
function forEachCommand(
  look: Look,
  find: (command: Command, spans: readonly Span[]) => readonly (Span | string)[],
): readonly string[] {
  return look.commands.flatMap((command) =>
    find(command, spansOf(command, look)).map((found) =>
      typeof found === "string" ? found : JSON.stringify(found),
    ),
  );
}
