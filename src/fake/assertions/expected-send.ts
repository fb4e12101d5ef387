import type { SendCommandRequest, Target } from "@aws-sdk/client-ssm";
import type { OptionTable } from "../../domain/options.ts";
import type { Expected } from "./expected-value.ts";

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

/**
 * The same without `times`, for a command that is expected once.
 *
 * @inline
 */
export type ExpectedOnce = Omit<ExpectedSend, "times">;

/** What `assertSentOnce()` can expect, in words of this package. */
export const SENT_ONCE_WORDS = {
  document: "a string",
  targets: "a list",
  parameters: "any",
  comment: "a string",
} as const satisfies OptionTable<Omit<ExpectedWords, "times">>;

/** What `assertSent()` and `toHaveSentCommand()` can expect, in words of this package. */
export const SENT_WORDS = {
  ...SENT_ONCE_WORDS,
  times: "a number",
} as const satisfies OptionTable<ExpectedWords>;
