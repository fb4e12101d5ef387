import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HELP, OPTION_LINES } from "../../src/cli/help.ts";
import { readServeSettings, UsageError } from "../../src/cli/read-serve-settings.ts";
import { SERVE_OPTIONS, type ServeOption } from "../../src/cli/serve-options.ts";
import { PORT, TEXT } from "../../src/cli/value-readers.ts";
import { LATENCY_PRESETS } from "../../src/fake/account/latency.ts";

const OPTIONS = Object.values<ServeOption>(SERVE_OPTIONS);
const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** A value that every reader refuses, except the one for any string. */
const NONSENSE = "?!";

/** An option as the help and the README write it: `--port N`. */
const writtenOf = (option: ServeOption): string =>
  option.type === "switch" ? `--${option.flag}` : `--${option.flag} ${option.value}`;

/** The default that the help states for an option, if it states one. */
const toldDefaultOf = (option: ServeOption): string | undefined => {
  const line = OPTION_LINES.find(({ written }) => written === writtenOf(option));
  return / \(default (.*)\)$/.exec(line?.text ?? "")?.[1];
};

/** What the command line says for each setting. */
const settingsOf = (...args: readonly string[]): Readonly<Record<string, unknown>> =>
  readServeSettings(args);

describe("the options of serve", () => {
  it("have a flag each that no other has", () => {
    expect(new Set(OPTIONS.map(({ flag }) => flag)).size).toBe(OPTIONS.length);
  });

  it("stand in the help, all of them, in the order of the table and in one column", () => {
    const lines = HELP.split("\n").filter((line) => line.startsWith("  --"));
    const written = lines.map((line) => line.slice(2, 24).trimEnd());
    expect(written).toEqual([...OPTIONS.map(writtenOf), "--help", "--version"]);
    expect(lines.map((line) => line.slice(22, 25))).toEqual(
      lines.map(() => expect.stringMatching(/^ {2}\S$/)),
    );
  });

  it("stand in the README, all of them, with what they do", () => {
    const missing = OPTIONS.filter(
      (option) => !README.includes(`| \`${writtenOf(option)}\` | ${option.help}`),
    );
    expect(missing.map(({ flag }) => flag)).toEqual([]);
  });

  it("know every latency that the fake has a word for", () => {
    const words = Object.keys(LATENCY_PRESETS);
    expect(SERVE_OPTIONS.latency.reader.allowed.split(", ")).toEqual(words);
  });

  it("name in the help every word that they allow", () => {
    for (const { reader, help } of [SERVE_OPTIONS.latency, SERVE_OPTIONS.log]) {
      expect(help).toMatch(new RegExp(`\\b${reader.allowed.replace(/, (\w+)$/, " or $1")}$`));
    }
  });

  it("do not compile without what makes them whole", () => {
    const [flag, help, value, reader] = ["port", "0 has a free one picked", "N", PORT] as const;
    // @ts-expect-error no help
    const withoutHelp: ServeOption = { type: "value", flag, value, reader };
    // @ts-expect-error no reader
    const withoutReader: ServeOption = { type: "value", flag, help, value };
    // @ts-expect-error no name for its value
    const withoutName: ServeOption = { type: "list", flag, help, reader };
    // @ts-expect-error a switch that is on unless it is given cannot be turned off
    const withDefault: ServeOption = { type: "switch", flag, help, default: "true" };
    expect([withoutHelp, withoutReader, withoutName, withDefault]).toHaveLength(4);
  });
});

describe("a setting", () => {
  it("is its default where nothing is written", () => {
    expect(settingsOf()).toStrictEqual({
      fleet: undefined,
      port: 4599,
      host: "127.0.0.1",
      allowRemote: false,
      allowedHosts: [],
      timeScale: 1,
      latency: "measured",
      allowShell: false,
      region: "us-east-1",
      log: "text",
    });
  });

  it.each(Object.entries<ServeOption>(SERVE_OPTIONS))(
    "has the default that the help states, or is off, empty or missing: %s",
    (name, option) => {
      const told = toldDefaultOf(option);
      const missing = { switch: false, list: [], value: undefined }[option.type];
      const asIfWritten = told === undefined ? [] : [`--${option.flag}=${told}`];
      expect(settingsOf()[name]).toEqual(settingsOf(...asIfWritten)[name]);
      if (told === undefined) expect(settingsOf()[name]).toEqual(missing);
    },
  );

  it("is the last value of an option that is written twice", () => {
    expect(settingsOf("--port", "1", "--port", "2")).toMatchObject({ port: 2 });
  });

  it("is every value, in order, of an option that may be repeated", () => {
    const args = ["--allowed-host", "b.test", "--allowed-host=a.test"];
    expect(settingsOf(...args)).toMatchObject({ allowedHosts: ["b.test", "a.test"] });
  });

  it("is on when its switch is given", () => {
    expect(settingsOf("--allow-remote")).toMatchObject({ allowRemote: true, allowShell: false });
  });
});

describe("a value that is not allowed", () => {
  const strict = OPTIONS.flatMap((option) =>
    option.type === "switch" || option.reader === TEXT ? [] : [option],
  );

  it.each(strict)("is refused with the flag and what is allowed: $flag", ({ flag, reader }) => {
    expect(() => settingsOf(`--${flag}=${NONSENSE}`)).toThrow(
      new UsageError(`--${flag} is "${NONSENSE}". Allowed: ${reader.allowed}.`),
    );
  });

  it("does not exist for a file, an address and the name of a host: any string is allowed", () => {
    const free = OPTIONS.filter((option) => option.type !== "switch" && option.reader === TEXT);
    expect(free.map(({ flag }) => flag)).toEqual(["fleet", "host", "allowed-host"]);
  });
});

describe("an unknown option", () => {
  it.each(OPTIONS)("is refused with the nearest: $flag", ({ flag }) => {
    const slip = `${flag}x`;
    expect(() => settingsOf(`--${slip}`)).toThrow(
      new UsageError(`There is no option --${slip}. Did you mean --${flag}?`),
    );
  });

  it("is refused with the nearest in small letters, too", () => {
    expect(() => settingsOf("--PORT", "1")).toThrow("Did you mean --port?");
  });
});
