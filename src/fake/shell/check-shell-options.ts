import { isAbsolute } from "node:path";
import { nearestName } from "../../domain/nearest-name.ts";
import { isPlainObject } from "../../domain/options.ts";
import { isKept, KEEPS_ALLOWED } from "./byte-size.ts";
import type { ShellOptions } from "./runs-in-shell.ts";

/** What each option has to be, and whether a value is that. */
export const SHELL_OPTIONS = {
  shell: { is: isText, allowed: "a path, or the name of a program" },
  cwd: { is: isText, allowed: "a path" },
  env: { is: isEnvironment, allowed: "an object whose values are strings" },
  folder: { is: isPath, allowed: "an absolute path" },
  keeps: { is: isKept, allowed: KEEPS_ALLOWED },
} as const satisfies Readonly<
  Record<keyof ShellOptions, { readonly is: (value: unknown) => boolean; readonly allowed: string }>
>;

/** Refuses options that do not exist, and values that they cannot have. */
export function checkShellOptions(options: ShellOptions): void {
  const given: unknown = options;
  if (!isPlainObject(given)) {
    throw new TypeError(
      `runsInShell() was given ${shown(given)}. Give it an object of options, or nothing.`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (!isOption(name))
      throw new TypeError(`runsInShell() has no option ${shown(name)}. ${advice(name)}`);
    const { is, allowed } = SHELL_OPTIONS[name];
    if (value !== undefined && !is(value)) throw wrong(name, value, allowed);
  }
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (name === "" || /[=\0]/.test(name)) {
      throw wrong("env", name, "variables whose names are not empty, without = and NUL");
    }
    if (value !== undefined && !isText(value) && value !== "")
      throw wrong(`env.${name}`, value, "a string without NUL");
  }
}

function wrong(name: string, value: unknown, allowed: string): TypeError {
  return new TypeError(
    `The option ${name} of runsInShell() is ${shown(value)}. Give it ${allowed}.`,
  );
}

function advice(name: string): string {
  const names = Object.keys(SHELL_OPTIONS);
  const nearest = nearestName(name, names);
  return nearest === undefined ? `It has ${names.join(", ")}.` : `Did you mean ${nearest}?`;
}

function isOption(name: string): name is keyof ShellOptions {
  return Object.hasOwn(SHELL_OPTIONS, name);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !value.includes("\0");
}

function isPath(value: unknown): boolean {
  return isText(value) && isAbsolute(String(value));
}

/** Names and values: `process.env` is neither a plain object nor iterable. */
function isEnvironment(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(Symbol.iterator in value);
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
