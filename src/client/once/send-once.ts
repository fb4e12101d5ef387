import type { Command } from "@aws-sdk/client-ssm";
import { checkOptions } from "../../domain/options.ts";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import { toMs } from "../../time/duration.ts";
import { stopwatch } from "../../time/stopwatch.ts";
import { explainRefusal } from "../errors/explain-refusal.ts";
import { type FindOptions, KeyTakenError, MaybeSentError } from "../errors/maybe-sent-error.ts";
import { member } from "../member.ts";
import type { SendRequest } from "../requests/requests.ts";
import type { CommandKeeper, SentCommand } from "../sent-command.ts";
import { pollIntervals } from "../waiting/poll-intervals.ts";
import { patience, type Waiter } from "../waiting/polling.ts";
import { isThrottling } from "../waiting/transient-error.ts";
import { differences, findCommand } from "./find-command.ts";
import { type Attempt, attemptSend, type SendCall } from "./lost-answer.ts";
import { markedComment, markIn } from "./once-mark.ts";
import { FIND_OPTIONS, type SendOptions } from "./send-options.ts";

/** How far the service's time and the caller's may be apart: beyond five minutes requests are refused. */
const MOST_SKEW_MS = 300_000;

/** How often a command is sent with `notFound: "sendAgain"`: as often as the SDK does by default. Our decision. */
const MOST_SENDS = 3;

/** For how long a part is sent again that was throttled: of many sends in a row, some are. Our decision. */
const MOST_THROTTLED_MS = 600_000;

/** What a send needs of its client. */
export interface Sending extends Pick<SendCall, "wrapped" | "sendCommand" | "isReplaced"> {
  readonly waiter: Waiter;
  /** The command that this client has sent last and has an answer of: a lost one is not older. */
  readonly latest: { command?: Command | undefined };
  readonly diagnoseNodes: boolean;
  /** The handle of a command. */
  readonly sent: (command: Command, adopted: boolean) => SentCommand;
  /** A client like this one, of another api. */
  readonly over: (api: RunCommandApi) => CommandKeeper;
}

/** What is sent. */
export interface Sent {
  /** Of what is sent in parts, one for each. */
  readonly requests: readonly SendRequest[];
  readonly given: SendOptions;
  /** Whether a command that was sent in other parts has the key, too. */
  readonly ofParts?: boolean;
}

/** Sends commands, one after the other, each of them at most once. The rules are those of {@link SendOptions}. */
export async function* sendOnce(
  sending: Sending,
  { requests, given, ofParts }: Sent,
): AsyncGenerator<SentCommand, void, undefined> {
  const { waiter, sent, latest, diagnoseNodes, ...call } = sending;
  const { abortSignal, once: key, within = "1d", lookFor = "15s", notFound, adoptOther } = given;
  const options: CallOptions | undefined = abortSignal && { abortSignal };
  const withinMs = toMs(within, "within");
  toMs(lookFor, "lookFor");
  const { api, clock } = waiter;
  const begun = clock.now();
  const count = requests.length;
  const inputs = requests.map((request, index) => {
    if (key === undefined) return request;
    const part = count > 1 ? ` ${index + 1}/${count}` : "";
    return { ...request, Comment: markedComment(request.Comment, key, part) };
  });
  /** What a command is known by. */
  const sign = ({ Comment = "" }: Pick<Command, "Comment">) => (key ? markIn(Comment) : Comment);
  const differs = (command: Command, request: SendRequest) =>
    adoptOther ? [] : differences(command, request);
  const there = new Map<string | undefined, Command>();
  if (key !== undefined) {
    let most = count;
    const note = (command: Command) => {
      const mark = sign(command);
      const [its, part = ""] = (ofParts && mark?.split(" ")) || [mark];
      // The newest of each.
      if (its === key && !there.has(mark)) there.set(mark, command);
      if (its === key) most = Math.max(most, Number(part.split("/")[1]) || 1);
      return there.size >= most;
    };
    await search(withinMs, note, options);
    let isOther = false;
    for (const [mark, command] of there) {
      const own = inputs.find((input) => sign(input) === mark);
      const inWhat = own ? differs(command, own) : adoptOther ? [] : ["InstanceIds"];
      if (inWhat.length > 0) throw new KeyTakenError(key, command, inWhat);
      isOther ||= !own;
    }
    // In other parts than these; the oldest first.
    if (isOther) {
      for (const command of [...there.values()].reverse()) yield sent(command, true);
      return;
    }
  }
  for (const input of inputs) {
    const found = there.get(sign(input));
    yield found ? sent(found, true) : await sendPatiently(input);
  }

  async function sendPatiently(input: SendRequest): Promise<SentCommand> {
    const watch = stopwatch(clock);
    const nextTry = pollIntervals(waiter);
    for (;;) {
      try {
        return await sendOne(input);
      } catch (error) {
        const isLast = count < 2 || watch.elapsed() > MOST_THROTTLED_MS;
        if (isLast || !isThrottling(error)) throw error;
      }
      await watch.sleep(nextTry(), abortSignal);
    }
  }

  async function sendOne(input: SendRequest): Promise<SentCommand> {
    const last = latest.command;
    for (let sends = 1; ; sends++) {
      const attempt: Promise<Attempt> =
        given.resend === "sdk" && key === undefined
          ? call.sendCommand(input, options).then(({ Command: command }) => ({ command }))
          : attemptSend({ ...call, input, options });
      const { command, cause = "no CommandId" }: Attempt = await attempt.catch(
        async (error: unknown) => {
          // After a send whose answer was lost, a refusal says nothing of that one.
          if (sends > 1) return { cause: error };
          throw await explainRefusal(error, {
            ...call,
            api,
            request: input,
            options,
            diagnoseNodes,
          });
        },
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

    async function find(options: FindOptions = {}) {
      checkOptions(options, FIND_OPTIONS, "find()");
      const { lookFor: longest = lookFor, abortSignal: signal } = options;
      const ms = toMs(longest, "lookFor");
      const patient = patience({ watch: stopwatch(clock), signal, deadline: () => ms });
      const matches = (each: Command) =>
        sign(each) === sign(input) &&
        differs(each, input).length === 0 &&
        each.CommandId !== last?.CommandId &&
        // Not true where one of them is not known, either.
        !(Number(each.RequestedDateTime) < Number(last?.RequestedDateTime));
      const found = await patient.until(
        (call) => search(Math.max(key ? withinMs : 0, MOST_SKEW_MS), matches, call),
        pollIntervals(waiter),
      );
      return found && sent(found, true);
    }
  }

  /** The newest command of this document that matches, requested since so long before the send. */
  function search(
    sinceMs: number,
    matches: (command: Command) => boolean,
    options: CallOptions | undefined,
  ) {
    const { DocumentName: document = "" } = requests[0] ?? {};
    // The SDK keeps how far the service's time is ahead, once it has found out.
    const offset = Number(member(call.wrapped, "config", "systemClockOffset")) || 0;
    return findCommand(api, { document, since: begun + offset - sinceMs, matches }, options);
  }
}
