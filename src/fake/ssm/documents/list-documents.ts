import type { ListDocumentsRequest, ListDocumentsResult } from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../../../domain/limits.ts";
import { versionOf } from "../../account/documents/document-store.ts";
import { cursorBefore, nextToken } from "../../calls/page-token.ts";
import { takePage, walk } from "../../calls/paging.ts";
import { ok } from "../../result.ts";
import { pageSize, text } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { documentTest, OLD_DOCUMENT_FILTERS } from "./filters.ts";
import { toIdentifier } from "./views.ts";

/**
 * ListDocuments: AWS's documents, then the others in the order in which they were created, each by its default version.
 * This order and the page size of 50 are our decision. A document that is created or deleted between two pages moves no
 * other document. A page may be empty and have a token, as all lists of AWS say of themselves: under the latency `worst`,
 * the first one is.
 */
export const listDocuments = ssmOperation<ListDocumentsRequest, ListDocumentsResult>(
  {
    DocumentFilterList: {
      type: "list",
      min: 1,
      // These two numbers are our decision: every document is asked about every value.
      max: 50,
      hidden: true,
      of: {
        type: "structure",
        members: {
          key: { type: "string", oneOf: Object.keys(OLD_DOCUMENT_FILTERS), required: true },
          value: { type: "string", min: 1, required: true },
        },
      },
    },
    Filters: {
      type: "list",
      min: 0,
      max: 6,
      hidden: true,
      of: {
        type: "structure",
        members: {
          Key: { type: "string", min: 1, max: 128 },
          Values: { type: "list", max: 1_000, of: { type: "string", min: 1, max: 256 } },
        },
      },
    },
    MaxResults: pageSize(1, 50),
    NextToken: text,
  },
  (request, { account }) => {
    const { Filters = [], DocumentFilterList = [] } = request;
    const { MaxResults = MAX_PAGE_SIZE, NextToken } = request;
    const passes = documentTest(request);
    if (!passes.ok) return passes;
    const question = JSON.stringify(["ListDocuments", Filters, DocumentFilterList]);
    const cursor = cursorBefore(NextToken, { question, first: [0] });
    if (!cursor.ok) return cursor;
    const [from = 0] = cursor.value;
    const { accountId, documents, pages } = account;
    const left = walk(documents.list(), {
      where: (document) => document.ordinal >= from && passes.value({ document, accountId }),
    });
    const { page, more } = takePage(left, {
      ...{ limit: MaxResults, token: NextToken, pages },
      saysEmpty: true,
    });
    const last = page.at(-1);
    return ok({
      DocumentIdentifiers: page.flatMap((document) => {
        const version = versionOf(document, {});
        return version === undefined ? [] : [toIdentifier(document, version)];
      }),
      ...nextToken(last && [last.ordinal + 1], { more, question }),
    });
  },
);
