import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import { isPlainObject } from "../../domain/options.ts";
import type { Clock } from "../../time/clock.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import { type ExpectedOnce, SENT_ONCE_WORDS } from "./expected-send.ts";
import { sentVerdict } from "./sent.ts";
import type { Verdict } from "./verdict.ts";

/** Whether one command like this was sent, and no second one. */
export function sentOnceVerdict(
  fake: FakeSsm<Clock>,
  {
    expected = {},
    more = [],
    place,
  }: {
    readonly expected?: ExpectedOnce | undefined;
    readonly more?: readonly unknown[];
    readonly place: string;
  },
): Verdict {
  refuseTimes(expected, place);
  const any = sentVerdict(fake, { expected, more, place, words: SENT_ONCE_WORDS });
  if (!any.holds) return any;
  const one = sentVerdict(fake, { expected: { ...expected, times: 1 }, place, advice });
  return { ...one, expected };
}

function refuseTimes(given: unknown, place: string): void {
  if (!isPlainObject(given) || !Object.hasOwn(given, "times")) return;
  throw new TypeError(
    `${place} has no option "times": it is about one command. Leave times out, or write assertSent(fake, { …, times: 2 }).`,
  );
}

/** What to do when one and the same command was sent more than once; nothing when they differ. */
function advice(alike: readonly SendCommandRequest[]): string {
  const counts = new Map<string, number>();
  for (const request of alike) {
    const written = JSON.stringify(request);
    counts.set(written, (counts.get(written) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  if (most < 2) return "";
  return `\n\nThe same command was sent ${most} times. The SDK may have sent it again because the answer to SendCommand was lost: send(request, { once: "a-key" }) of RunCommandClient sends it once.`;
}
