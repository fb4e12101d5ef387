import { SERVE_OPTIONS, type ServeOption } from "./serve-options.ts";

interface OptionLine {
  readonly written: string;
  readonly text: string;
}

/** The options as `--help` and the README list them: how each is written, and what it does. */
export const OPTION_LINES: readonly OptionLine[] = [
  ...Object.values<ServeOption>(SERVE_OPTIONS).map(lineOf),
  { written: "--help", text: "this text" },
  { written: "--version", text: "the version of the package" },
];

/** What `--help` prints, with the options in two columns. The examples come first, since most readers need no more. */
export const HELP = `Examples

  npx ssm-run-command serve --fleet fleet.yaml
  aws ssm send-command --endpoint-url http://127.0.0.1:4599 \\
    --document-name AWS-RunShellScript --parameters commands=uptime --targets Key=tag:Role,Values=web

  npx ssm-run-command serve --fleet fleet.yaml --time-scale 60   an hour takes a minute
  curl -X POST -H 'X-Fake-Ssm: 1' http://127.0.0.1:4599/_fake/reset

Usage: ssm-run-command serve [options]

Serves AWS SSM Run Command from memory, with the CloudWatch Logs and the S3 that its nodes write to. Signatures are not
checked: any credentials will do.

${optionList()}

The first line on stdout says where it listens; everything else goes to stderr. SIGINT and SIGTERM end it.
Under /_fake/: GET health, timeline, journal; POST reset, nodes/ID/go-offline, nodes/ID/come-back (with X-Fake-Ssm: 1).
Exit codes: 0 after a signal, 1 when the fleet file or the port cannot be used, 2 for a wrong command line.
`;

function lineOf(option: ServeOption): OptionLine {
  const { flag, help } = option;
  switch (option.type) {
    case "switch":
      return { written: `--${flag}`, text: help };
    case "value": {
      const added = option.default === undefined ? "" : ` (default ${option.default})`;
      return { written: `--${flag} ${option.value}`, text: `${help}${added}` };
    }
    case "list":
      return { written: `--${flag} ${option.value}`, text: help };
  }
}

function optionList(): string {
  const width = Math.max(...OPTION_LINES.map(({ written }) => written.length)) + 3;
  return OPTION_LINES.map(({ written, text }) => `  ${written.padEnd(width)}${text}`).join("\n");
}
