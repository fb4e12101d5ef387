/** A row of `docs/sources.md`. */
export interface SourceRow {
  readonly id: string;
  /** The heading that it stands under. */
  readonly section: string;
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
  let section = "";
  return page.split("\n").flatMap((line) => {
    section = /^## (.+)$/.exec(line)?.[1] ?? section;
    const [, id = "", source = "", date = "", shows = ""] = ROW.exec(line) ?? [];
    if (id === "" || id === "Id" || id === "---") return [];
    const links = [...source.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    const files = [...source.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
    return [{ id, section, links, files, date, shows }];
  });
}
