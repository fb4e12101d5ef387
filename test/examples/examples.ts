import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = new URL("../../examples/", import.meta.url);

/** A line of the table in `examples/README.md`. */
export interface ExampleRow {
  readonly number: string;
  readonly file: string;
  readonly idea: string;
  /** The command line, such as `npx tsx examples/01-quick-start.ts`. */
  readonly run: string;
  /** Further arguments that lead to the caller's account; undefined where there are none. */
  readonly aws: string | undefined;
}

/** The numbered examples, as they lie in the folder. */
export function exampleFiles(): readonly string[] {
  return filesIn(FOLDER).filter((name) => /^\d\d-.*\.(?:ts|sh|py)$/.test(name));
}

/** The other files of that folder. */
export function otherFiles(): readonly string[] {
  const numbered = exampleFiles();
  return filesIn(FOLDER).filter((name) => !numbered.includes(name));
}

/** The files of outputs. */
export function expectedFiles(): readonly string[] {
  return filesIn(new URL("expected/", FOLDER));
}

/** The text of an example. */
export function textOf(file: string): string {
  return readFileSync(new URL(file, FOLDER), "utf8");
}

/** The table of the folder's page. */
export function exampleTable(): readonly ExampleRow[] {
  const row =
    /^\| (\d\d) \| \[(\S+)\]\(\2\) \| (.+?) \| `([^`]+)` \| (?:`(--aws [^`]+)` |without `endpoint_url` |without `--endpoint-url` )?\|$/gm;
  return [...textOf("README.md").matchAll(row)].map(
    ([, number = "", file = "", idea = "", run = "", aws]) => ({ number, file, idea, run, aws }),
  );
}

function filesIn(folder: URL): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}
