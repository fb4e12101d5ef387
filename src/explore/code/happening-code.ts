import type { Happening, World } from "../world.ts";
import { ALARM, nodesOf, successorOf } from "../world-parts.ts";
import { layOut } from "./code-layout.ts";
import type { Uses } from "./literal.ts";
import { nodeCode } from "./node-code.ts";

/** What a piece of code is written with. */
interface Writing {
  readonly uses: Uses;
  /** What is imported of "@aws-sdk/client-ssm". */
  readonly imports: Set<string>;
}

/** The statement that takes the nodes before any of them goes: their places in the fake's own list change. */
export function nodesBefore(world: World): readonly string[] {
  if (!needsNodes(world)) return [];
  const isReplaced = (world.meanwhile ?? []).some(({ type }) => type === "isReplaced");
  return [`const nodes = ${isReplaced ? "[...fake.nodes.list()]" : "fake.nodes.list()"};`];
}

/** The handler that has things happen after the first SendCommand. */
export function happeningsCode(world: World, writing: Writing): readonly string[] {
  const { meanwhile = [] } = world;
  if (meanwhile.length === 0) return [];
  const nodes = needsNodes(world) ? "nodes" : "fake.nodes.list()";
  return [
    'const stop = fake.on("SendCommand", () => {',
    "  stop();",
    ...meanwhile.flatMap((each) => [
      "  void fake.clock",
      `    .sleep(${JSON.stringify(each.after)})`,
      `    .then(${happens(each, { world, nodes, ...writing })})`,
      "    .catch(() => {});",
    ]),
    "});",
  ];
}

/** Whether nodes have to be remembered: more than one thing happens to them, or one takes the place of another. */
function needsNodes({ meanwhile = [] }: World): boolean {
  const toNodes = meanwhile.filter((each) => "node" in each);
  return toNodes.length > 1 || toNodes.some(({ type }) => type === "isReplaced");
}

function happens(
  happening: Happening,
  { world, nodes, uses, imports }: Writing & { readonly world: World; readonly nodes: string },
): string {
  switch (happening.type) {
    case "goesOffline":
      return `() => ${nodes}[${happening.node}]?.goOffline()`;
    case "comesBack":
      return `() => ${nodes}[${happening.node}]?.comeBack()`;
    case "isUndeliverable":
      return `() => ${nodes}[${happening.node}]?.failDelivery()`;
    case "isRemoved":
      return `() => ${nodes}[${happening.node}]?.remove()`;
    case "isReplaced": {
      const options = nodesOf(world)[happening.node];
      if (options === undefined) return "() => {}";
      const before = `${nodes}[${happening.node}] = fake.nodes.add(`;
      const place = { indent: 6, column: 6 + before.length, behind: 2 };
      return inBlock([
        `${nodes}[${happening.node}]?.remove();`,
        `${before}${layOut(nodeCode(successorOf(options), uses), place)});`,
      ]);
    }
    case "anotherCancels":
      imports.add("CancelCommandCommand").add("paginateListCommands");
      return `async ${inBlock([
        "const client = fake.client();",
        "for await (const { Commands = [] } of paginateListCommands({ client }, {})) {",
        "  for (const { CommandId } of Commands) {",
        "    await client.send(new CancelCommandCommand({ CommandId }));",
        "  }",
        "}",
      ])}`;
    case "alarmGoesOff":
      return `() => fake.alarms.set(${JSON.stringify(ALARM)}, "ALARM")`;
    case "alarmIsUnknown":
      return `() => fake.alarms.set(${JSON.stringify(ALARM)}, "UNKNOWN")`;
  }
}

/** A function with these statements, where it stands as an argument in the handler. */
function inBlock(statements: readonly string[]): string {
  return ["() => {", ...statements.map((line) => `      ${line}`), "    }"].join("\n");
}
