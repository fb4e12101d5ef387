import { explanationOf } from "../../domain/explanation/explain.ts";
import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import type { Clock } from "../../time/clock.ts";
import { isFake, shownGiven } from "../check-fake.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import {
  commandOf,
  refuseMore,
  timelineOf,
  underWay,
  type Verdict,
  type WhichCommand,
} from "./verdict.ts";

/**
 * How a command ended on one node: an `InvocationOutcome` of the client, as far as it is looked at.
 *
 * @inline
 */
export type NodeOutcome = {
  /** How it ended. */
  readonly kind: string;
  /** The id of the node. */
  readonly instanceId: string;
  /** Its plugins. */
  readonly plugins: readonly {
    /** Its name. */
    readonly name: string;
    /** Its `Status`. */
    readonly status: string;
    /** The exit code of its process. */
    readonly exitCode?: number | undefined;
    /** Standard error. */
    readonly stderr?: string | undefined;
    /** Standard output. */
    readonly stdout?: string | undefined;
    /** Both streams. */
    readonly output?: string | undefined;
  }[];
};

/**
 * How a command ended: a `CommandOutcome` of the client, as far as it is looked at.
 *
 * @inline
 */
export type WholeOutcome = {
  /** How it ended. */
  readonly kind: string;
  /** What the SDK returned. */
  readonly command: {
    /** Its id. */
    readonly CommandId?: string | undefined;
    /** Its details. */
    readonly StatusDetails?: string | undefined;
  };
  /** How it ended on its nodes. */
  readonly invocations: readonly NodeOutcome[];
};

/**
 * What a client's wait resolves with: how a command ended, or how it ended on one of its nodes.
 *
 * @inline
 */
export type SomeOutcome = NodeOutcome | WholeOutcome;

/** The options of `assertSucceeded()` and `toHaveSucceeded()`. */
export const SUCCEEDED_OPTIONS = {
  commandId: "a string",
} as const satisfies OptionTable<WhichCommand>;

/** How a command ended that found no node, which AWS calls a Success. */
const NOWHERE = "ran nowhere: no node matches its targets";
/** The most characters of a line of output in a message. */
const MOST_CHARACTERS = 200;
/** What the agent writes before standard error [agent-io-handler], or behind it [agent-run-script]: the exit code again. */
const AGENTS_OWN = /(?:\n-+ERROR-+\n)?failed to run commands: exit status \d+\s*$/;

/** Where the success of something is asked for. */
interface Asked {
  readonly which?: WhichCommand | undefined;
  /** Arguments that there should not be. */
  readonly more?: readonly unknown[];
  /** Such as `assertSucceeded()`. */
  readonly place: string;
  /** What to give it instead of something that is neither a fake nor an outcome. */
  readonly advice: string;
}

/** Whether a command has ended as Success: the one that a fake got, or the one of an outcome. */
export function succeededVerdict(
  given: FakeSsm<Clock> | SomeOutcome,
  { which, more = [], place, advice }: Asked,
): Verdict {
  if (isFake(given)) {
    given.throwMistakes();
    checkOptions(which, SUCCEEDED_OPTIONS, place);
    refuseMore(more, place, "It takes a fake, and { commandId }.");
    return verdictOfFake(given, which ?? {});
  }
  if (!isOutcome(given)) throw new TypeError(`${place} was given ${shownGiven(given)}. ${advice}`);
  if (which !== undefined) {
    throw new TypeError(
      `${place} was given an outcome and ${inMessage(which)}. An outcome is of one command: leave the second one out.`,
    );
  }
  return verdictOfOutcome(given);
}

function verdictOfFake(fake: FakeSsm<Clock>, which: WhichCommand): Verdict {
  const command = commandOf(fake, which);
  const { commandId, standing } = command;
  const { status, details } = standing;
  const holds = status === "Success" && details === "Success";
  return {
    holds,
    message: () => {
      const claim = holds ? "is Success, which was not expected" : notSuccess(status, details);
      const why = holds ? "" : `${underWay(command)}\n\n${whyOf(fake, commandId)}`;
      return `Command ${commandId} ${claim}.${why}${timelineOf(fake, { commandId })}`;
    },
    actual: details,
    expected: "Success",
  };
}

/** The explanation without its first line, which the claim has. A fake shows no output: the timeline has none either. */
function whyOf(fake: FakeSsm<Clock>, commandId: string): string {
  const { text } = fake.explain(commandId, { lines: 0 });
  return text.slice(text.indexOf("\n") + 1);
}

function notSuccess(status: string, details: string): string {
  if (details === "NoInstancesInTag") return NOWHERE;
  return `is ${status}/${details}, not Success`;
}

function verdictOfOutcome(outcome: SomeOutcome): Verdict {
  const holds = outcome.kind === "succeeded";
  return {
    holds,
    message: () => {
      if (holds) return `${subjectOf(outcome)} succeeded, which was not expected.`;
      if ("command" in outcome) return explanationOf(outcome).text;
      return `${subjectOf(outcome)} ended as ${outcome.kind}.\n\n  ${lineOf(outcome)}`;
    },
    actual: outcome.kind,
    expected: "succeeded",
  };
}

function subjectOf(outcome: SomeOutcome): string {
  if ("instanceId" in outcome) return `The command on node ${outcome.instanceId}`;
  return `Command ${outcome.command.CommandId ?? ""}`.trimEnd();
}

function lineOf({ instanceId, kind, plugins }: NodeOutcome): string {
  const failed = plugins.find(({ status }) => status === "Failed" || status === "TimedOut");
  if (failed === undefined) return `${instanceId}  ${kind}`;
  const { name, exitCode, stderr = "", stdout = "", output = "" } = failed;
  const streams = [stderr, stdout, output];
  const written = streams.map((text) => text.replace(AGENTS_OWN, ""));
  // What the agent writes behind it says the exit code, and nothing else.
  const said = lastLineOf(exitCode === undefined ? [...written, ...streams] : written);
  // The plugin of a node that nothing ran on has neither.
  const where = exitCode === undefined && said === "" ? "" : `, ${name}`;
  const code = exitCode === undefined ? "" : `, exit code ${exitCode}`;
  return `${instanceId}  ${kind}${where}${code}${said === "" ? "" : `: ${said}`}`;
}

/** The last line of the first of these that has one. */
function lastLineOf(texts: readonly string[]): string {
  const text = texts.find((each) => each.trim() !== "") ?? "";
  const line = text.trimEnd().split("\n").at(-1) ?? "";
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
}

function isOutcome(given: unknown): given is SomeOutcome {
  if (typeof given !== "object" || given === null || !("kind" in given)) return false;
  if ("instanceId" in given) return "plugins" in given && Array.isArray(given.plugins);
  if (!("command" in given && "invocations" in given)) return false;
  return (
    typeof given.command === "object" && given.command !== null && Array.isArray(given.invocations)
  );
}
