import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { fileURLToPath } from "node:url";

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

/** What the build noted about itself, beside what it built. It is not packed. */
const NOTES = {
  ".js": "../../dist/metafile-esm.json",
  ".cjs": "../../dist/metafile-cjs.json",
} as const;

/** The built files of one format, told by their ending: `.js` is ESM, `.cjs` is CommonJS. */
export function builtFiles(dist: string, ending: keyof typeof NOTES): readonly BuiltFile[] {
  const sourcesOf = readSources(ending);
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
        sources: sourcesOf(path),
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

/** Tells which files of `src` went into a built file. */
function readSources(ending: keyof typeof NOTES): (path: string) => readonly string[] {
  const notes = readFileSync(fileURLToPath(new URL(NOTES[ending], import.meta.url)), "utf8");
  // The format of esbuild's metafile.
  const { outputs } = JSON.parse(notes) as {
    readonly outputs: Readonly<
      Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>
    >;
  };
  return (path) => {
    const output = outputs[`dist/${path}`];
    if (output === undefined) throw new Error(`The build has not made ${path}. Build it again.`);
    return Object.keys(output.inputs);
  };
}
