import type { ListDocumentsRequest, ListDocumentsResult } from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../../../domain/limits.ts";
import type { Account } from "../../account/account.ts";
import { versionOf } from "../../account/document-store.ts";
import { decodeToken, encodeToken } from "../../calls/page-token.ts";
import { type Answer, answered, refused } from "../../result.ts";
import { documentTest } from "./filters.ts";
import { toIdentifier } from "./views.ts";

/**
 * ListDocuments: AWS's documents, then the others in the order in which they were made, each by its default version. Order
 * and default size of a page, 50, are our decision. What is made or deleted between two pages moves no other document.
 */
export function listDocuments(
  request: ListDocumentsRequest,
  { account }: { readonly account: Account },
): Answer<ListDocumentsResult> {
  const { Filters = [], DocumentFilterList = [], MaxResults = MAX_PAGE_SIZE, NextToken } = request;
  const test = documentTest(request, account.accountId);
  if (!test.ok) return test;
  const passes = test.answer;
  const question = JSON.stringify(["ListDocuments", Filters, DocumentFilterList]);
  const place = NextToken === undefined ? [-1] : decodeToken(NextToken, question);
  if (place === undefined) return refused("InvalidNextToken");
  const [after = -1] = place;
  const left = account.documents.list().filter((each) => each.ordinal > after && passes(each));
  const page = left.slice(0, MaxResults);
  const end = page.at(-1);
  return answered({
    DocumentIdentifiers: page.flatMap((document) => {
      const version = versionOf(document, {});
      return version === undefined ? [] : [toIdentifier(document, version)];
    }),
    ...(left.length > page.length && end !== undefined
      ? { NextToken: encodeToken([end.ordinal], question) }
      : {}),
  });
}
