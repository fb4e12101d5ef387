import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { NodeOptions } from "../account/node.ts";
import type { FleetMistake } from "./check.ts";
import { type FleetDocument, readDocuments, type WrittenDocument } from "./documents.ts";
import { mistakesInNodes, nodesOf, type WrittenNode } from "./nodes.ts";

/**
 * What a fleet file holds.
 *
 * @example
 * ```ts
 * // fleet.yaml:
 * // nodes: [{ tags: { Role: web } }]
 * const { nodes, documents }: Fleet = await readFleet("fleet.yaml");
 * const fake = new FakeSsm({ nodes });
 * for (const { name, content } of documents) await fake.documents.add(name, content);
 * (await deploy(fake)).kind; //=> "succeeded"
 * ```
 */
export interface Fleet {
  /** Its nodes, each with its id: `new FakeSsm({ nodes })`. */
  readonly nodes: readonly NodeOptions[];
  /** Its documents: `fake.documents.add(name, content)` for each. */
  readonly documents: readonly FleetDocument[];
}

/**
 * Options of {@link readFleet}.
 *
 * @inline
 */
export type FleetOptions = {
  /** Whether nodes may really run scripts, on this machine (`type: shell`). @default false */
  readonly allowShell?: boolean;
};

/**
 * The error of a fleet file that cannot be used: its message has a line for each mistake, with file and line number.
 *
 * @example
 * ```ts
 * // fleet.yaml:
 * // nodes:
 * //   - agent: asleep
 * await readFleet("fleet.yaml").catch((error: FleetFileError) => error.mistakes);
 * //=> ["fleet.yaml:2: nodes[0].agent is \"asleep\". Allowed: online, unreachable, undeliverable."]
 * ```
 */
export class FleetFileError extends Error {
  /** Always `"FleetFileError"`. */
  override readonly name = "FleetFileError";

  /** One line each: `FILE:LINE: what was found, and what is allowed`. */
  readonly mistakes: readonly string[];

  /**
   * Makes the error of a file with these mistakes.
   *
   * @param mistakes - One line each.
   */
  constructor(mistakes: readonly string[]) {
    super(mistakes.join("\n"));
    this.mistakes = mistakes;
  }
}

/**
 * Reads a fleet file, in YAML or JSON: `nodes`, which are `NodeOptions` with behaviors that are plain data, and `documents`
 * with a name and a file each. A node may also have a `count`, which makes that many nodes, and the behavior `type: shell`,
 * which is `runsInShell()`.
 *
 * Nodes without an id get the next free one.
 *
 * @param file - Its path. Paths of documents are relative to its folder.
 * @throws {@link FleetFileError} (as a rejection) that lists all mistakes.
 *
 * @example
 * ```ts
 * // fleet.yaml:
 * // nodes:
 * //   - instanceId: i-00000000000000007
 * //     behavior: { type: exits, exitCode: 7, after: 1s }
 * //   - count: 200
 * //     tags: { Role: batch }
 * const { nodes } = await readFleet("fleet.yaml");
 * nodes.length; //=> 201
 * ```
 */
export async function readFleet(
  file: string,
  { allowShell = false }: FleetOptions = {},
): Promise<Fleet> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new FleetFileError([`${file}: The file cannot be read (${error.code}).`]);
  });
  const { parseFleet } = await import("./tree.ts");
  const { mistakes, value, offsetOf, lineOf } = parseFleet(text);
  const report = (found: readonly FleetMistake[]) => {
    if (found.length === 0) return;
    const inOrder = [...found].sort((a, b) => a.offset - b.offset);
    throw new FleetFileError(
      inOrder.map(({ offset, what }) => `${file}:${lineOf(offset)}: ${what}`),
    );
  };
  report(mistakes);
  // A file without mistakes has the shape of WrittenFleet.
  const { nodes = [], documents = [] } = value as WrittenFleet;
  report(mistakesInNodes(nodes, { offsetOf, allowShell }));
  const read = await readDocuments(documents, { folder: dirname(file), offsetOf });
  report(read.mistakes);
  return { nodes: nodesOf(nodes), documents: read.documents };
}

interface WrittenFleet {
  readonly nodes?: readonly WrittenNode[];
  readonly documents?: readonly WrittenDocument[];
}
