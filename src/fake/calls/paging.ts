/** The most bytes of messages in one page, 1 MB [logs-get-events]. */
export const MAX_PAGE_BYTES = 1_048_576;

/** How small the pages of an account are, whatever a request asks for. */
export interface Pages {
  /** The most items of any page. */
  readonly most: number;
  /** Which listings begin with an empty page that has a token: all, those of which AWS says that one may, or none. */
  readonly emptyFirst: "all" | "said" | "none";
  /** Whether pages of GetLogEvents have one event less than they could. */
  readonly isShort: boolean;
}

/** Pages that are as long as requests ask. */
export const PAGES_AS_ASKED: Pages = { most: Infinity, emptyFirst: "none", isShort: false };

/** What a page depends on. */
export interface PageAsked<T> {
  /** The most items that the request, or its operation, asks for. */
  readonly limit: number;
  /** The request's token; a page without one is the first. */
  readonly token?: string | undefined;
  /** @default as long as the limit says */
  readonly pages?: Pages | undefined;
  /** Whether AWS says of this listing that a page may be empty and have a token. @default false */
  readonly saysEmpty?: boolean;
  /** How long an item is, if the bytes of a page are limited. @default 0 */
  readonly bytesOf?: (item: T) => number;
}

/** Which part of a list to walk through, and how. */
export interface Walk<T> {
  /** The index to begin with. @default 0 */
  readonly from?: number;
  /** The index after the last one. @default the length of the list */
  readonly to?: number;
  /** Whether to begin at the end. @default false */
  readonly backward?: boolean;
  /** Leaves out the items for which it is false. */
  readonly where?: (item: T) => boolean;
}

/** The items of a part of a list, one by one, so that a page costs only the items that it looks at. */
export function* walk<T>(
  items: readonly T[],
  { from = 0, to = items.length, backward = false, where = () => true }: Walk<T>,
): Generator<T, void> {
  const step = backward ? -1 : 1;
  for (let index = backward ? to - 1 : from; from <= index && index < to; index += step) {
    const item = items[index];
    if (item !== undefined && where(item)) yield item;
  }
}

/**
 * Takes `limit` items, or as many as the account's pages have or fit by their bytes, but at least one; or none, if the page is a
 * first one that is empty. `more` says whether the caller has to ask on: some are left, or it was not looked whether any are.
 *
 * That a page may hold fewer items than MaxResults, down to none, and that only its token says whether it is the last, is what AWS
 * says of other listings of Systems Manager [api-describe-parameters] and what was seen of ListCommandInvocations
 * [report-empty-page] [report-short-page]; of CloudWatch Logs [logs-get-events] [logs-filter-events], of S3 [api-s3-list].
 */
export function takePage<T>(
  items: Iterable<T>,
  { limit, token, pages = PAGES_AS_ASKED, saysEmpty = false, bytesOf = () => 0 }: PageAsked<T>,
): { readonly page: readonly T[]; readonly more: boolean } {
  if (token === undefined && isEmptyFirst(pages, saysEmpty)) return { page: [], more: true };
  const most = Math.min(limit, pages.most);
  const page: T[] = [];
  let bytes = 0;
  for (const item of items) {
    bytes += bytesOf(item);
    if (page.length === most || (page.length > 0 && bytes > MAX_PAGE_BYTES)) {
      return { page, more: true };
    }
    page.push(item);
  }
  return { page, more: false };
}

/** Whether a listing begins with an empty page. */
function isEmptyFirst({ emptyFirst }: Pages, saysEmpty = false): boolean {
  return emptyFirst === "all" || (emptyFirst === "said" && saysEmpty);
}
