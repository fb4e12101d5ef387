import type { SendCommandRequest, Target } from "@aws-sdk/client-ssm";
import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import type { Clock } from "../../time/clock.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import {
  type Expected,
  isAsExpected,
  isAsExpectedInAnyOrder,
  isMatcher,
  isPlainObject,
  memberOf,
  namesAskedFor,
  shownValue,
} from "./expected-value.ts";
import { timelineOf, type Verdict } from "./verdict.ts";

/**
 * What a sent command is expected to have, in words of this package.
 *
 * @inline
 */
export type ExpectedWords = {
  /** The document, as the request named it. */
  readonly document?: Expected<string> | undefined;
  /** Instance ids, or targets, in any order. */
  readonly targets?: Expected<readonly string[]> | Expected<readonly Target[]> | undefined;
  /** Parameters that must be among those sent, with these values. */
  readonly parameters?: Expected<Readonly<Record<string, readonly string[]>>> | undefined;
  /** The comment. */
  readonly comment?: Expected<string> | undefined;
  /** How many such commands were sent; 0 is none. @default one or more */
  readonly times?: number | undefined;
};

/**
 * What a sent command is expected to have; what is left out does not matter. Beside `document`, `targets`, `parameters`,
 * `comment` and `times`, any member of the request by AWS's name, such as `MaxErrors`. Asymmetric matchers may stand for any
 * value, or for parts of it.
 *
 * @inline
 */
export type ExpectedSend = ExpectedWords & {
  readonly [Member in keyof SendCommandRequest]?: Expected<SendCommandRequest[Member]> | undefined;
};

/** What `assertSent()` and `toHaveSentCommand()` can expect, in words of this package. */
export const SENT_WORDS = {
  document: "string",
  targets: "list",
  parameters: "any",
  comment: "string",
  times: "number",
} as const satisfies OptionTable<ExpectedWords>;

/** The same with the members of the request, as [api-ssm-model] has them. */
export const SENT_OPTIONS = {
  ...SENT_WORDS,
  AlarmConfiguration: "any",
  CloudWatchOutputConfig: "any",
  Comment: "string",
  DocumentHash: "string",
  DocumentHashType: "string",
  DocumentName: "string",
  DocumentVersion: "string",
  InstanceIds: "list",
  MaxConcurrency: "string",
  MaxErrors: "string",
  NotificationConfig: "any",
  OutputS3BucketName: "string",
  OutputS3KeyPrefix: "string",
  OutputS3Region: "string",
  Parameters: "any",
  ServiceRoleArn: "string",
  Targets: "list",
  TimeoutSeconds: "number",
} as const satisfies OptionTable<ExpectedSend>;

/** How many commands a message shows, those that differ least. */
const MOST_SHOWN = 10;

/** A command that was sent, beside what was expected. */
interface Compared {
  /** Its place among all that were sent, from 1. */
  readonly place: number;
  /** What of it is not as expected. */
  readonly differs: readonly string[];
  /** What a message shows of it. */
  readonly shown: object;
}

type ExpectedMembers = Omit<ExpectedSend, "times">;

/** Whether commands like this were sent, and not refused. */
export function sentVerdict(
  fake: FakeSsm<Clock>,
  {
    expected = {},
    place,
  }: { readonly expected?: ExpectedSend | undefined; readonly place: string },
): Verdict {
  checkExpected(expected, place);
  const { times, ...members } = expected;
  const sent = fake.records().map(({ request }, index): Compared => {
    const differs = differencesOf(members, request);
    return { place: index + 1, differs, shown: shownRequest(request, members) };
  });
  const alike = sent.filter(({ differs }) => differs.length === 0).length;
  const holds = times === undefined ? alike > 0 : alike === times;
  return {
    holds,
    message: () => {
      const what = shownValue(members) === "{}" ? "" : ` like ${shownValue(members)}`;
      const claim = holds ? unwanted({ what, alike, times }) : missed({ what, alike, times });
      const found = `${foundOf(sent, what !== "")}${holds ? "" : unseen(fake, sent.length)}`;
      return `${claim}${found}${timelineOf(fake)}`;
    },
    actual: likest(sent).map(({ shown }) => shown),
    expected,
  };
}

interface Claim {
  /** Such as ` like {"document":"release"}`, or nothing. */
  readonly what: string;
  readonly alike: number;
  readonly times: number | undefined;
}

function missed({ what, alike, times }: Claim): string {
  if (times === undefined) return `No command${what} was sent.`;
  return `${counted(alike, what)} sent, not ${times}.`;
}

function unwanted({ what, alike, times }: Claim): string {
  const wanted = times === undefined ? "none" : "another number";
  return `${counted(alike, what)} sent, and ${wanted} was expected.`;
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 command${what} was` : `${count} commands${what} were`;
}

/** All that was sent, the likest first. */
function foundOf(sent: readonly Compared[], isCompared: boolean): string {
  if (sent.length === 0) return isCompared ? " Nothing was sent." : "";
  const [first, ...more] = sent;
  if (first !== undefined && more.length === 0) {
    return ` Sent was: ${shownValue(first.shown)}.${differing(first, " It differs in ", ".")}`;
  }
  const lines = likest(sent).map(
    (each) => `\n  ${each.place}. ${shownValue(each.shown)}${differing(each, " differs in ")}`,
  );
  const left = sent.length - lines.length;
  return ` Sent were:${lines.join("")}${left === 0 ? "" : `\n  and ${left} more`}`;
}

/** What was called and is none of these: commands in another region, and calls that handlers answered. */
function unseen(fake: FakeSsm<Clock>, seen: number): string {
  let here = 0;
  const elsewhere: string[] = [];
  for (const { type, operation, region } of fake.journalEntries()) {
    if (type !== "call" || operation !== "SendCommand") continue;
    if (region === fake.region) here++;
    else elsewhere.push(region);
  }
  const [region] = elsewhere;
  const away =
    region === undefined
      ? ""
      : `\n\nSendCommand was called in ${region}, and this fake is in ${fake.region}: make it where the code looks, new FakeSsm({ region: "${region}" }).`;
  const handled =
    here <= seen
      ? ""
      : `\n\nA handler of fake.on() answered SendCommand, which has sent nothing: fake.journal.entries("SendCommand") has those calls.`;
  return `${handled}${away}`;
}

/** Those that differ least, as many as a message shows. */
function likest(sent: readonly Compared[]): readonly Compared[] {
  return [...sent].sort((a, b) => a.differs.length - b.differs.length).slice(0, MOST_SHOWN);
}

/** In what a command differs, between these words; nothing when it does not. */
function differing({ differs }: Compared, before: string, after = ""): string {
  return differs.length === 0 ? "" : `${before}${differs.join(", ")}${after}`;
}

/** What of a request is not as expected, by name. */
function differencesOf(members: ExpectedMembers, request: SendCommandRequest): readonly string[] {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => {
      if (name === "parameters") return differingParameters(value, request.Parameters ?? {});
      return isLike(name, value, request) ? [] : [name];
    });
}

function isLike(name: string, value: unknown, request: SendCommandRequest): boolean {
  switch (name) {
    case "document":
      return isAsExpected(value, request.DocumentName);
    case "comment":
      return isAsExpected(value, request.Comment);
    case "targets": {
      const targets = targetsOf(request);
      return Array.isArray(value)
        ? isAsExpectedInAnyOrder(value, targets)
        : isAsExpected(value, targets);
    }
    default:
      return isAsExpected(value, Reflect.get(request, name));
  }
}

function differingParameters(
  expected: unknown,
  actual: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  if (isMatcher(expected)) return isAsExpected(expected, actual) ? [] : ["parameters"];
  const given = Object(expected);
  return namesAskedFor(given)
    .filter((name) => !isAsExpected(memberOf(given, name), memberOf(actual, name)))
    .map((name) => `parameters.${name}`);
}

function targetsOf({ Targets, InstanceIds = [] }: SendCommandRequest) {
  return Targets?.length ? Targets : InstanceIds;
}

/** What a message shows of a request: document, targets, and what else was asked about. */
function shownRequest(request: SendCommandRequest, members: ExpectedMembers): object {
  const { parameters, comment, Parameters, ...rest } = members;
  const asked = Object.keys(rest).filter((name) => !["document", "targets"].includes(name));
  return {
    document: request.DocumentName,
    targets: targetsOf(request),
    ...(parameters !== undefined && { parameters: shownParameters(request, parameters) }),
    ...(comment !== undefined && { comment: request.Comment }),
    ...(Parameters !== undefined && { Parameters: shownParameters(request, Parameters) }),
    ...Object.fromEntries(asked.map((name) => [name, Reflect.get(request, name)])),
  };
}

/**
 * Parameters as they were sent. The values of those that nobody asked about are hidden ([api-ssm-model] marks them
 * sensitive).
 */
function shownParameters({ Parameters = {} }: SendCommandRequest, asked: object): object {
  const names = namesAskedFor(asked);
  const shown = Object.entries(Parameters).map(([name, value]) => [
    name,
    names.includes(name) ? value : ["(hidden)"],
  ]);
  return Object.fromEntries(shown);
}

/** Refuses what no command could ever have, so that it is not mistaken for one that was not sent. */
function checkExpected(expected: ExpectedSend, place: string): void {
  const given: unknown = expected;
  if (typeof given === "function") {
    throw new TypeError(
      `${place} was given ${given.name || "a function"}. It is about SendCommand alone: give it what the command has, such as { document: "AWS-RunShellScript" }.`,
    );
  }
  if (!isPlainObject(given) || isMatcher(given)) {
    throw new TypeError(
      `${place} was given ${isMatcher(given) ? shownValue(given) : inMessage(given)}. Give it an object: { ${Object.keys(SENT_WORDS).join(", ")} }, or members of the request such as MaxErrors. Matchers may stand in it.`,
    );
  }
  checkOptions(withoutMatchers(expected), SENT_OPTIONS, place);
  const { times, parameters, Parameters } = expected;
  if (times !== undefined && !(Number.isInteger(times) && times >= 0)) {
    throw new RangeError(
      `times of ${place} is ${inMessage(times)}. Write a whole number, 0 or more.`,
    );
  }
  checkParameters(parameters, place);
  checkParameters(Parameters, place);
}

/** The same with matchers taken out, which stand for values of any type; their names stay, to be checked. */
function withoutMatchers(expected: unknown): unknown {
  const members = Object.entries(Object(expected));
  if (!members.some(([, value]) => isMatcher(value))) return expected;
  return Object.fromEntries(
    members.map(([name, value]) => [name, isMatcher(value) ? undefined : value]),
  );
}

function checkParameters(parameters: ExpectedSend["parameters"], place: string): void {
  const given: unknown = parameters;
  if (given === undefined || isMatcher(given)) return;
  if (!isPlainObject(given)) {
    throw new TypeError(
      `The parameters of ${place} are ${inMessage(given)}. Write an object, as SendCommand takes it: { commands: ["uptime"] }.`,
    );
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || Array.isArray(value) || isMatcher(value)) continue;
    throw new TypeError(
      `${JSON.stringify(name)} of the parameters of ${place} is ${inMessage(value)}. Write a list of strings, as SendCommand takes it: [${inMessage(value)}].`,
    );
  }
}
