import type { LatencyPreset } from "../fake/index.ts";
import { oneOf, PORT, REGION, type Reader, TEXT, TIME_SCALE } from "./value-readers.ts";

/** An option of `serve`: a switch, an option with a value, or one that may be repeated and has a list of values. */
export type ServeOption =
  | (Named & { readonly type: "switch" })
  | (Named & Valued & { readonly type: "value"; readonly default?: string })
  | (Named & Valued & { readonly type: "list" });

interface Named {
  /** Its name on the command line, without the dashes. */
  readonly flag: string;
  /** What `--help` and the README say about it. The default, if there is one, is added. */
  readonly help: string;
}

interface Valued {
  /** What the help calls the value. */
  readonly value: string;
  readonly reader: Reader<unknown>;
}

/**
 * The options of `serve`, by the names of their settings. The command line, `--help`, the README's list and the settings
 * are all made from this table. A default is written as a user would write it.
 */
export const SERVE_OPTIONS = {
  fleet: {
    type: "value",
    flag: "fleet",
    value: "FILE",
    help: "nodes and documents, in YAML or JSON; without it there are none",
    reader: TEXT,
  },
  port: {
    type: "value",
    flag: "port",
    value: "N",
    help: "0 has a free one picked",
    reader: PORT,
    default: "4599",
  },
  host: {
    type: "value",
    flag: "host",
    value: "ADDRESS",
    help: "where to listen",
    reader: TEXT,
    default: "127.0.0.1",
  },
  allowRemote: {
    type: "switch",
    flag: "allow-remote",
    help: "lets --host be an address that other machines reach",
  },
  allowedHosts: {
    type: "list",
    flag: "allowed-host",
    value: "NAME",
    help: "a name that clients may call the server by, beside localhost; may be repeated",
    reader: TEXT,
  },
  timeScale: {
    type: "value",
    flag: "time-scale",
    value: "N",
    help: "the service's clock runs N times as fast, time-outs of real shells too",
    reader: TIME_SCALE,
    default: "1",
  },
  latency: {
    type: "value",
    flag: "latency",
    value: "WORD",
    help: "how late the service is: instant, measured or worst",
    reader: oneOf<LatencyPreset>("instant", "measured", "worst"),
    default: "measured",
  },
  allowShell: {
    type: "switch",
    flag: "allow-shell",
    help: "lets nodes of the fleet file run scripts on this machine",
  },
  region: {
    type: "value",
    flag: "region",
    value: "NAME",
    help: "where the nodes are",
    reader: REGION,
    default: "us-east-1",
  },
  log: {
    type: "value",
    flag: "log",
    value: "FORM",
    help: "text, json or none",
    reader: oneOf("text", "json", "none"),
    default: "text",
  },
} as const satisfies Readonly<Record<string, ServeOption>>;

/** The settings that a command line of `serve` makes. */
export type ServeSettings = {
  readonly [Name in keyof typeof SERVE_OPTIONS]: SettingOf<(typeof SERVE_OPTIONS)[Name]>;
};

/** How requests are logged. */
export type LogForm = ServeSettings["log"];

/** The type of a setting. A value without a default may be missing. */
type SettingOf<O extends ServeOption> = O extends { readonly reader: Reader<infer T> }
  ? O extends { readonly type: "list" }
    ? readonly T[]
    : O extends { readonly default: string }
      ? T
      : T | undefined
  : boolean;
