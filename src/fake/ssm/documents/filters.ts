import type { ListDocumentsRequest } from "@aws-sdk/client-ssm";
import { AMAZON, type StoredDocument, versionOf } from "../../account/document-store.ts";
import { type Answer, answered, refused } from "../../result.ts";

/** Whether a document passes the filters of ListDocuments. */
export type DocumentTest = (document: StoredDocument) => boolean;

interface Filter {
  readonly key: string;
  readonly values: readonly string[];
}

/** Whose documents each owner of a filter means. */
const OWNERS: Readonly<Record<string, (owner: string, accountId: string) => boolean>> = {
  All: () => true,
  Amazon: (owner) => owner === AMAZON,
  Self: (owner, accountId) => owner === accountId,
  // A document of another account that the fake knows is one that was shared with this account alone (our decision).
  Private: (owner, accountId) => owner !== AMAZON && owner !== accountId,
  Public: () => false,
  ThirdParty: () => false,
};

/** How a document is looked at for a key, with one value of the filter. Names by their beginning (documented). */
const KEYS: Readonly<Record<string, (document: StoredDocument, value: string) => boolean>> = {
  Name: ({ name }, value) => name.startsWith(value),
  // Somewhere in the name, in any case (our decision: the key is not documented).
  SearchKeyword: ({ name }, value) => name.toLowerCase().includes(value.toLowerCase()),
  DocumentType: (_, value) => value === "Command",
  PlatformTypes: (document, value) =>
    versionOf(document, {})?.document.platforms.some((platform) => platform === value) ?? false,
  TargetType: (document, value) => versionOf(document, {})?.targetType === value,
};

/**
 * The test that the filters of ListDocuments make, in either form. All filters have to pass, each for any of its values
 * (documented). Both forms in one request are refused (AWS to a user, 2019), and so is more than one owner (documented); the
 * texts are ours.
 */
export function documentTest(
  { Filters = [], DocumentFilterList = [] }: ListDocumentsRequest,
  accountId: string,
): Answer<DocumentTest> {
  if (Filters.length > 0 && DocumentFilterList.length > 0) {
    return refused(
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
    return refused("ValidationException", "Only one Owner can be specified in a request.");
  }
  const isUnknown = owners.some((owner) => !Object.hasOwn(OWNERS, owner));
  if (isUnknown) {
    const known = Object.keys(OWNERS).join(", ");
    return refused("ValidationException", `Owner is ${owners[0]}. Valid values are ${known}.`);
  }
  if (!filters.every(({ key }) => isKey(key))) return refused("InvalidFilterKey");
  return answered((document) =>
    filters.every(({ key, values }) =>
      values.some((value) => passes(document, { key, value, accountId })),
    ),
  );
}

function isKey(key: string): boolean {
  return key === "Owner" || Object.hasOwn(KEYS, key) || /^tag:./.test(key);
}

function passes(
  document: StoredDocument,
  {
    key,
    value,
    accountId,
  }: { readonly key: string; readonly value: string; readonly accountId: string },
): boolean {
  if (key === "Owner") return OWNERS[value]?.(document.owner, accountId) ?? false;
  if (Object.hasOwn(KEYS, key)) return KEYS[key]?.(document, value) ?? false;
  const tag = key.slice("tag:".length);
  return Object.hasOwn(document.tags, tag) && document.tags[tag] === value;
}
