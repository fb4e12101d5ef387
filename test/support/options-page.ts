import { fileURLToPath } from "node:url";
import ts from "typescript";
import { FIND_OPTIONS, SEND_OPTIONS } from "../../src/client/once/send-options.ts";
import { GROUP_OPTIONS } from "../../src/client/outcomes/group-by-output.ts";
import { RETRY_OPTIONS } from "../../src/client/outcomes/retry-request.ts";
import { CALLER_POLICY_OPTIONS } from "../../src/client/requests/caller-policy.ts";
import { NODE_LOGS_OPTIONS } from "../../src/client/requests/cloudwatch-output.ts";
import { SCRIPT_OPTIONS } from "../../src/client/requests/scripts.ts";
import { TOTAL_TIMEOUT_OPTIONS } from "../../src/client/requests/total-timeout.ts";
import { CLIENT_OPTIONS } from "../../src/client/run-command-client.ts";
import { WAIT_OPTIONS } from "../../src/client/waiting/wait-options.ts";
import { MANAGED_OPTIONS } from "../../src/client/waiting/wait-until-managed.ts";
import {
  PLUGIN_REFS_OPTIONS,
  READ_COMMAND_OUTPUT_OPTIONS,
} from "../../src/cloudwatch-logs/read-command-output.ts";
import { TAIL_OPTIONS } from "../../src/cloudwatch-logs/tail-command-output.ts";
import { SHOWN_OUTPUT_OPTIONS } from "../../src/domain/explanation/causes.ts";
import { PLUGIN_REF_OPTIONS } from "../../src/domain/output-names.ts";
import { CALL_OPTIONS } from "../../src/domain/run-command-api.ts";
import { FLEET_OPTIONS } from "../../src/explore/arbitraries/arbitraries.ts";
import { SIZE_OPTIONS } from "../../src/explore/explore-options.ts";
import { NODE_OPTIONS } from "../../src/fake/account/check-node.ts";
import { PAGE_OPTIONS } from "../../src/fake/account/check-options.ts";
import { PARAMETER_OPTIONS } from "../../src/fake/account/parameters.ts";
import {
  FAILS_OPTIONS,
  HANGS_OPTIONS,
  KILLED_OPTIONS,
  REBOOTS_OPTIONS,
  SUCCEEDS_OPTIONS,
  WRITE_OPTIONS,
} from "../../src/fake/agents/behavior-options.ts";
import { SENT_WORDS } from "../../src/fake/assertions/expected-send.ts";
import { REACHED_OPTIONS } from "../../src/fake/assertions/reached.ts";
import { SUCCEEDED_OPTIONS } from "../../src/fake/assertions/succeeded.ts";
import { JOURNAL_OPTIONS } from "../../src/fake/calls/journal.ts";
import { LOGS_CLIENT_OPTIONS } from "../../src/fake/fake-logs.ts";
import { BUCKET_OPTIONS, OBJECTS_CLIENT_OPTIONS } from "../../src/fake/fake-objects.ts";
import { FAKE_SSM_OPTIONS } from "../../src/fake/fake-ssm-options.ts";
import { JOURNAL_POLICY_OPTIONS } from "../../src/fake/reports/caller-policy.ts";
import { TIMELINE_OPTIONS } from "../../src/fake/reports/timeline.ts";
import { SERVE_OPTIONS } from "../../src/fake/serve-fake-ssm.ts";
import { SHELL_OPTIONS } from "../../src/fake/shell/check-shell-options.ts";
import { VIRTUAL_CLOCK_OPTIONS } from "../../src/time/virtual-clock-options.ts";
import { code, markdownTable } from "./markdown-table.ts";

/** Options that something takes: the table that checks them, and the type that documents them. */
export interface DocumentedOptions {
  readonly place: string;
  readonly names: readonly string[];
  /** The file of the type, and its name. */
  readonly type: readonly [file: string, name: string];
}

const of = (
  place: string,
  table: object,
  ...type: readonly [string, string]
): DocumentedOptions => ({ place, names: Object.keys(table), type });

const CLIENT = "src/client/";
const LOGS = "src/cloudwatch-logs/";
const FAKE = "src/fake/";
const ASSERTIONS = `${FAKE}assertions/`;
const RESULT = `${FAKE}agents/plugin-result.ts`;
const BEHAVIOR = `${FAKE}agents/behavior.ts`;

/** All options, by the entry that they belong to. Those of settings and latencies have a page of their own. */
export const OPTIONS: Readonly<Record<string, readonly DocumentedOptions[]>> = {
  "ssm-run-command": [
    of(
      "new RunCommandClient(ssm, options)",
      CLIENT_OPTIONS,
      `${CLIENT}run-command-client.ts`,
      "RunCommandClientOptions",
    ),
    of(
      "look(), commands(), invocations(), readOutput() and cancel()",
      CALL_OPTIONS,
      "src/domain/run-command-api.ts",
      "AbortOptions",
    ),
    of("send(request, options)", SEND_OPTIONS, `${CLIENT}once/send-options.ts`, "SendOptions"),
    of(
      "find(options) of a MaybeSentError",
      FIND_OPTIONS,
      `${CLIENT}errors/maybe-sent-error.ts`,
      "FindOptions",
    ),
    of("waitForTerminal(options)", WAIT_OPTIONS, `${CLIENT}waiting/wait-options.ts`, "WaitOptions"),
    of(
      "waitUntilManaged(ids, options)",
      MANAGED_OPTIONS,
      `${CLIENT}waiting/wait-until-managed.ts`,
      "ManagedOptions",
    ),
    of(
      "readOutput(at), logStreamNames(at)",
      PLUGIN_REF_OPTIONS,
      "src/domain/output-names.ts",
      "PluginRef",
    ),
    of(
      "runShellScript(script, options), runPowerShellScript(script, options)",
      SCRIPT_OPTIONS,
      `${CLIENT}requests/scripts.ts`,
      "ScriptOptions",
    ),
    of(
      "orThrow(outcome, options), explain(outcome, options), summarize(outcome, options)",
      SHOWN_OUTPUT_OPTIONS,
      "src/domain/explanation/causes.ts",
      "ShownOutput",
    ),
    of(
      "retryRequest(outcome, options)",
      RETRY_OPTIONS,
      `${CLIENT}outcomes/retry-request.ts`,
      "RetryOptions",
    ),
    of(
      "groupByOutput(outcome, options)",
      GROUP_OPTIONS,
      `${CLIENT}outcomes/group-by-output.ts`,
      "GroupOptions",
    ),
    of(
      "callerPolicy(options)",
      CALLER_POLICY_OPTIONS,
      `${CLIENT}requests/caller-policy.ts`,
      "CallerPolicyOptions",
    ),
    of(
      "nodeLogsPolicy(options)",
      NODE_LOGS_OPTIONS,
      `${CLIENT}requests/cloudwatch-output.ts`,
      "NodeLogsOptions",
    ),
    of(
      "totalTimeoutSeconds(request, options)",
      TOTAL_TIMEOUT_OPTIONS,
      `${CLIENT}requests/total-timeout.ts`,
      "TotalTimeoutOptions",
    ),
  ],
  "ssm-run-command/cloudwatch-logs": [
    of(
      "readCommandOutput(logs, of)",
      PLUGIN_REFS_OPTIONS,
      `${LOGS}read-command-output.ts`,
      "PluginRefs",
    ),
    of(
      "readCommandOutput(logs, of, options)",
      READ_COMMAND_OUTPUT_OPTIONS,
      `${LOGS}read-command-output.ts`,
      "ReadCommandOutputOptions",
    ),
    of(
      "tailCommandOutput(logs, sent, options)",
      TAIL_OPTIONS,
      `${LOGS}tail-command-output.ts`,
      "TailOptions",
    ),
  ],
  "ssm-run-command/fake": [
    of("new FakeSsm(options)", FAKE_SSM_OPTIONS, `${FAKE}fake-ssm-options.ts`, "FakeSsmOptions"),
    of("the `pages` of these", PAGE_OPTIONS, `${FAKE}account/check-options.ts`, "PageOptions"),
    of("fake.nodes.add(options)", NODE_OPTIONS, `${FAKE}account/node.ts`, "NodeOptions"),
    of("hangs(options)", HANGS_OPTIONS, RESULT, "ProcessOutput"),
    of("succeeds(options)", SUCCEEDS_OPTIONS, RESULT, "TimedProcess"),
    of("fails(options)", FAILS_OPTIONS, BEHAVIOR, "FailOptions"),
    of("killed(options)", KILLED_OPTIONS, BEHAVIOR, "KillOptions"),
    of("reboots(options)", REBOOTS_OPTIONS, RESULT, "Reboot"),
    of("one of the `writes` of these", WRITE_OPTIONS, RESULT, "OutputWrite"),
    of(
      "new VirtualClock(options)",
      VIRTUAL_CLOCK_OPTIONS,
      "src/time/virtual-clock-options.ts",
      "VirtualClockOptions",
    ),
    of(
      "assertSent(fake, expected) and toHaveSentCommand(expected), beside any member of the request",
      SENT_WORDS,
      `${ASSERTIONS}expected-send.ts`,
      "ExpectedWords",
    ),
    of(
      "assertReached(fake, detail, which) and toHaveReached(detail, which)",
      REACHED_OPTIONS,
      `${ASSERTIONS}reached.ts`,
      "WhichInvocation",
    ),
    of(
      "assertSucceeded(fake, which) and toHaveSucceeded(which)",
      SUCCEEDED_OPTIONS,
      `${ASSERTIONS}verdict.ts`,
      "WhichCommand",
    ),
    of(
      "fake.callerPolicy(options)",
      JOURNAL_POLICY_OPTIONS,
      `${FAKE}reports/caller-policy.ts`,
      "JournalPolicyOptions",
    ),
    of("fake.timeline(options)", TIMELINE_OPTIONS, `${FAKE}reports/timeline.ts`, "TimelineOptions"),
    of(
      "fake.journal.entries(options)",
      JOURNAL_OPTIONS,
      `${FAKE}calls/journal.ts`,
      "JournalOptions",
    ),
    of(
      "fake.parameters.set(name, value, options)",
      PARAMETER_OPTIONS,
      `${FAKE}account/parameters.ts`,
      "ParameterOptions",
    ),
    of(
      "fake.objects.setBucket(bucket, options)",
      BUCKET_OPTIONS,
      `${FAKE}fake-objects.ts`,
      "BucketOptions",
    ),
    of(
      "fake.logs.clientConfig(options)",
      LOGS_CLIENT_OPTIONS,
      `${FAKE}fake-logs.ts`,
      "LogsClientOptions",
    ),
    of(
      "fake.objects.clientConfig(options)",
      OBJECTS_CLIENT_OPTIONS,
      `${FAKE}fake-objects.ts`,
      "ObjectsClientOptions",
    ),
  ],
  "ssm-run-command/fake/node": [
    of("serveFakeSsm(fake, options)", SERVE_OPTIONS, `${FAKE}serve-fake-ssm.ts`, "ServeOptions"),
    of("runsInShell(options)", SHELL_OPTIONS, `${FAKE}shell/runs-in-shell.ts`, "ShellOptions"),
  ],
  "ssm-run-command/explore/fast-check": [
    of("worlds(options)", SIZE_OPTIONS, "src/explore/explore-options.ts", "WorldSize"),
    of("fleets(options)", FLEET_OPTIONS, "src/explore/arbitraries/arbitraries.ts", "FleetSize"),
  ],
};

/** An option as its type describes it. */
export interface DocumentedOption {
  readonly name: string;
  readonly comment: string;
  readonly byDefault: string;
}

/** Reads the types of options, all with one compiler. */
export function optionReader(): (options: DocumentedOptions) => readonly DocumentedOption[] {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const files = Object.values(OPTIONS)
    .flat()
    .map(({ type: [file] }) => root + file);
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    allowImportingTsExtensions: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  return ({ type: [file, name], names }) => {
    const source = program.getSourceFile(root + file);
    const declared = source?.statements.find(
      (each) =>
        (ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each)) &&
        each.name.text === name,
    );
    if (declared === undefined) throw new Error(`${file} has no type ${name}.`);
    const members = checker.getTypeAtLocation(declared).getProperties();
    return names.map((option) => {
      const member = members.find((each) => each.name === option);
      if (member === undefined) throw new Error(`${name} has no member ${option}.`);
      return documented(member, checker);
    });
  };
}

function documented(member: ts.Symbol, checker: ts.TypeChecker): DocumentedOption {
  const flat = (parts: readonly ts.SymbolDisplayPart[] | undefined) =>
    ts
      .displayPartsToString(parts && [...parts])
      .replaceAll(/\{@link ([^}]+)\}/g, "$1")
      .replaceAll(/\s+/g, " ")
      .replaceAll(/ (?=[,.;])/g, "")
      .trim();
  const byDefault = member.getJsDocTags(checker).find(({ name }) => name === "default");
  return {
    name: member.name,
    comment: flat(member.getDocumentationComment(checker)),
    byDefault: flat(byDefault?.text),
  };
}

/** `docs/options.md`, made of the tables that check options and the comments of their types. */
export function optionsPage(): string {
  const read = optionReader();
  const sections = Object.entries(OPTIONS).flatMap(([entry, all]) => [
    `## ${entry}`,
    "",
    ...all.flatMap((options) => [
      `### ${options.place}`,
      "",
      markdownTable(["Option", "What it says", "Default"], read(options).map(rowOf)),
      "",
    ]),
  ]);
  return [
    "# Options",
    "",
    "<!-- Made from the source by test/words/options.test.ts: `npx vitest run test/words -u` writes it again. -->",
    "",
    "The options objects of this package. An option that is not here is refused where it is written, with the nearest name if there is",
    "one, in JavaScript as in TypeScript, and so is a value that an option cannot have. `undefined` counts as left out. Settings and",
    "latencies have [a page of their own](settings.md), what a fault takes is in the comment of `FakeFaults`. Requests and the configuration of",
    "clients are the SDK's own.",
    "",
    ...sections,
  ].join("\n");
}

function rowOf({ name, comment, byDefault }: DocumentedOption): readonly string[] {
  return [code(name), comment, byDefault];
}
