import type { Command } from "@aws-sdk/client-ssm";
import { checkOptions } from "../../domain/options.ts";
import type { CallOptions } from "../../domain/run-command-api.ts";
import { toMs } from "../../time/duration.ts";
import { stopwatch } from "../../time/stopwatch.ts";
import { explainRefusal } from "../errors/explain-refusal.ts";
import { type FindOptions, KeyTakenError, MaybeSentError } from "../errors/maybe-sent-error.ts";
import { member } from "../member.ts";
import type { SendRequest } from "../requests/requests.ts";
import type { SentCommand } from "../sent-command.ts";
import { pollIntervals } from "../waiting/poll-intervals.ts";
import { patience, type Waiter } from "../waiting/polling.ts";
import { differences, findCommand, type Wanted } from "./find-command.ts";
import { attemptSend, type SendCall } from "./lost-answer.ts";
import { markedComment, markIn } from "./once-mark.ts";
import { FIND_OPTIONS, SEND_OPTIONS, type SendOptions } from "./send-options.ts";

/** How far the service's time and the caller's may be apart: beyond five minutes requests are refused. */
const MOST_SKEW_MS = 300_000;

/** How often a command is sent with `notFound: "sendAgain"`: as often as the SDK does by default. Our decision. */
const MOST_SENDS = 3;

/** What a send needs of its client. */
export interface Sending extends Pick<SendCall, "wrapped" | "sendCommand"> {
  readonly waiter: Waiter;
  readonly diagnoseNodes: boolean;
  /** The handle of a command. */
  readonly sent: (command: Command | undefined, adopted: boolean) => SentCommand;
}

/** Sends a command at most once. The rules are those of {@link SendOptions}. */
export async function sendOnce(
  { waiter, sent, diagnoseNodes, ...call }: Sending,
  request: SendRequest,
  given: SendOptions = {},
): Promise<SentCommand> {
  checkOptions(given, SEND_OPTIONS, "send()");
  const { abortSignal, once: key, within = "1d", lookFor = "15s", notFound, adoptOther } = given;
  const options: CallOptions | undefined = abortSignal && { abortSignal };
  const withinMs = toMs(within, "within");
  toMs(lookFor, "lookFor");
  const { api, clock } = waiter;
  if (given.resend === "sdk" && key === undefined) {
    const { Command } = await call.sendCommand(request, options).catch(refused);
    return sent(Command, false);
  }
  const input =
    key === undefined ? request : { ...request, Comment: markedComment(request.Comment, key) };
  const begun = serverTime();
  const isSame = (command: Command) => adoptOther || differences(command, request).length === 0;
  const wanted: Wanted = {
    document: request.DocumentName,
    since: begun - (key === undefined ? MOST_SKEW_MS : withinMs),
    matches: ({ Comment }) =>
      key === undefined ? Comment === (request.Comment ?? "") : markIn(Comment) === key,
  };
  if (key !== undefined) {
    const there = await findCommand(api, wanted, options);
    if (there !== undefined) {
      if (isSame(there)) return sent(there, true);
      throw new KeyTakenError(key, there, differences(there, request));
    }
  }
  for (let sends = 1; ; sends++) {
    const attempt = await attemptSend({ ...call, input, options }).catch(refused);
    if (attempt.lost === undefined) return sent(attempt.command, false);
    const { cause } = attempt.lost;
    if (key === undefined) throw new MaybeSentError({ cause, find });
    let looked = `did not show it for ${lookFor}`;
    let mayAgain = notFound === "sendAgain" && sends < MOST_SENDS;
    const found = await find({ abortSignal }).catch((error: unknown) => {
      abortSignal?.throwIfAborted();
      looked = `failed with ${String(error)}`;
      mayAgain = false;
    });
    if (found) return found;
    if (!mayAgain) throw new MaybeSentError({ cause, key, looked, find });
  }

  async function refused(error: unknown): Promise<never> {
    throw await explainRefusal(error, {
      api,
      client: call.wrapped,
      request,
      options,
      diagnoseNodes,
    });
  }

  /** The present time of the service, as far as it is known: the SDK keeps the offset that it has found. */
  function serverTime(): number {
    const offset = member(call.wrapped, "config", "systemClockOffset");
    return clock.now() + (typeof offset === "number" ? offset : 0);
  }

  async function find(options: FindOptions = {}) {
    checkOptions(options, FIND_OPTIONS, "find()");
    const { lookFor: longest = lookFor, abortSignal: signal } = options;
    const ms = toMs(longest, "lookFor");
    const watch = stopwatch(clock);
    const patient = patience({ watch, signal, deadline: () => ms });
    const nextInterval = pollIntervals(waiter);
    const isOurs = { ...wanted, matches: (each: Command) => wanted.matches(each) && isSame(each) };
    for (;;) {
      const found = await patient.persist((call) => findCommand(api, isOurs, call), nextInterval);
      if (found !== undefined) return sent(found, true);
      if (patient.timeLeft() <= 0) return undefined;
      await patient.pause(nextInterval());
    }
  }
}
