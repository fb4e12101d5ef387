import type { SendCommandRequest, Target } from "@aws-sdk/client-ssm";
import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import { type Expected, isMatcher, isPlainObject, regExpIn, shownValue } from "./expected-value.ts";

/**
 * What a sent command is expected to have, in words of this package.
 *
 * @inline
 */
export type ExpectedWords = {
  /** The document, as the request named it, such as `"AWS-RunShellScript"`, or a matcher. @default any document */
  readonly document?: Expected<string> | undefined;
  /**
   * Instance ids, or targets, in any order: `["i-0123456789abcdef0"]`, `tagTargets({ Role: "web" })`. All of them:
   * `expect.arrayContaining([…])` stands for some. @default any targets
   */
  readonly targets?: Expected<readonly string[]> | Expected<readonly Target[]> | undefined;
  /**
   * Parameters that the command has to have with these values, such as `{ commands: ["./deploy.sh"] }`; it may have more.
   * (`Parameters`, AWS's own, are all of them.) @default any parameters
   */
  readonly parameters?: Expected<Readonly<Record<string, readonly string[]>>> | undefined;
  /** The comment, or a matcher such as `expect.stringContaining("nightly")`. @default any comment, or none */
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

/** Refuses what no command could ever have, so that it is not mistaken for one that was not sent. */
export function checkExpected(expected: ExpectedSend, place: string): void {
  const given: unknown = expected;
  if (typeof given === "function") {
    throw new TypeError(
      `${place} was given ${inMessage(given)}. It is about SendCommand alone: give it what the command has, such as { document: "AWS-RunShellScript" }.`,
    );
  }
  if (!isPlainObject(given) || isMatcher(given)) {
    throw new TypeError(
      `${place} was given ${isMatcher(given) ? shownValue(given) : inMessage(given)}. Give it an object: { ${Object.keys(SENT_WORDS).join(", ")} }, or members of the request such as MaxErrors. Matchers may stand in it.`,
    );
  }
  const regExp = regExpIn(given);
  if (regExp !== undefined) {
    throw new TypeError(
      `${place} was given ${regExp}, which no value of a request is. Write a matcher: expect.stringMatching(${regExp}), or { asymmetricMatch: (value) => ${regExp}.test(value) }.`,
    );
  }
  if (Object.hasOwn(given, "commandId")) {
    throw new TypeError(
      `${place} has no option "commandId". It looks among all commands that were sent; toHaveReached() and toHaveSucceeded() look at one.`,
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
