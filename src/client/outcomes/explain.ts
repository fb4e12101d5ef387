import { SHOWN_OUTPUT_OPTIONS, type ShownOutput } from "../../domain/explanation/causes.ts";
import { type Explanation, explanationOf } from "../../domain/explanation/explain.ts";
import { notTaken } from "../../domain/in-message.ts";
import { checkOptions } from "../../domain/options.ts";
import type { StillRunningError } from "../errors/errors.ts";
import { member } from "../member.ts";

import type { CommandLook } from "./command-look.ts";

/**
 * Says why a command did not succeed, or has not yet: what decided that, where, what those nodes wrote last, what was never
 * tried, and what to do next.
 *
 * - A cause is a group of nodes, by kind and equal last lines of standard error; what the agent writes behind them, the exit
 *   code, does not count. Where streams were not read separately (beyond the first five nodes that failed), standard error
 *   is taken out of the merged output, which holds 2,500 bytes.
 * - `rule` is what decided. The service tells only the result, so it is read off the counts and details, by the table of
 *   [rules-roll-up].
 * - Where the service does not tell, the text says so: whether a script ran whose delivery timed out, who cancelled.
 *
 * @param outcome - What a wait resolved with, a look ({@link RunCommandClient.look}), or a {@link StillRunningError}.
 * @param options - How much of a node's output it may show: `lines`, `redact`.
 * @throws TypeError for anything else.
 *
 * @example
 * ```ts
 * node.behavior = fails({ exitCode: 7, stderr: "disk full\n" });
 * const { causes } = explain(await deploy(fake));
 * causes; //=> [{ kind: "failed", nodes: ["i-0123456789abcdef0"], rule: "more errors than MaxErrors allow", output: "disk full", … }]
 * ```
 */
export function explain(
  outcome: CommandLook | StillRunningError,
  options?: ShownOutput,
): Explanation {
  checkOptions(options, SHOWN_OUTPUT_OPTIONS, "explain()");
  if (isStillRunning(outcome)) {
    const { text, causes } = explanationOf(outcome.look, options);
    return { text: `${outcome.message}\n${text}`, causes };
  }
  const given: unknown = outcome;
  if (typeof given !== "object" || given === null || !("kind" in given) || "instanceId" in given) {
    const advice =
      "the outcome of a command, a look or a StillRunningError: explain(await sent.waitForTerminal())";
    throw notTaken(given, "explain()", advice);
  }
  return explanationOf(outcome, options);
}

/** Told by its shape, so that an error of another copy of this package will do. */
function isStillRunning(given: CommandLook | StillRunningError): given is StillRunningError {
  return typeof member(given, "look") === "object";
}
