// What an import of the built package adds to a bundle: minified and gzipped, without the SDK. Exits with 1 when one is above
// its limit. Run it with `npm run build && npm run size`.
import { bundleOf, MEASURED_IMPORTS, type MeasuredImport } from "./bundles.ts";

console.log("import           minified   gzipped     limit");
for (const { name, code, limit, aim } of MEASURED_IMPORTS as readonly MeasuredImport[]) {
  const { bytes, zipped } = await bundleOf(code);
  const isAbove = zipped > limit;
  const columns = [bytes, zipped, limit].map((count) => `${count} B`.padStart(10)).join("");
  const debt = aim === undefined ? "" : `  ${zipped - aim} B above its aim of ${aim} B`;
  console.log(`${name.padEnd(15)}${columns}${isAbove ? "  above its limit" : debt}`);
  if (isAbove) process.exitCode = 1;
}
