import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import type { OptionTable } from "../../domain/options.ts";
import type { Clock } from "../../time/clock.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import { checkExpected } from "./check-expected.ts";
import type { ExpectedOnce, ExpectedSend } from "./expected-send.ts";
import {
  isAsExpected,
  isAsExpectedInAnyOrder,
  isMatcher,
  memberOf,
  namesAskedFor,
  shownValue,
} from "./expected-value.ts";
import { checkRegion, refuseMore, timelineOf, unseen, type Verdict } from "./verdict.ts";

/** How many commands a message shows, those that differ least. */
const MOST_SHOWN = 10;

/** A command that was sent, beside what was expected. */
interface Compared {
  /** Its place among all that were sent, from 1. */
  readonly place: number;
  /** What of it is not as expected. */
  readonly differs: readonly string[];
  readonly request: SendCommandRequest;
  /** What a message shows of it. */
  readonly shown: () => object;
}

/** Whether commands like this were sent, and not refused. */
export function sentVerdict(
  fake: FakeSsm<Clock>,
  {
    expected = {},
    more = [],
    place,
    words,
    advice = () => "",
  }: {
    readonly expected?: ExpectedSend | undefined;
    readonly more?: readonly unknown[];
    readonly place: string;
    /** What the assertion can expect, beside members of the request. @default that of `assertSent()` */
    readonly words?: OptionTable<object>;
    /** What a message says in addition, by the commands like this that were sent, when they are not as many as expected. */
    readonly advice?: (alike: readonly SendCommandRequest[]) => string;
  },
): Verdict {
  checkExpected(expected, place, words);
  refuseMore(more, place, "Put all that is expected into one object.");
  checkRegion(fake);
  const { times, ...members } = expected;
  const sent = fake.records().map(({ request }, index): Compared => {
    const differs = differencesOf(members, request);
    return { place: index + 1, differs, request, shown: () => shownRequest(request, members) };
  });
  const likeThis = sent.filter(({ differs }) => differs.length === 0);
  const alike = likeThis.length;
  const holds = times === undefined ? alike > 0 : alike === times;
  return {
    holds,
    message: () => {
      const what = shownValue(members) === "{}" ? "" : ` like ${shownValue(members)}`;
      const claim = holds ? unwanted({ what, alike, times }) : missed({ what, alike, times });
      const found = foundOf(sent, what !== "");
      const advised = advice(likeThis.map(({ request }) => request));
      const help = holds ? "" : `${advised}${unseen(fake, sent.length)}`;
      return `${claim}${found}${help}${timelineOf(fake)}`;
    },
    actual: likest(sent).map(({ shown }) => shown()),
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
  return `${counted(alike, what)} sent, and ${otherThan(times)} expected.`;
}

/** What `.not` expects. */
function otherThan(times: number | undefined): string {
  if (times === undefined) return "none was";
  return times === 0 ? "one or more were" : `any number but ${times} was`;
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 command${what} was` : `${count} commands${what} were`;
}

/** All that was sent, the likest first. */
function foundOf(sent: readonly Compared[], isCompared: boolean): string {
  if (sent.length === 0) return isCompared ? " Nothing was sent." : "";
  const [first, ...more] = sent;
  if (first !== undefined && more.length === 0) {
    return ` Sent was: ${shownSent(first)}.${differing(first, " It differs in ", ".")}`;
  }
  const lines = likest(sent).map(
    (each) => `\n  ${each.place}. ${shownSent(each)}${differing(each, " differs in ")}`,
  );
  const left = sent.length - lines.length;
  return ` Sent were:${lines.join("")}${left === 0 ? "" : `\n  and ${left} more`}`;
}

function shownSent({ shown }: Compared): string {
  const members = Object.entries(shown()).map(
    ([name, value]) =>
      `${JSON.stringify(name)}:${value === undefined ? "(none)" : shownValue(value)}`,
  );
  return `{${members.join(",")}}`;
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
function differencesOf(members: ExpectedOnce, request: SendCommandRequest): readonly string[] {
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
function shownRequest(request: SendCommandRequest, members: ExpectedOnce): object {
  const { document: _, targets: __, parameters, comment, Parameters, ...rest } = members;
  return {
    document: request.DocumentName,
    targets: targetsOf(request),
    ...(parameters !== undefined && { parameters: shownParameters(request, parameters) }),
    ...(comment !== undefined && { comment: request.Comment }),
    ...(Parameters !== undefined && { Parameters: shownParameters(request, Parameters) }),
    ...Object.fromEntries(namesAskedFor(rest).map((name) => [name, Reflect.get(request, name)])),
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
