import { parseArgs } from "node:util";
import { nearestName } from "../domain/nearest-name.ts";
import type { ConsistencyPreset } from "../fake/index.ts";

/** What the command line of `serve` says. */
export interface ServeSettings {
  readonly fleet: string | undefined;
  readonly port: number;
  readonly host: string;
  readonly allowRemote: boolean;
  readonly allowedHosts: readonly string[];
  readonly timeScale: number;
  readonly consistency: ConsistencyPreset;
  readonly allowShell: boolean;
  readonly region: string;
  readonly log: LogForm;
}

/** How requests are logged. */
export type LogForm = (typeof LOG_FORMS)[number];

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const LOG_FORMS = ["text", "json", "none"] as const;
const PRESETS = ["instant", "measured", "worst"] as const satisfies readonly ConsistencyPreset[];

const FLAGS = {
  fleet: { type: "string" },
  port: { type: "string", default: "4599" },
  host: { type: "string", default: "127.0.0.1" },
  "allow-remote": { type: "boolean", default: false },
  "allowed-host": { type: "string", multiple: true, default: [] as string[] },
  "time-scale": { type: "string", default: "1" },
  consistency: { type: "string", default: "measured" },
  "allow-shell": { type: "boolean", default: false },
  region: { type: "string", default: "us-east-1" },
  log: { type: "string", default: "text" },
} as const;

/**
 * Reads the command line of `serve`.
 *
 * @throws {@link UsageError} for what it does not know, with what is allowed.
 */
export function readServeSettings(args: readonly string[]): ServeSettings {
  const values = parse(args);
  // Whoever may send commands could run programs here: our decision.
  if (values["allow-shell"] && values["allow-remote"]) {
    throw new UsageError(
      "--allow-shell and --allow-remote cannot go together: other machines could run scripts on this one. Leave out one of them.",
    );
  }
  return {
    fleet: values.fleet,
    port: portOf(values.port),
    host: values.host,
    allowRemote: values["allow-remote"],
    allowedHosts: values["allowed-host"],
    timeScale: scaleOf(values["time-scale"]),
    consistency: wordOf("--consistency", { written: values.consistency, words: PRESETS }),
    allowShell: values["allow-shell"],
    region: regionOf(values.region),
    log: wordOf("--log", { written: values.log, words: LOG_FORMS }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    throw error instanceof Error ? new UsageError(withAdvice(error.message)) : error;
  }
}

/** What Node says of a command line, and what to do about it. */
function withAdvice(said: string): string {
  const [, dashes, name] = /^Unknown option '(--?)([^']*)'/.exec(said) ?? [];
  if (name === undefined) return `${said.replace(/\.?$/, ".")} --help lists the options.`;
  const nearest = nearestName(name, Object.keys(FLAGS));
  const advice = nearest === undefined ? "--help lists the options." : `Did you mean --${nearest}?`;
  return `There is no option ${dashes}${name}. ${advice}`;
}

function portOf(written: string): number {
  const port = Number(written);
  if (/^\d{1,5}$/.test(written) && port <= 65_535) return port;
  throw wrong("--port", { written, allowed: "0 to 65535; 0 has a free one picked" });
}

function scaleOf(written: string): number {
  const scale = Number(written);
  if (written.trim() !== "" && scale > 0 && Number.isFinite(scale)) return scale;
  throw wrong("--time-scale", { written, allowed: "a number above 0, such as 60" });
}

function regionOf(written: string): string {
  if (/^[a-z0-9-]{3,20}$/.test(written)) return written;
  throw wrong("--region", { written, allowed: "the name of a region, such as us-east-1" });
}

function wordOf<W extends string>(
  flag: string,
  { written, words }: { readonly written: string; readonly words: readonly W[] },
): W {
  const word = words.find((each) => each === written);
  if (word !== undefined) return word;
  throw wrong(flag, { written, allowed: words.join(", ") });
}

function wrong(
  flag: string,
  { written, allowed }: { readonly written: string; readonly allowed: string },
): UsageError {
  return new UsageError(`${flag} is ${JSON.stringify(written)}. Allowed: ${allowed}.`);
}
