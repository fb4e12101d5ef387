import { readFileSync } from "node:fs";
import type { Pattern } from "../patterns/pattern.ts";
import { type LoopsRecord, runsOf } from "./record.ts";
import { countsOf, VERDICT_NAMES, VERDICTS } from "./verdicts.ts";

const PATTERNS = new URL("../patterns/", import.meta.url);
/** The pattern whose world is shown as code. */
const SHOWN = "counters.ts";

/** The page `docs/why-loops-lie.md`. */
export function loopsPage(record: LoopsRecord, patterns: readonly Pattern[]): string {
  const worlds = Object.keys(record.worlds).length;
  const wrongVerdicts = VERDICT_NAMES.filter((name) => name !== "right");
  const shown = patterns.find(({ file }) => file === SHOWN);
  return `${[
    "# Why loops lie",
    `Most code that waits for Run Command is a loop somebody wrote in an afternoon. We read such loops in public Node code, rewrote nine typical ones in our own words, and gave them, AWS's own waiter and the client of this package to \`explore\`: each ran in the same ${worlds} worlds, the catalogue of \`ssm-run-command/explore\`. In each world the service, the nodes and the network only do what AWS may lawfully do; most of it is in no test, since nobody can make it happen in an account.`,
    "![How many worlds each pattern gets right, and how it fails in the others](why-loops-lie.svg)",
    "## How to read it",
    `A world is an account with nodes, and what happens in it: a node fails late, is offline, reboots or is replaced; a listing has a second page; records come late; calls are throttled, denied, or their answers lost; somebody cancels. The loop runs in it unmodified, in virtual time. Then the world is played on until the command has ended, and what the loop said is compared with how it ended:`,
    [
      "| | |",
      "| --- | --- |",
      ...VERDICT_NAMES.map((name) => `| ${name} | ${VERDICTS[name]} |`),
    ].join("\n"),
    "Only the first that holds counts, in the order hung, sentTwice, lied, threw, falseAlarm, leftRunning. How a command ended is what AWS calls it: where one of three nodes is Undeliverable and the others succeed, that is Success ([guide-command-statuses](sources.md)). A script that sends no `executionTimeout` is killed after an hour, also in the world in which it takes three. A number of worlds is no probability: how often each of them comes in your account, only you know.",
    "## The table",
    tableOf(record, { patterns, wrongVerdicts }),
    `The answer to SendCommand that is lost is sent again by every client of the SDK with its default retries, and the script runs twice: all loops have it in common, and none can see it. [Sent once](once.md) says what \`send\` does about it.`,
    "## The patterns",
    "They share three functions: `sendScript` sends `AWS-RunShellScript` to the target of the world and returns the id of the command, `idsOf` lists the nodes of the target by DescribeInstanceInformation, and `sleep` is a timer.",
    ...patterns.flatMap((pattern) => sectionOf(pattern, record)),
    ...(shown === undefined ? [] : worldShown(shown, record)),
    "## Your own loop",
    "`explore(yourFunction)` does with your code what was done here; the page is made by `npm run docs:loops`, with seed 1.",
  ].join("\n\n")}\n`;
}

interface TableOptions {
  readonly patterns: readonly Pattern[];
  readonly wrongVerdicts: readonly (keyof typeof VERDICTS)[];
}

function tableOf(record: LoopsRecord, { patterns, wrongVerdicts }: TableOptions): string {
  const rows = patterns.map((pattern) => {
    const runs = [...runsOf(record, pattern).values()];
    const counts = countsOf(runs);
    const calls = runs.reduce((sum, run) => sum + run.calls, 0);
    const cells = wrongVerdicts.map((name) => counts[name] || "");
    return `| ${pattern.title} | ${counts.right} of ${runs.length} | ${cells.join(" | ")} | ${calls.toLocaleString("en-US")} |`;
  });
  return [
    `| Pattern | right in | ${wrongVerdicts.join(" | ")} | calls in all |`,
    `| --- | ---: | ${wrongVerdicts.map(() => "---:").join(" | ")} | ---: |`,
    ...rows,
  ].join("\n");
}

function sectionOf(pattern: Pattern, record: LoopsRecord): readonly string[] {
  const runs = runsOf(record, pattern);
  const example = record.examples[pattern.file];
  const wrong = VERDICT_NAMES.flatMap((name) => {
    const worlds = [...runs].filter(([, { verdict }]) => verdict === name);
    if (name === "right" || worlds.length === 0) return [];
    return [`- **${name}** (${worlds.length}): ${worlds.map(([world]) => world).join("; ")}`];
  });
  return [
    `### ${pattern.title}`,
    pattern.says,
    ["```js", codeOf(pattern), "```"].join("\n"),
    wrong.length === 0 ? `It is right in all ${runs.size} worlds.` : wrong.join("\n"),
    ...(example === undefined
      ? []
      : [`In the world “${example.world}”, made as small as it gets: ${inPage(example.explain)}`]),
  ];
}

/** Messages may have JSON, which is long, and characters that mean something in Markdown. */
function inPage(sentence: string): string {
  return sentence.replace(/\{.*\}/, "{ … }").replace(/[<>|*_]/g, "\\$&");
}

function worldShown({ file, title, run }: Pattern, { examples }: LoopsRecord): readonly string[] {
  const example = examples[file];
  if (example === undefined) return [];
  return [
    "## What explore hands you",
    `For each world in which a function is wrong, \`explore\` prints the smallest world in which it is wrong in the same way, as code to paste into a test. For “${title}” (\`${run.name}\`), in the world “${example.world}”:`,
    ["```ts", `${example.code.trimEnd()}`, "```"].join("\n"),
  ];
}

/** A pattern as it stands in its file, from its first constant on, without imports, types and exports. */
function codeOf({ file }: Pattern): string {
  const text = readFileSync(new URL(file, PATTERNS), "utf8");
  const start = text.search(/^(?:export )?const /m);
  return text
    .slice(start)
    .trimEnd()
    .replace(/^export const (\w+): Way = /m, "const $1 = ");
}
