import type { World } from "../world.ts";
import {
  ALARM,
  besideNodes,
  GROUP,
  isGroup,
  logsConfigOf,
  nodesOf,
  targetsOf,
} from "../world-parts.ts";
import { type Code, call, items, layOut, members } from "./code-layout.ts";
import { happeningsCode, nodesBefore } from "./happening-code.ts";
import { given, type Helper, literal } from "./literal.ts";
import { nodesCode } from "./node-code.ts";

/** How a world is printed. */
export interface CodeOptions {
  /** The function that is called: where that is no name that code can have, `yourFunction`. */
  readonly functionName: string;
  readonly seed: number;
  /** What stands above the code. */
  readonly comment: string;
  /** Whether `@aws-sdk/client-cloudwatch-logs` is installed. @default true */
  readonly hasLogs?: boolean | undefined;
}

/** What code imports, by module: in the order in which formatters put them. */
interface Imports {
  readonly logs: Set<string>;
  readonly ssm: Set<string>;
  readonly fake: Set<string>;
}

const HEADLINE_WIDTH = 110;

/**
 * A world as JavaScript to paste into a test file: what `openWorld` does, and the call of the function. It is TypeScript, too,
 * and as formatters leave it.
 */
export function worldCode(world: World, options: CodeOptions): string {
  const { comment, hasLogs = true } = options;
  const imports: Imports = { logs: new Set(), ssm: new Set(), fake: new Set(["FakeSsm"]) };
  if (hasLogs) imports.logs.add("CloudWatchLogsClient");
  const uses = (name: Helper) => void imports.fake.add(name);
  const { hasAlarm = false, faults = [] } = world;
  const statements = [
    `const fake = ${layOut(fakeCode(world, options.seed, uses), { indent: 0, column: 13, behind: 1 })};`,
    ...(hasAlarm ? [`fake.alarms.set("${ALARM}", "OK");`] : []),
    ...groupCode(world),
    ...faults.map(({ type, operation, when }) => {
      const order = call(`fake.faults.${type}`, [literal(operation, uses), literal(when, uses)]);
      return `${layOut(order, { indent: 0, column: 0, behind: 1 })};`;
    }),
    ...nodesBefore(world),
    ...happeningsCode(world, { uses, imports: imports.ssm }),
  ];
  const called = callCode(world, { name: nameOf(options.functionName, imports), hasLogs });
  return [
    ...importLines(imports),
    "",
    ...commentLines(comment),
    ...statements,
    "const said = await inVirtualTime(fake, () =>",
    `  ${layOut(called, { indent: 2, column: 2, behind: 1 })},`,
    ");",
    "",
  ].join("\n");
}

function fakeCode(world: World, seed: number, uses: (name: Helper) => void): Code {
  const nodes = nodesOf(world);
  const { settings = {} } = world;
  const latency = statedLatency(world);
  const pages = given(world.pages ?? {}).filter(([, value]) => value !== false);
  const options: (readonly [string, Code])[] = [["seed", String(seed)]];
  if (nodes.length > 0) options.push(["nodes", nodesCode(nodes, uses)]);
  if (latency !== undefined) options.push(["latency", literal(latency, uses)]);
  if (pages.length > 0) options.push(["pages", literal(Object.fromEntries(pages), uses)]);
  if (given(settings).length > 0) options.push(["settings", literal(settings, uses)]);
  return call("new FakeSsm", [members(options, { open: options.length > 1 })]);
}

/** How late the service is, unless it is as late as by default. */
function statedLatency({ latency }: World): unknown {
  if (typeof latency !== "object") return latency === "measured" ? undefined : latency;
  const { otherwise, ...own } = latency;
  const preset = otherwise === "measured" ? undefined : otherwise;
  if (given(own).length === 0) return preset;
  return { ...own, otherwise: preset };
}

function callCode(
  world: World,
  { name, hasLogs }: { readonly name: string; readonly hasLogs: boolean },
): Code {
  return call(name, [
    members(
      [
        ["ssm", "fake.client()"],
        ["logs", hasLogs ? "new CloudWatchLogsClient(fake.logs.clientConfig())" : "undefined"],
        ["target", targetCode(world)],
        ["logsConfig", data(logsConfigOf())],
        "fake",
        ["signal", "new AbortController().signal"],
      ],
      { open: true },
    ),
  ]);
}

function targetCode(world: World): Code {
  const beside = given(besideNodes(world)).map(([name, value]) => [name, data(value)] as const);
  const nodes =
    world.target === "ids"
      ? (["InstanceIds", idsCode(world)] as const)
      : (["Targets", data(targetsOf(world))] as const);
  return members([nodes, ...beside]);
}

function groupCode(world: World): readonly string[] {
  if (!isGroup(world)) return [];
  if (world.target === "deniedGroup") return [`fake.groups.set("${GROUP}", "denied");`];
  return [
    "const instanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);",
    `fake.groups.set("${GROUP}", { instanceIds });`,
  ];
}

function idsCode({ nodes }: World): Code {
  const ids = nodes.flatMap(({ instanceId }) => (instanceId === undefined ? [] : [instanceId]));
  if (ids.length === nodes.length) return items(ids.map(data));
  return "fake.nodes.list().map(({ instanceId }) => instanceId)";
}

/** What has no functions in it. */
function data(value: unknown): Code {
  return literal(value, () => {});
}

/** The names that the code gives to things of its own. */
const TAKEN = [
  "fake",
  "instanceIds",
  "inVirtualTime",
  "nodes",
  "said",
  "stop",
  "paginateListCommands",
];

/** Words that cannot be names in a module. */
const RESERVED =
  /^(?:arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield)$/;

function nameOf(name: string, { logs, ssm, fake }: Imports): string {
  const taken = [...TAKEN, ...logs, ...ssm, ...fake];
  const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
  return isName && !RESERVED.test(name) && !taken.includes(name) ? name : "yourFunction";
}

function importLines({ logs, ssm, fake }: Imports): readonly string[] {
  return [
    ...importLine(logs, "@aws-sdk/client-cloudwatch-logs"),
    ...importLine(ssm, "@aws-sdk/client-ssm"),
    ...importLine(fake, "ssm-run-command/fake"),
    ...importLine(new Set(["inVirtualTime"]), "ssm-run-command/fake/node"),
  ];
}

function importLine(names: ReadonlySet<string>, from: string): readonly string[] {
  if (names.size === 0) return [];
  const sorted = [...names].sort((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1));
  const line = `import { ${sorted.join(", ")} } from "${from}";`;
  if (line.length <= 100) return [line];
  return ["import {", ...sorted.map((name) => `  ${name},`), `} from "${from}";`];
}

/** By its letters, whether large or small; of two equal ones the large one is first. */
function rankOf(name: string): string {
  return [...name].map((letter) => `${letter.toLowerCase()}${letter}`).join("");
}

function commentLines(comment: string): readonly string[] {
  return comment
    .split(/\r?\n|[\u2028\u2029]/)
    .filter((line) => line.trim() !== "")
    .flatMap((line) => {
      const lines: string[] = [];
      for (const word of line.trim().split(/\s+/)) {
        const last = lines.at(-1);
        if (last === undefined || last.length + 1 + word.length > HEADLINE_WIDTH) {
          lines.push(`// ${word}`);
        } else {
          lines[lines.length - 1] = `${last} ${word}`;
        }
      }
      return lines;
    });
}
