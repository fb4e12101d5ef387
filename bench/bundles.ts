import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a bundler made of an import. */
export interface Bundle {
  readonly code: string;
  /** Minified. */
  readonly bytes: number;
  /** Minified and compressed, as a browser or a Lambda function gets it. */
  readonly zipped: number;
  /** What it loads at run time: the packages that were left outside. */
  readonly loads: readonly string[];
  /** The files that went into it. */
  readonly files: readonly string[];
}

/** An import that users write, and what it may cost. */
export interface MeasuredImport {
  readonly name: string;
  readonly code: string;
  /** Bytes, minified and compressed, without the SDK. */
  readonly limit: number;
  /** What it has to come down to, where it is above that. */
  readonly aim?: number;
}

const PACKAGE = "ssm-run-command";
const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** The limits are close above what was measured: a change that crosses one needs a reason, which is written down here. */
export const MEASURED_IMPORTS = [
  {
    name: "two helpers",
    code: `export { runShellScript, tagTargets } from "${PACKAGE}";`,
    limit: 1_024,
  },
  {
    name: "the client",
    code: `export { orThrow, RunCommandClient, runShellScript } from "${PACKAGE}";`,
    // 9,216 until 2026-12-01: sending once took 2.2 kB, causes in errors 0.8 kB, looks and waits in trouble 0.9 kB. Then 12,288:
    // sendAll() took 1.6 kB, waits that are woken and streams of many nodes 0.5 kB.
    limit: 14_272,
    aim: 12_288,
  },
  // 10,432 until 2026-12-01: besides, the rules and the advice of explain() took 2 kB. Then 16,384: besides, reading events took
  // 0.8 kB, retries, groups and summaries 1.1 kB, callerPolicy() 0.8 kB.
  { name: "everything", code: `export * from "${PACKAGE}";`, limit: 20_224, aim: 16_384 },
] as const satisfies readonly MeasuredImport[];

/**
 * Bundles and minifies a module that imports the built package by its name.
 *
 * @param options - `folder`: where the importing module stands; the repository itself finds its own `dist`. `external`: the
 *   packages that are left outside.
 */
export async function bundleOf(
  code: string,
  {
    folder = ROOT,
    external = ["@aws-sdk/*"],
  }: { readonly folder?: string; readonly external?: readonly string[] } = {},
): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: folder },
    absWorkingDir: folder,
    tsconfigRaw: "{}", // not the repository's, whose `paths` lead to src
    bundle: true,
    minify: true,
    format: "esm",
    target: "node20",
    external: [...external],
    logLevel: "error", // hides the warning about unused files of a package without side effects
    write: false,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const [bundle] = outputFiles;
  if (output === undefined || bundle === undefined) throw new Error("esbuild made no bundle.");
  return {
    code: bundle.text,
    bytes: bundle.contents.length,
    zipped: gzipSync(bundle.contents, { level: 9 }).length,
    loads: [...new Set(output.imports.map(({ path }) => path))].sort(),
    files: Object.keys(output.inputs).filter((path) => path !== "<stdin>"),
  };
}
