import type { DocumentFilterKey, ListDocumentsRequest } from "@aws-sdk/client-ssm";
import {
  AMAZON,
  EVERYONE,
  type StoredDocument,
  versionOf,
} from "../../account/documents/document-store.ts";
import { type Filter, type FilterTable, filterTest } from "../../calls/filter-table.ts";
import { type Result, refuse } from "../../result.ts";

/** What filters look at: a document, and the account of the caller. */
export interface FilterableDocument {
  readonly document: StoredDocument;
  readonly accountId: string;
}

/**
 * Which documents each value of the filter `Owner` means: `Public` those that are shared with everyone, `Private` those that
 * others share with this account [guide-shared-documents].
 */
const OWNERS: Readonly<Record<string, (item: FilterableDocument) => boolean>> = {
  All: () => true,
  Amazon: ({ document: { owner } }) => owner === AMAZON,
  Self: ({ document: { owner }, accountId }) => owner === accountId,
  // A document of another account that the fake has counts as shared with this account alone (our decision).
  Private: ({ document: { owner }, accountId }) => owner !== AMAZON && owner !== accountId,
  Public: ({ document: { sharedWith } }) => EVERYONE in sharedWith,
  ThirdParty: () => false,
};

/** The keys of the old form, `DocumentFilterList`. Names are compared by their beginning [api-list-documents]. */
export const OLD_DOCUMENT_FILTERS: FilterTable<FilterableDocument, DocumentFilterKey> = {
  Name: { holds: ({ document }, value) => document.name.startsWith(value) },
  Owner: {
    holds: (item, value) => OWNERS[value]?.(item) ?? false,
    refuse: (owners) => {
      if (owners.every((owner) => Object.hasOwn(OWNERS, owner))) return undefined;
      const known = Object.keys(OWNERS).join(", ");
      const message = `Owner is ${owners[0]}. Valid values are ${known}.`;
      return { name: "ValidationException", message };
    },
  },
  PlatformTypes: {
    holds: ({ document }, value) =>
      versionOf(document, {})?.document.platforms.some((platform) => platform === value) ?? false,
  },
  DocumentType: { holds: (_, value) => value === "Command" },
};

/** The keys of the newer form, `Filters`. */
const DOCUMENT_FILTERS: FilterTable<FilterableDocument> = {
  ...OLD_DOCUMENT_FILTERS,
  // Anywhere in the name, in capitals or small letters (our decision: AWS does not describe the key).
  SearchKeyword: {
    holds: ({ document }, value) => document.name.toLowerCase().includes(value.toLowerCase()),
  },
  TargetType: { holds: ({ document }, value) => versionOf(document, {})?.targetType === value },
  "tag:": {
    holds: ({ document: { tags } }, value, tag) => Object.hasOwn(tags, tag) && tags[tag] === value,
  },
};

/**
 * The test that the filters of ListDocuments make, in either form. Both forms in one request are refused
 * [report-two-filters], and so is more than one owner [api-document-filter]; the messages are ours.
 */
export function documentTest({
  Filters = [],
  DocumentFilterList = [],
}: ListDocumentsRequest): Result<(item: FilterableDocument) => boolean> {
  if (Filters.length > 0 && DocumentFilterList.length > 0) {
    return refuse(
      "ValidationException",
      "Filters and DocumentFilterList cannot be specified in the same request.",
    );
  }
  const filters: readonly Filter[] = [
    ...Filters.map(({ Key = "", Values = [] }) => ({ key: Key, values: Values })),
    ...DocumentFilterList.map(({ key = "", value = "" }) => ({ key, values: [value] })),
  ];
  const owners = filters.flatMap(({ key, values }) => (key === "Owner" ? values : []));
  if (owners.length > 1) {
    return refuse("ValidationException", "Only one Owner can be specified in a request.");
  }
  // The old form cannot name a newer key: the request's table of members does not take one.
  return filterTest(filters, DOCUMENT_FILTERS);
}
