import { posix } from "node:path";
import { changedArguments } from "./changed-arguments.ts";
import { codeOf, type SourceFile } from "./source-files.ts";

/** What a folder of `src` may import beside itself, or a file in all, and what it must never do. */
export interface Row {
  /** A folder (with its slash) or a file. The longest that fits a file is its row. */
  readonly of: string;
  /** Folders, files of `src`, packages. `type …` where types are all. */
  readonly mayImport: readonly string[];
  readonly mustNever?: readonly Taboo[];
}

interface Taboo {
  readonly what: string;
  /** What gives it away: in the code without its comments, or in the file as a whole. */
  readonly sign: RegExp | ((file: SourceFile) => boolean);
}

interface Import {
  /** A path in `src`, or a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const SDK_TYPES = ["type @aws-sdk/client-ssm", "type @smithy/types"];
const KEEP_STATE = { what: "keep state", sign: /^(?:export )?(?:let|var) |\bnew Weak/m };
const KNOW_THE_FAKE = { what: "know that a fake exists", sign: /fake/i };
const KNOW_A_PROTOCOL = { what: "know a protocol", sign: /x-amz|statusCode|\b__type\b|AmazonSSM/i };
const HOLD_LOGIC = {
  what: "hold logic",
  sign: /^(?!import |export (?:type )?\{[^}]*\}(?: from |;)|\s*$)/m,
};
const BE_IMPURE: readonly Taboo[] = [
  KEEP_STATE,
  { what: "read a clock", sign: /\.now\(|\bnew Date\(\)|\bClock\b/ },
  { what: "make an id", sign: /UUID|\brandom\(/i },
  { what: "be async", sign: /\b(?:async|await|Promise)\b/ },
  { what: "change what it is given", sign: (file) => changedArguments(file).length > 0 },
];

// AWS's words are the vocabulary of the rules: the types, never the values.
const PURE = { mayImport: ["domain/", "type time/", ...SDK_TYPES], mustNever: BE_IMPURE };
// A duration is data, and reading one is arithmetic; a clock is not for agents.
const AGENTS = [
  ...["fake/documents/", "type fake/engine/"],
  ...["domain/", "type time/", "time/duration.ts"],
];
// The machine of an agent's run, beside behaviors that may be functions and promises of a test.
const MACHINE = { mayImport: ["fake/agents/", ...AGENTS], mustNever: BE_IMPURE };
// What every options object is checked with.
const OPTIONS = ["domain/options.ts", "domain/in-message.ts", "domain/nearest-name.ts"];
// A room may import what its list names, and every list names the rooms below.
const CALLS = ["fake/result.ts", ...OPTIONS, "time/"];
const LOGS = [
  "fake/calls/",
  ...CALLS,
  "domain/partition.ts",
  "type @aws-sdk/client-cloudwatch-logs",
];
const S3 = ["fake/calls/", ...CALLS, "domain/partition.ts"];
const RULES = ["fake/engine/", "fake/documents/", "fake/agents/"];
const ACCOUNT = [
  "fake/result.ts",
  ...RULES,
  "fake/logs/",
  "fake/s3/",
  "domain/",
  "time/",
  ...SDK_TYPES,
];
const RUNTIME = ["fake/account/", "fake/mistake-error.ts", ...ACCOUNT];
const SSM = ["fake/runtime/", "fake/calls/", ...RUNTIME];
const REPORTS = ["fake/account/", "fake/calls/", "fake/engine/", "domain/", "time/"];
const ADAPTERS = [
  "fake/adapters/",
  ...["fake/result.ts", "fake/mistake-error.ts", "fake/calls/", "type fake/account/"],
  ...["domain/", "type time/", ...SDK_TYPES],
];
// The two halves share the words and the time, nothing else.
const WIRING = ["fake/", "domain/", "time/", ...SDK_TYPES];
const MATCHERS = [
  ...["fake/assertions/", "fake/check-fake.ts", "fake/fake-ssm.ts", "fake/fake-ssm-options.ts"],
  "explore/report-text.ts",
  ...["type domain/", "type time/"],
];
const EXPLORE = [
  ...["fake/", "domain/", "time/", ...SDK_TYPES],
  "type @aws-sdk/client-cloudwatch-logs", // loaded when a function is run
];
// A fleet file is read for the fake as its users know it.
const FLEET = [
  "fake/shell/",
  ...[
    "fake/fake-ssm.ts",
    "type fake/account/",
    "fake/account/access.ts",
    "fake/account/check-node.ts",
  ],
  ...[...RULES, "domain/", "time/"],
];

/**
 * Who may import whom: the seams of the package. CONTRIBUTING.md tells it in words. A new folder or entry point gets its
 * row with its first file.
 */
export const IMPORT_TABLE: readonly Row[] = [
  {
    of: "domain/",
    mayImport: [...SDK_TYPES, "type time/"],
    mustNever: [KEEP_STATE, { what: "do I/O", sign: /\b(?:fetch|process|console)\b/ }],
  },
  {
    of: "time/",
    mayImport: ["domain/options.ts"],
    mustNever: [{ what: "know AWS", sign: /aws|ssm/i }],
  },
  {
    of: "client/",
    mayImport: ["domain/", "time/", "@aws-sdk/client-ssm"],
    mustNever: [KNOW_THE_FAKE],
  },
  {
    of: "cloudwatch-logs/",
    mayImport: [
      ...["client/", "domain/", "time/", "@aws-sdk/client-cloudwatch-logs", ...SDK_TYPES],
      "type @aws-sdk/client-s3", // loaded when it is needed
    ],
    mustNever: [KNOW_THE_FAKE],
  },
  {
    of: "cloudwatch-logs/s3-module.ts",
    mayImport: ["cloudwatch-logs/", "@aws-sdk/client-s3"],
    mustNever: [{ what: "load it before it is needed", sign: /^import (?!type).*@aws-sdk/m }],
  },
  {
    of: "cloudwatch-logs/index.ts",
    mayImport: ["cloudwatch-logs/"],
    mustNever: [HOLD_LOGIC, KNOW_THE_FAKE],
  },
  { of: "fake/result.ts", mayImport: [] },
  { of: "fake/mistake-error.ts", mayImport: [] },
  { of: "fake/engine/", ...PURE },
  { of: "fake/documents/", ...PURE },
  { of: "fake/agents/", mayImport: AGENTS },
  { of: "fake/agents/agent-run.ts", ...MACHINE },
  { of: "fake/agents/agent-run-state.ts", ...MACHINE },
  { of: "fake/agents/agent-run-steps.ts", ...MACHINE },
  { of: "fake/agents/log-polls.ts", ...MACHINE },
  { of: "fake/agents/process.ts", ...MACHINE },
  { of: "fake/agents/agent-workers.ts", ...MACHINE },
  { of: "fake/shell/", mayImport: ["fake/agents/", ...AGENTS, "time/", "node:"] },
  { of: "fake/calls/", mayImport: CALLS, mustNever: [KNOW_A_PROTOCOL] },
  // The shapes of AWS's operations, for handlers and journal.
  { of: "fake/calls/operation-shapes.ts", mayImport: ["fake/calls/", ...SDK_TYPES] },
  { of: "fake/logs/", mayImport: LOGS, mustNever: [KNOW_A_PROTOCOL] },
  { of: "fake/s3/", mayImport: S3, mustNever: [KNOW_A_PROTOCOL] },
  // The parser of YAML: the account parses, `fake/documents` sees objects only.
  {
    of: "fake/account/",
    // How small pages are is a setting of the account.
    mayImport: [...ACCOUNT, "type fake/calls/paging.ts", "yaml"],
    mustNever: [KNOW_A_PROTOCOL],
  },
  { of: "fake/runtime/", mayImport: RUNTIME, mustNever: [KNOW_A_PROTOCOL] },
  { of: "fake/ssm/", mayImport: SSM, mustNever: [KNOW_A_PROTOCOL] },
  { of: "fake/reports/", mayImport: REPORTS, mustNever: [KNOW_A_PROTOCOL] },
  { of: "fake/adapters/", mayImport: ADAPTERS },
  // It asks whether code was left behind, which gets no answer.
  { of: "fake/adapters/aborted.ts", mayImport: [...ADAPTERS, "time/clock.ts"] },
  { of: "fake/adapters/sdk/ssm-module.ts", mayImport: ["@aws-sdk/client-ssm"] },
  { of: "fake/adapters/http/http-server.ts", mayImport: [...ADAPTERS, "time/", "node:"] },
  { of: "fake/adapters/http/http-body.ts", mayImport: [...ADAPTERS, "node:"] },
  { of: "fake/fake-ssm.ts", mayImport: WIRING },
  { of: "fake/fake-ssm-options.ts", mayImport: WIRING },
  { of: "fake/async-disposal.ts", mayImport: [] },
  { of: "fake/region.ts", mayImport: WIRING },
  { of: "fake/fake-logs.ts", mayImport: WIRING },
  { of: "fake/fake-objects.ts", mayImport: WIRING },
  { of: "fake/fake-documents.ts", mayImport: WIRING },
  { of: "fake/fake-notifications.ts", mayImport: WIRING },
  { of: "fake/assertions/", mayImport: WIRING },
  { of: "fake/check-fake.ts", mayImport: WIRING },
  { of: "fake/serve-fake-ssm.ts", mayImport: WIRING },
  // In place of the SDK's modules: it makes clients of the fake of classes that it is given.
  {
    of: "fake/stand-ins/",
    mayImport: [
      ...["type fake/fake-ssm.ts", "fake/check-fake.ts", "fake/adapters/"],
      ...["domain/", "time/", ...SDK_TYPES],
    ],
  },
  // The words of a runner for what assertions find; what registers them may import the runner.
  { of: "matchers/", mayImport: MATCHERS },
  { of: "matchers/fake-fixture.ts", mayImport: [...MATCHERS, "vitest"] },
  { of: "matchers/vitest.ts", mayImport: ["matchers/", "vitest"] },
  { of: "matchers/jest.ts", mayImport: ["matchers/", "@jest/globals"] },
  // Time for code that has timers of its own: it knows clocks, and nothing of the fake.
  { of: "fake/bubble/", mayImport: ["time/", "node:"] },
  { of: "fake/fleet/", mayImport: [...FLEET, "node:", "yaml"] },
  // The fake aimed at a function: it opens fakes as its users do.
  { of: "explore/", mayImport: EXPLORE },
  {
    of: "explore/logs-module.ts",
    mayImport: ["explore/", "@aws-sdk/client-cloudwatch-logs"],
    mustNever: [{ what: "load it before it is needed", sign: /^import (?!type).*@aws-sdk/m }],
  },
  // What matchers say of a report, without the worlds.
  {
    of: "explore/report-text.ts",
    mayImport: ["fake/assertions/", "fake/check-fake.ts", "explore/world.ts", "type explore/"],
  },
  { of: "explore/index.ts", mayImport: ["explore/"], mustNever: [HOLD_LOGIC] },
  // Who explores without fast-check need not have it.
  { of: "explore/arbitraries/", mayImport: ["explore/", ...EXPLORE, "fast-check"] },
  { of: "explore/fast-check.ts", mayImport: ["explore/arbitraries/"], mustNever: [HOLD_LOGIC] },
  {
    of: "cli/",
    mayImport: ["index.ts", "fake/index.ts", "fake/node.ts", "domain/", "node:"],
  },
  {
    of: "index.ts",
    mayImport: ["client/", "domain/", "time/"],
    mustNever: [HOLD_LOGIC, KNOW_THE_FAKE],
  },
  { of: "fake/index.ts", mayImport: WIRING, mustNever: [HOLD_LOGIC] },
  { of: "fake/node.ts", mayImport: WIRING, mustNever: [HOLD_LOGIC] },
];

/** What a file of `src` imports or does against its row: a sentence for each. */
export function breachesOf(file: SourceFile): readonly string[] {
  const row = rowOf(file);
  if (row === undefined) return [`${file.path} has no row in the import table.`];
  const code = codeOf(file);
  return [
    ...importsOf(file)
      .filter((each) => !isAllowed(each, row))
      .map(({ to, typeOnly }) => `${file.path} imports ${typeOnly ? "types of " : ""}${to}.`),
    ...(row.mustNever ?? [])
      .filter(({ sign }) => (typeof sign === "function" ? sign(file) : sign.test(code)))
      .map(({ what }) => `${file.path} must never ${what}.`),
  ];
}

/** Everything that is loaded when a file of `src` is: paths in `src` and packages. Types load nothing. */
export function loadedBy(path: string, files: readonly SourceFile[]): ReadonlySet<string> {
  const loaded = new Set([path]);
  // A Set that grows while it is walked is walked to its new end.
  for (const each of loaded) {
    const file = files.find((candidate) => candidate.path === `src/${each}`);
    if (file === undefined) continue;
    for (const { to, typeOnly } of importsOf(file)) if (!typeOnly) loaded.add(to);
  }
  return loaded;
}

function rowOf({ path }: SourceFile): Row | undefined {
  return IMPORT_TABLE.filter(({ of }) => isWithin(path.replace(/^src\//, ""), of))
    .sort((a, b) => a.of.length - b.of.length)
    .at(-1);
}

function isAllowed({ to, typeOnly }: Import, { of, mayImport }: Row): boolean {
  if (of.endsWith("/") && isWithin(to, of)) return true;
  return mayImport.some((entry) =>
    entry.startsWith("type ") ? typeOnly && isWithin(to, entry.slice(5)) : isWithin(to, entry),
  );
}

function isWithin(path: string, place: string): boolean {
  return /[/:]$/.test(place) ? path.startsWith(place) : path === place;
}

function importsOf(file: SourceFile): readonly Import[] {
  const code = codeOf(file);
  const here = posix.dirname(file.path.replace(/^src\//, ""));
  const found = [
    ...code.matchAll(/^(?:import|export) (type )?(?:[\w*{][^"';]* from )?"([^"]+)"/gm),
    ...code.matchAll(/\bimport\((type )?"([^"]+)"/g),
  ];
  return found.map(([, type, name = ""]) => ({
    to: name.startsWith(".") ? posix.join(here, name) : name,
    typeOnly: type !== undefined,
  }));
}
