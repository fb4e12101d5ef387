import type {
  DescribeDocumentPermissionRequest,
  DescribeDocumentPermissionResponse,
} from "@aws-sdk/client-ssm";
import { EVERYONE } from "../../account/documents/document-store.ts";
import { cursorBefore, nextToken } from "../../calls/page-token.ts";
import { takePage, walk } from "../../calls/paging.ts";
import { ok } from "../../result.ts";
import { pageSize, text } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { ownDocument, permission } from "./shared-document.ts";

/** The most accounts on a page [api-describe-permission]. Pages are that long by default (our decision). */
const MOST_ACCOUNTS = 200;

/**
 * DescribeDocumentPermission: with whom a document of this account is shared [api-describe-permission]. Accounts come in the
 * order of their ids (our decision), so that one which is added or removed between two pages moves no other.
 */
export const describeDocumentPermission = ssmOperation<
  DescribeDocumentPermissionRequest,
  DescribeDocumentPermissionResponse
>(
  {
    ...permission,
    MaxResults: pageSize(1, MOST_ACCOUNTS),
    NextToken: text,
  },
  ({ Name, MaxResults = MOST_ACCOUNTS, NextToken }, { account }) => {
    const document = ownDocument(Name, account);
    if (!document.ok) return document;
    const question = JSON.stringify(["DescribeDocumentPermission", Name]);
    const cursor = cursorBefore(NextToken, { question, first: [-1] });
    if (!cursor.ok) return cursor;
    const [after = -1] = cursor.value;
    const { sharedWith } = document.value;
    // A document that is shared with everyone is shared with nobody else, so `all` needs no place among the numbers.
    const left = walk(Object.keys(sharedWith).sort(), {
      where: (id) => id === EVERYONE || Number(id) > after,
    });
    const { page, more } = takePage(left, {
      limit: MaxResults,
      token: NextToken,
      pages: account.pages,
    });
    const last = page.at(-1);
    return ok({
      AccountIds: [...page],
      AccountSharingInfoList: page.map((id) => ({
        AccountId: id,
        SharedDocumentVersion: sharedWith[id],
      })),
      ...nextToken(last === undefined ? undefined : [Number(last)], { more, question }),
    });
  },
);
