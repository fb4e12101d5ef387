import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

/** What a built file loads and what it was built from. */
export interface BuiltFile {
  /** In `dist`, with slashes. */
  readonly path: string;
  /** Files of `dist` and packages that it loads. */
  readonly loads: readonly string[];
  /** The files of `src` that went into it. */
  readonly sources: readonly string[];
}

const LOADS =
  /^(?:import|export)\b[^"'`;(]*["']([^"']+)["']|\b(?:import|require)\(["']([^"']+)["']\)/gm;

/** The built files of one format, told by their ending: `.js` is ESM, `.cjs` is CommonJS. */
export function builtFiles(dist: string, ending: ".js" | ".cjs"): readonly BuiltFile[] {
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => {
      const path = name.replaceAll(sep, "/");
      const code = readFileSync(join(dist, name), "utf8");
      return {
        path,
        loads: [...code.matchAll(LOADS)]
          .map(([, from, call = ""]) => from ?? call)
          .map((to) => (to.startsWith(".") ? posix.join(posix.dirname(path), to) : to)),
        sources: sourcesOf(join(dist, name), join(dist, "..")),
      };
    });
}

/** A built file and everything that it loads, directly or not; packages by their names. */
export function loadedBy(path: string, files: readonly BuiltFile[]) {
  const names = new Set([path]);
  // A Set that grows while it is walked is walked to its new end.
  for (const name of names) {
    for (const to of files.find((file) => file.path === name)?.loads ?? []) names.add(to);
  }
  const loaded = files.filter((file) => names.has(file.path));
  const paths = new Set(loaded.map((file) => file.path));
  return {
    packages: [...names].filter((name) => !paths.has(name)).sort(),
    sources: loaded.flatMap(({ sources }) => sources).sort(),
  };
}

function sourcesOf(file: string, root: string): readonly string[] {
  // The build writes a map beside every file, in the format of ECMA-426.
  const { sources } = JSON.parse(readFileSync(`${file}.map`, "utf8")) as {
    readonly sources: readonly string[];
  };
  return sources.map((source) => relative(root, join(dirname(file), source)).replaceAll(sep, "/"));
}
