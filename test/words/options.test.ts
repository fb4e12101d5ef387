import { describe, expect, it } from "vitest";
import { withCitationLinks } from "../support/citation-links.ts";
import { OPTIONS, optionReader, optionsPage } from "../support/options-page.ts";

describe("the page of options", () => {
  it("is what the tables and the types say (stale: npx vitest run test/words -u)", async () => {
    await expect(withCitationLinks(optionsPage())).toMatchFileSnapshot("../../docs/options.md");
  });

  it("explains every option", () => {
    const read = optionReader();
    const unexplained = Object.values(OPTIONS)
      .flat()
      .flatMap((options) =>
        read(options)
          .filter(({ comment }) => !/^[A-Z`].*[.)]$/.test(comment))
          .map(({ name, comment }) => `${options.place} ${name}: ${comment}`),
      );
    expect(unexplained).toEqual([]);
  });
});
