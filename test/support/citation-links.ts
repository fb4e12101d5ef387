import { anchorsIn } from "../consumers/packed-pages.ts";
import { citationsIn, proseOf } from "../structure/comments.ts";
import { sourceFile } from "../structure/source-files.ts";
import { rowsOf } from "../structure/sources-page.ts";

const BEGINS = "<!-- made by a test: where the citations lead -->";

/** A page of `docs` with a definition for each id that it cites, so that a reader can follow it. */
export function withCitationLinks(page: string): string {
  const [body = ""] = page.split(BEGINS);
  const cited = new Set(citationsIn(proseOf(body)));
  const rows = rowsOf(sourceFile("docs/sources.md").text).filter(({ id }) => cited.has(id));
  const definitions = rows
    .map(({ id, section, links: [link = ""] }) => `[${id}]: ${targetOf(link, section)}`)
    .sort();
  return `${[body.trimEnd(), "", BEGINS, "", ...definitions].join("\n")}\n`;
}

/** A rule of ours is where its row says; every other source is in the table. */
function targetOf(link: string, section: string): string {
  const [anchor = ""] = anchorsIn(`## ${section}`);
  return link.startsWith("rules.md") ? link : `sources.md#${anchor}`;
}
