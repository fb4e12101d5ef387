import { describe, expect, it } from "vitest";
import { sourceFile } from "../structure/source-files.ts";
import { withCitationLinks } from "../support/citation-links.ts";

describe("the page of rules", () => {
  it("leads from each citation to its source (stale: npx vitest run test/words -u)", async () => {
    const page = withCitationLinks(sourceFile("docs/rules.md").text);
    await expect(page).toMatchFileSnapshot("../../docs/rules.md");
  });
});
