import { readFile } from "node:fs/promises";
import { defineConfig, type Options } from "tsup";

const library = {
  index: "src/index.ts",
  "cloudwatch-logs": "src/cloudwatch-logs/index.ts",
  "fake/index": "src/fake/index.ts",
  "fake/node": "src/fake/node.ts",
  "explore/index": "src/explore/index.ts",
  "explore/fast-check": "src/explore/fast-check.ts",
  vitest: "src/matchers/vitest.ts",
  jest: "src/matchers/jest.ts",
};

const common: Options = {
  target: "node20",
  platform: "node",
  splitting: true, // the default for ESM only; without it every CJS entry has its own copy of a shared class
  removeNodeProtocol: false, // tsup 8 would turn "node:http" into "http"
  // No `keepNames`: it wraps every function in a call, which no bundler of a user dares to leave out.
  // No `sourcemap`: a map has to hold the text of `src`, which is not packed, and is larger than the code.
  metafile: true, // which file of src went where, for the tests; not packed
};

/** A name that no compiler knows, for a `require` that has to stay where it stands. */
const REQUIRE_LATER = "requireWhenNeeded";

/** The CommonJS build loads some of the SDK when it needs it: see the `…-module-when-needed.ts` in src. */
const sdkWhenNeeded: Pick<Options, "esbuildPlugins" | "plugins"> = {
  esbuildPlugins: [
    {
      name: "sdk-when-needed",
      setup: (build) => {
        build.onLoad({ filter: /[/\\](?:ssm|s3|logs)-module\.ts$/ }, async ({ path }) => {
          const text = await readFile(path.replace(/\.ts$/, "-when-needed.ts"), "utf8");
          return { contents: text.replaceAll("require(", `${REQUIRE_LATER}(`), loader: "ts" };
        });
      },
    },
  ],
  plugins: [
    {
      name: "sdk-when-needed",
      renderChunk: (code) => ({ code: code.replaceAll(`${REQUIRE_LATER}(`, "require(") }),
    },
  ],
};

// Three builds run at once. No `clean`: it would delete the others' files; `npm run build` empties dist first.
export default defineConfig([
  { ...common, format: "esm", entry: { ...library, "cli/main": "src/cli/main.ts" } },
  // treeshake: Rollup writes the CJS. Without it tsup uses sucrase, which renames classes (`_class2`) and rewrites fields.
  { ...common, format: "cjs", entry: library, treeshake: true, ...sdkWhenNeeded },
  {
    entry: library,
    format: ["esm", "cjs"], // .d.ts and .d.cts
    // tsup 8 sets `baseUrl` for declarations; TypeScript 6 refuses it (TS5101) unless told so here.
    // What users hold are interfaces; what is marked as internal is no part of their types.
    dts: { only: true, compilerOptions: { ignoreDeprecations: "6.0", stripInternal: true } },
  },
]);
