import { parseArgs } from "node:util";
import { nearestName } from "../domain/nearest-name.ts";
import { SERVE_OPTIONS, type ServeOption, type ServeSettings } from "./serve-options.ts";

/** A command line that is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The values of an option on the command line, in their order; empty if the option is not there. */
type Written = (option: ServeOption) => readonly string[];

/**
 * Reads the command line of `serve`.
 *
 * @throws {@link UsageError} for an option or value that it does not know, with what is allowed, and for options that
 *   exclude each other.
 */
export function readServeSettings(args: readonly string[]): ServeSettings {
  const written = parse(args);
  const settings = Object.fromEntries(
    Object.entries<ServeOption>(SERVE_OPTIONS).map(([name, option]) => [
      name,
      settingOf(option, written(option)),
    ]),
    // ServeSettings is defined as just this: every name of the table, with the value that its row makes.
  ) as ServeSettings;
  // Our decision: with both, anyone who reaches the server could run programs here.
  if (settings.allowShell && settings.allowRemote) {
    throw new UsageError(
      "--allow-shell and --allow-remote cannot go together: other machines could run scripts on this one. Leave out one of them.",
    );
  }
  return settings;
}

function settingOf(option: ServeOption, written: readonly string[]): unknown {
  switch (option.type) {
    case "switch":
      return written.length > 0;
    case "value": {
      const last = written.at(-1) ?? option.default;
      return last === undefined ? undefined : readValue(option, last);
    }
    case "list":
      return written.map((each) => readValue(option, each));
  }
}

function readValue(
  { flag, reader }: Exclude<ServeOption, { type: "switch" }>,
  written: string,
): unknown {
  const value = reader.read(written);
  if (value !== undefined) return value;
  throw new UsageError(`--${flag} is ${JSON.stringify(written)}. Allowed: ${reader.allowed}.`);
}

function parse(args: readonly string[]): Written {
  const options = Object.fromEntries(
    Object.values<ServeOption>(SERVE_OPTIONS).map(({ flag, type }) => [
      flag,
      { type: type === "switch" ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  try {
    const { tokens } = parseArgs({ args: [...args], options, tokens: true });
    return ({ flag }) =>
      tokens.flatMap((token) =>
        token.kind === "option" && token.name === flag ? [token.value ?? ""] : [],
      );
  } catch (error) {
    throw error instanceof Error ? new UsageError(withAdvice(error.message)) : error;
  }
}

/** Node's message about a command line, with what to do about it. */
function withAdvice(said: string): string {
  const [, dashes, name] = /^Unknown option '(--?)([^']*)'/.exec(said) ?? [];
  if (name === undefined) return `${said.replace(/\.?$/, ".")} --help lists the options.`;
  const flags = Object.values<ServeOption>(SERVE_OPTIONS).map(({ flag }) => flag);
  const nearest = nearestName(name, flags);
  const advice = nearest === undefined ? "--help lists the options." : `Did you mean --${nearest}?`;
  return `There is no option ${dashes}${name}. ${advice}`;
}
