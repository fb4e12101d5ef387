// What `import … from "ssm-run-command"` adds to a bundle: minified, gzipped, without the SDK. Exits with 1 above the limit.
// Run it with `npm run size`.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const LIMIT = 8 * 1024;

const { outputFiles } = await build({
  entryPoints: ["src/index.ts"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "node20",
  external: ["@aws-sdk/*"],
  write: false,
});
const [bundle] = outputFiles;
if (bundle === undefined) throw new Error("esbuild made no bundle of src/index.ts.");
const zipped = gzipSync(bundle.contents, { level: 9 }).length;
console.log(
  `ssm-run-command: ${bundle.contents.length} bytes minified, ${zipped} gzipped; the limit is ${LIMIT}.`,
);
if (zipped > LIMIT) process.exitCode = 1;
