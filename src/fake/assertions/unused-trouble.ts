import type { Clock } from "../../time/clock.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import { refuseMore, timelineOf, uncalled, type Verdict } from "./verdict.ts";

/** Whether every fault that was ordered has struck. */
export function unusedTroubleVerdict(
  fake: FakeSsm<Clock>,
  { more = [], place }: { readonly more?: readonly unknown[]; readonly place: string },
): Verdict {
  refuseMore(more, place, "It takes a fake, and nothing else.");
  const unused = fake.faults.unused();
  const holds = unused.length === 0;
  return {
    holds,
    message: () => {
      const claim = holds
        ? "No fault is unused, and one was expected to be."
        : `Faults that were ordered never struck: ${unused.join(", ")}.`;
      const advice = holds
        ? ""
        : " Order a fault for a call that the code makes, or remove it with the function that fake.faults returned.";
      return `${claim}${callsOf(fake)}${advice}${holds ? "" : uncalled(fake)}${timelineOf(fake)}`;
    },
    actual: unused,
    expected: [],
  };
}

/** What faults do to calls that the service gets all the same. */
const CARRIED_OUT: readonly string[] = ["delay", "breakBody", "loseAnswer"];

/** How often each operation was called, as a sentence; nothing when none was. */
function callsOf(fake: FakeSsm<Clock>): string {
  const counts = new Map<string, number>();
  for (const entry of fake.journalEntries()) {
    // A call that a fault has only delayed, or whose answer it has cut or lost, has an entry of its own.
    if (entry.type === "fault" && CARRIED_OUT.includes(entry.fault)) continue;
    const { operation } = entry;
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
  }
  if (counts.size === 0) return "";
  const calls = [...counts].map(([operation, count]) => `${operation} (${count})`);
  return ` The calls were: ${calls.join(", ")}.`;
}
