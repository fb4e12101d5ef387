/** A row of `docs/sources.md`. */
export interface SourceRow {
  readonly id: string;
  /** Where its links lead: addresses, and pages of the repository seen from `docs`. */
  readonly links: readonly string[];
  /** Files of the repository that it names as code, from the root. */
  readonly files: readonly string[];
  readonly date: string;
  readonly shows: string;
}

const ROW = /^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| (.+) \|$/;

/** The rows of all tables of the page, in their order. */
export function rowsOf(page: string): readonly SourceRow[] {
  return page.split("\n").flatMap((line) => {
    const [, id = "", source = "", date = "", shows = ""] = ROW.exec(line) ?? [];
    if (id === "" || id === "Id" || id === "---") return [];
    const links = [...source.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    const files = [...source.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
    return [{ id, links, files, date, shows }];
  });
}

/** The heading of a page that a link with `#` leads to, as GitHub makes it. */
export function anchorsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
