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
import { differences, findCommand } from "./find-command.ts";
import { type Attempt, attemptSend, type SendCall } from "./lost-answer.ts";
import { markedComment, markIn } from "./once-mark.ts";
import { FIND_OPTIONS, SEND_OPTIONS, type SendOptions } from "./send-options.ts";

/** How far the service's time and the caller's may be apart: beyond five minutes requests are refused. */
const MOST_SKEW_MS = 300_000;

/** How often a command is sent with `notFound: "sendAgain"`: as often as the SDK does by default. Our decision. */
const MOST_SENDS = 3;

/** What a send needs of its client. */
export interface Sending extends Pick<SendCall, "wrapped" | "sendCommand" | "isReplaced"> {
  readonly waiter: Waiter;
  /** The command that this client has sent last and has an answer of: a lost one is not older. */
  readonly latest: { command?: Command | undefined };
  readonly diagnoseNodes: boolean;
  /** The handle of a command. */
  readonly sent: (command: Command, adopted: boolean) => SentCommand;
}

/** Sends a command at most once. The rules are those of {@link SendOptions}. */
export async function sendOnce(
  { waiter, sent, latest, diagnoseNodes, ...call }: Sending,
  request: SendRequest,
  given: SendOptions = {},
): Promise<SentCommand> {
  checkOptions(given, SEND_OPTIONS, "send()");
  const { abortSignal, once: key, within = "1d", lookFor = "15s", notFound, adoptOther } = given;
  const options: CallOptions | undefined = abortSignal && { abortSignal };
  const withinMs = toMs(within, "within");
  toMs(lookFor, "lookFor");
  const { api, clock } = waiter;
  const input =
    key === undefined ? request : { ...request, Comment: markedComment(request.Comment, key) };
  const begun = clock.now();
  const last = latest.command;
  const differs = (command: Command) => (adoptOther ? [] : differences(command, request));
  const wanted = key ?? request.Comment ?? "";
  const isOurs = ({ Comment = "" }: Command) => (key ? markIn(Comment) : Comment) === wanted;
  if (key !== undefined) {
    const there = await search(withinMs, isOurs, options);
    if (there !== undefined) {
      if (differs(there).length === 0) return sent(there, true);
      throw new KeyTakenError(key, there, differs(there));
    }
  }
  for (let sends = 1; ; sends++) {
    const sending: Promise<Attempt> =
      given.resend === "sdk" && key === undefined
        ? call.sendCommand(input, options).then(({ Command: command }) => ({ command }))
        : attemptSend({ ...call, input, options });
    const { command, cause = "no CommandId" }: Attempt = await sending.catch((error: unknown) =>
      // After a send whose answer was lost, a refusal says nothing of that one.
      sends === 1 ? refused(error) : { cause: error },
    );
    if (command?.CommandId) {
      latest.command = command;
      return sent(command, false);
    }
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
    throw await explainRefusal(error, { ...call, api, request, options, diagnoseNodes });
  }

  async function find(options: FindOptions = {}) {
    checkOptions(options, FIND_OPTIONS, "find()");
    const { lookFor: longest = lookFor, abortSignal: signal } = options;
    const ms = toMs(longest, "lookFor");
    const patient = patience({ watch: stopwatch(clock), signal, deadline: () => ms });
    const matches = (each: Command) =>
      isOurs(each) &&
      differs(each).length === 0 &&
      each.CommandId !== last?.CommandId &&
      // Not true where one of them is not known, either.
      !(Number(each.RequestedDateTime) < Number(last?.RequestedDateTime));
    const found = await patient.until(
      (call) => search(Math.max(key ? withinMs : 0, MOST_SKEW_MS), matches, call),
      pollIntervals(waiter),
    );
    return found && sent(found, true);
  }

  /** The newest command of this document that matches, requested since so long before the send. */
  function search(
    sinceMs: number,
    matches: (command: Command) => boolean,
    options: CallOptions | undefined,
  ) {
    // The SDK keeps how far the service's time is ahead, once it has found out.
    const offset = Number(member(call.wrapped, "config", "systemClockOffset")) || 0;
    const since = begun + offset - sinceMs;
    return findCommand(api, { document: request.DocumentName, since, matches }, options);
  }
}
