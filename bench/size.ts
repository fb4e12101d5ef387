// What an import of the built package adds to a bundle: minified and gzipped, without the SDK. Exits with 1 when one is above
// its limit. Run it with `npm run build && npm run size`.
import { bundleOf, MEASURED_IMPORTS } from "./bundles.ts";

console.log("import           minified   gzipped     limit");
for (const { name, code, limit } of MEASURED_IMPORTS) {
  const { bytes, zipped } = await bundleOf(code);
  const isAbove = zipped > limit;
  const columns = [bytes, zipped, limit].map((count) => `${count} B`.padStart(10)).join("");
  console.log(`${name.padEnd(15)}${columns}${isAbove ? "  above its limit" : ""}`);
  if (isAbove) process.exitCode = 1;
}
