import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { anchorsIn } from "../consumers/packed-pages.ts";
import { type Comment, citationsIn, commentsOf, proseOf, testNamesOf } from "./comments.ts";
import { oddWordsIn, uncitedIn } from "./plain-words.ts";
import { sourceFile, sourceFiles } from "./source-files.ts";
import { rowsOf } from "./sources-page.ts";

const DOCS = new URL("../../docs/", import.meta.url);
const sourcesPage = sourceFile("docs/sources.md").text;
const rows = rowsOf(sourcesPage);
const ids = rows.map(({ id }) => id);

/** Pages that cite as the code does. */
const PAGES = ["docs/rules.md", "docs/settings.md"];
const inSource = sourceFiles("src").flatMap(commentsOf);
const inTests = ["test", "bench", "examples"].flatMap(sourceFiles).flatMap(commentsOf);
const testNames = sourceFiles("test").flatMap(testNamesOf);
const inPages = PAGES.map((path): Comment => ({ at: path, prose: proseOf(sourceFile(path).text) }));

/** What a check says about comments, with the place before it. */
function said(comments: readonly Comment[], check: (prose: string) => readonly string[]) {
  return comments.flatMap(({ at, prose }) => check(prose).map((sentence) => `${at} ${sentence}`));
}

describe("the table of sources", () => {
  it("has rows, each with an id of its own that does not occur in prose by accident", () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(ids.filter((id) => !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id))).toEqual([]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("has a link or a file, a date and a fact in every row", () => {
    const isDated = /^(?:read )?20[12]\d(?:-\d\d(?:-\d\d)?)?(?: to 20[12]\d(?:-\d\d(?:-\d\d)?)?)?$/;
    const poor = rows.filter(
      ({ links, files, date, shows }) =>
        links.length + files.length === 0 || !isDated.test(date) || shows.length < 10,
    );
    expect(poor).toEqual([]);
  });

  it("names files of this repository that exist", () => {
    const files = rows.flatMap((row) => row.files);
    expect(files).toContain("test/fidelity/cases.json");
    expect(files.filter((file) => !existsSync(new URL(`../${file}`, DOCS)))).toEqual([]);
  });

  it("links to https addresses, and to pages and headings of this repository that exist", () => {
    const links = rows.flatMap((row) => row.links).filter((link) => !link.startsWith("https://"));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      const [path = "", anchor] = link.split("#");
      expect(existsSync(new URL(path, DOCS)), link).toBe(true);
      if (anchor === undefined) continue;
      expect(anchorsIn(sourceFile(`docs/${path}`).text), link).toContain(anchor);
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

describe("the name of a test", () => {
  it("says plain words, and names no source", () => {
    expect(testNames.length).toBeGreaterThan(1_000);
    expect(said(testNames, oddWordsIn)).toEqual([]);
    expect(said(testNames, uncitedIn)).toEqual([]);
  });
});

describe("a page for readers", () => {
  const pages = [
    ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md"],
    ...readdirSync(new URL("decisions/", DOCS)).map((name) => `docs/decisions/${name}`),
    "docs/coming-from-aws-sdk-client-mock.md",
  ].map((path): Comment => ({ at: path, prose: proseOf(sourceFile(path).text) }));

  it("says plain words", () => {
    expect(said(pages, oddWordsIn)).toEqual([]);
  });

  it("names the code of the agent, the recordings and the specification as docs/sources.md does", () => {
    expect(said(pages, (text) => uncitedIn(text.replace(/https?:\S+/g, "")))).toEqual([]);
  });
});

describe("what the checks find", () => {
  const [comment] = commentsOf({
    path: "src/a.ts",
    text: 'const a = ["b"]; /** A rule [rec-a], not `c[d]`, see {@link e}. @default [] */',
  });

  it("is in comments: an id, but no code, link or default", () => {
    expect(comment?.at).toBe("src/a.ts:1");
    expect(citationsIn(comment?.prose ?? "")).toEqual(["rec-a"]);
  });

  it.each([
    "Cut after 24,000 bytes (agent's source).",
    "Refused (recorded 2026-09).",
    "Recorded in us-east-1, 2026-09.",
    "As our specification has it (semantics b.2).",
    "Fifty at most (documented).",
    "See https://docs.aws.amazon.com/systems-manager/.",
  ])("is a source without its id: %s", (text) => {
    expect(uncitedIn(text)).toHaveLength(1);
    expect(uncitedIn("Cut after 24,000 bytes [agent-plugin-util].")).toEqual([]);
  });

  it.each(["Answers with a list.", "Whoever calls it.", "Two texts.", "By chance.", "The dial."])(
    "is an odd word: %s",
    (text) => {
      expect(oddWordsIn(text)).toHaveLength(1);
      expect(oddWordsIn("Returns two strings to the caller.")).toEqual([]);
    },
  );
});
