import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { withTables } from "../support/readme-tables.ts";

const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
const lines = readme.split("\n");

/** The lines without those that a test writes. */
function writtenByHand(): readonly string[] {
  let isMade = false;
  return lines.filter((line) => {
    if (line.startsWith("<!-- made by a test")) isMade = true;
    const isKept = !isMade;
    if (line === "<!-- end -->") isMade = false;
    return isKept;
  });
}

describe("the README", () => {
  it("has its tables as the code says (stale: npx vitest run test/words -u)", async () => {
    await expect(withTables(readme)).toMatchFileSnapshot("../../README.md");
  });

  it("shows what it is for within its first forty lines", () => {
    const firstHeading = lines.findIndex((line) => line.startsWith("## "));
    expect(firstHeading).toBeGreaterThan(0);
    expect(firstHeading).toBeLessThan(40);
  });

  it("stays under four hundred lines without its tables", () => {
    expect(writtenByHand().length).toBeLessThan(400);
  });

  it("names only files that there are", async () => {
    const paths = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path ?? "");
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      if (path.startsWith("docs/reference")) continue;
      await expect(readFile(new URL(`../../${path}`, import.meta.url), "utf8")).resolves.toBeTypeOf(
        "string",
      );
    }
  });
});
