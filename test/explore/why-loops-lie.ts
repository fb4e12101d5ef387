// Run by `npm run docs:loops`: runs every pattern in every world of the catalogue, which takes minutes, and writes what came
// of it to loops/record.json, and from that the page and the picture. With `--pages`, only those.
import { readFileSync, writeFileSync } from "node:fs";
import { catalogue } from "../../src/explore/catalogue/catalogue.ts";
import { loopsPage } from "./loops/page.ts";
import { loopsPicture } from "./loops/picture.ts";
import { type LoopsRecord, measure } from "./loops/record.ts";
import { PATTERNS } from "./patterns/patterns.ts";

const RECORD = new URL("loops/record.json", import.meta.url);
const DOCS = new URL("../../docs/", import.meta.url);

if (!process.argv.includes("--pages")) {
  const record = await measure(
    PATTERNS,
    catalogue().map(({ name }) => name),
  );
  writeFileSync(RECORD, `${JSON.stringify(record, null, 2)}\n`);
}
const record: LoopsRecord = JSON.parse(readFileSync(RECORD, "utf8"));
writeFileSync(new URL("why-loops-lie.md", DOCS), loopsPage(record, PATTERNS));
writeFileSync(new URL("why-loops-lie.svg", DOCS), loopsPicture(record, PATTERNS));
