import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { filesIn } from "../support/files-in.ts";

/** What stands in `](…)`, `[name]: …`, `href` and `src`. */
const LINK = /\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*<?([^\s>]+)|\b(?:href|src)=["']([^"']+)["']/gm;
const CODE = /^(`{3,}|~{3,})[\s\S]*?^\1|`[^`\n]*`/gm;
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/gm;

/** The pages of an unpacked package, and those of their links that lead to nothing in it, as `page: link`. */
export function linksOf(folder: string): {
  readonly pages: readonly string[];
  readonly dead: readonly string[];
} {
  const pages = filesIn(folder).filter((path) => path.endsWith(".md"));
  const dead = pages.flatMap((page) =>
    linksIn(readFileSync(join(folder, page), "utf8"))
      .filter((link) => !leadsSomewhere(link, { page, folder }))
      .map((link) => `${page}: ${link}`),
  );
  return { pages, dead };
}

/** The files below a folder whose text has what is looked for. */
export function filesThatName(what: RegExp, folder: string): readonly string[] {
  return filesIn(folder).filter((path) => what.test(readFileSync(join(folder, path), "utf8")));
}

/** Where a page leads, to other sites apart. */
export function linksIn(text: string): readonly string[] {
  return [...text.replaceAll(CODE, "").matchAll(LINK)]
    .map(([, inline, reference, attribute]) => inline ?? reference ?? attribute ?? "")
    .filter((link) => !/^(?:[a-z][a-z+.-]*:|\/\/)/.test(link));
}

/** The anchors of a page's headings, as code hosts make them. */
export function anchorsIn(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...text.replaceAll(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, "").matchAll(HEADING)].map(
    ([, heading = ""]) => {
      const words = heading.replaceAll(/\]\([^)]*\)/g, "").toLowerCase();
      const anchor = words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    },
  );
}

function leadsSomewhere(
  link: string,
  { page, folder }: { readonly page: string; readonly folder: string },
): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? join(folder, page) : join(folder, dirname(page), decodeURI(path));
  const isInside = !relative(folder, target).startsWith("..");
  if (!isInside || !existsSync(target)) return false;
  return anchor === undefined || anchorsIn(readFileSync(target, "utf8")).includes(anchor);
}
