import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Comment, citationsIn, commentsOf, proseOf } from "./comments.ts";
import { oddWordsIn, uncitedIn } from "./plain-words.ts";
import { sourceFile, sourceFiles } from "./source-files.ts";
import { anchorsOf, rowsOf } from "./sources-page.ts";

const DOCS = new URL("../../docs/", import.meta.url);
const sourcesPage = sourceFile("docs/sources.md").text;
const rows = rowsOf(sourcesPage);
const ids = rows.map(({ id }) => id);

/** Pages that cite as the code does. */
const PAGES = ["docs/rules.md", "docs/settings.md"];
const inSource = sourceFiles("src").flatMap(commentsOf);
const inTests = ["test", "bench", "examples"].flatMap(sourceFiles).flatMap(commentsOf);
const inPages = PAGES.map((path): Comment => ({ at: path, prose: proseOf(sourceFile(path).text) }));

/** What a check says about comments, with the place before it. */
function said(comments: readonly Comment[], check: (prose: string) => readonly string[]) {
  return comments.flatMap(({ at, prose }) => check(prose).map((sentence) => `${at} ${sentence}`));
}

describe("the table of sources", () => {
  it("has rows, each with an id of its own that cannot be met by chance in prose", () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(ids.filter((id) => !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id))).toEqual([]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("has a link, a date and a fact in every row", () => {
    const isDated = /^(?:read )?20[12]\d(?:-\d\d(?:-\d\d)?)?(?: to 20[12]\d(?:-\d\d(?:-\d\d)?)?)?$/;
    const poor = rows.filter(
      ({ links, date, shows }) => links.length === 0 || !isDated.test(date) || shows.length < 10,
    );
    expect(poor).toEqual([]);
  });

  it("links to addresses at a fixed protocol, and to files and headings of this repository that exist", () => {
    const links = rows.flatMap((row) => row.links).filter((link) => !link.startsWith("https://"));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      const [path = "", anchor] = link.split("#");
      expect(existsSync(new URL(path, DOCS)), link).toBe(true);
      if (anchor === undefined) continue;
      expect(anchorsOf(sourceFile(`docs/${path}`).text), link).toContain(anchor);
    }
  });

  it("has no row that nothing cites", () => {
    const cited = [...inSource, ...inTests, ...inPages].flatMap(({ prose }) => citationsIn(prose));
    expect(ids.filter((id) => !cited.includes(id))).toEqual([]);
  });
});

describe("a citation", () => {
  const unknown = (prose: string) =>
    citationsIn(prose)
      .filter((id) => !ids.includes(id))
      .map((id) => `cites [${id}], which docs/sources.md does not have`);

  it("in a comment of the package resolves", () => {
    expect(inSource.flatMap(({ prose }) => citationsIn(prose)).length).toBeGreaterThan(100);
    expect(said(inSource, unknown)).toEqual([]);
  });

  it("in a comment of tests, bench and examples resolves", () => {
    expect(said(inTests, unknown)).toEqual([]);
  });

  it("in the pages of rules and settings resolves", () => {
    expect(said(inPages, unknown)).toEqual([]);
  });

  it("is the only way in which a comment or one of these pages names a source", () => {
    expect(said([...inSource, ...inTests, ...inPages], uncitedIn)).toEqual([]);
  });
});

describe("a comment", () => {
  it("says plain words", () => {
    expect(said([...inSource, ...inTests, ...inPages], oddWordsIn)).toEqual([]);
  });
});
