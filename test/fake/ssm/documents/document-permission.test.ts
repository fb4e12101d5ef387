import {
  DocumentPermissionLimit,
  InvalidDocument,
  InvalidDocumentOperation,
  InvalidNextToken,
  type ModifyDocumentPermissionCommandInput,
} from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { refusalOf, rejectionOf } from "../../../support/rejection.ts";
import { content } from "../../documents/a-document.ts";
import { createApp, describeOnWires, type OpenWired, type Wired } from "./describe-on-wires.ts";

const APP = { Name: "App", PermissionType: "Share" } as const;
const [ONE, TWO, THREE] = ["111111111111", "222222222222", "333333333333"] as const;

async function anApp(open: OpenWired): Promise<Wired> {
  const wired = open();
  await createApp(wired);
  return wired;
}

type Change = Omit<ModifyDocumentPermissionCommandInput, "Name" | "PermissionType">;

/** Changes the permissions of `App`. */
function change({ ssm }: Wired, members: Change) {
  return ssm.modifyDocumentPermission({ ...APP, ...members });
}

/** The accounts that `App` is shared with, and the versions. */
async function sharesOf({ ssm }: Wired) {
  const { AccountIds, AccountSharingInfoList } = await ssm.describeDocumentPermission(APP);
  return { AccountIds, AccountSharingInfoList };
}

const idsOf = async (wired: Wired) => (await sharesOf(wired)).AccountIds;

/** Shares `App` with so many accounts, 20 in a request. */
async function shareWidely(wired: Wired, accounts: number): Promise<void> {
  const ids = Array.from({ length: accounts }, (_, n) => String(100_000_000_000 + n));
  for (let from = 0; from < ids.length; from += 20) {
    await change(wired, { AccountIdsToAdd: ids.slice(from, from + 20) });
  }
}

describeOnWires("DescribeDocumentPermission", (open) => {
  it("shows empty lists for a document that is not shared", async () => {
    expect(await sharesOf(await anApp(open))).toEqual({
      AccountIds: [],
      AccountSharingInfoList: [],
    });
  });

  it("shows each account and the version that it may use", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE] });
    await change(wired, { AccountIdsToAdd: [TWO], SharedDocumentVersion: "$LATEST" });
    expect(await sharesOf(wired)).toEqual({
      AccountIds: [ONE, TWO],
      AccountSharingInfoList: [
        { AccountId: ONE, SharedDocumentVersion: "$DEFAULT" },
        { AccountId: TWO, SharedDocumentVersion: "$LATEST" },
      ],
    });
  });

  it("shows accounts in the order of their ids", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [THREE, "000000000009", ONE] });
    expect(await idsOf(wired)).toEqual(["000000000009", ONE, THREE]);
  });

  it("shows MaxResults accounts on a page, and no token on the last one", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE, TWO, THREE] });
    const first = await wired.ssm.describeDocumentPermission({ ...APP, MaxResults: 2 });
    const { NextToken } = first;
    const second = await wired.ssm.describeDocumentPermission({ ...APP, NextToken });
    expect([first.AccountIds, second.AccountIds, second.NextToken]).toEqual([
      [ONE, TWO],
      [THREE],
      undefined,
    ]);
  });

  it("moves no account when others are added and removed between two pages", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE, TWO, THREE] });
    const { NextToken } = await wired.ssm.describeDocumentPermission({ ...APP, MaxResults: 2 });
    await change(wired, { AccountIdsToAdd: ["000000000009"], AccountIdsToRemove: [TWO] });
    const { AccountIds } = await wired.ssm.describeDocumentPermission({ ...APP, NextToken });
    expect(AccountIds).toEqual([THREE]);
  });

  it("shows 200 accounts to a page when nothing else is asked", async () => {
    const wired = await anApp(open);
    await shareWidely(wired, 201);
    expect(await idsOf(wired)).toHaveLength(200);
  });

  it("refuses a token that is not its own", async () => {
    const { ssm } = await anApp(open);
    const NextToken = "none of ours";
    const error = await rejectionOf(ssm.describeDocumentPermission({ ...APP, NextToken }));
    expect(error).toBeInstanceOf(InvalidNextToken);
  });
});

describeOnWires("ModifyDocumentPermission", (open) => {
  it("shares a document with everyone, whatever the case of the word", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: ["All"] });
    expect(await sharesOf(wired)).toEqual({
      AccountIds: ["all"],
      AccountSharingInfoList: [{ AccountId: "all", SharedDocumentVersion: "$DEFAULT" }],
    });
  });

  it("stops sharing with those that are removed", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE, TWO] });
    await change(wired, { AccountIdsToRemove: [ONE, THREE] });
    expect(await idsOf(wired)).toEqual([TWO]);
  });

  it("removes an account that is added in the same request", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE, TWO], AccountIdsToRemove: [TWO] });
    expect(await idsOf(wired)).toEqual([ONE]);
  });

  it("gives an account that has the document already the version of the request", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE], SharedDocumentVersion: "$LATEST" });
    await change(wired, { AccountIdsToAdd: [ONE], SharedDocumentVersion: "$ALL" });
    expect((await sharesOf(wired)).AccountSharingInfoList).toEqual([
      { AccountId: ONE, SharedDocumentVersion: "$ALL" },
    ]);
  });

  it("keeps what is shared when the document gets a new version", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE] });
    await wired.fake.documents.add("App", content());
    expect(await idsOf(wired)).toEqual([ONE]);
  });

  it("goes from single accounts to everyone in one request", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE] });
    await change(wired, { AccountIdsToAdd: ["all"], AccountIdsToRemove: [ONE] });
    expect(await idsOf(wired)).toEqual(["all"]);
  });

  it.each<[what: string, before: readonly string[], added: string[]]>([
    ["in one request", [], ["all", ONE]],
    ["when it is shared with everyone", ["all"], [ONE]],
    ["when it is shared with single accounts", [ONE], ["All"]],
  ])(
    "does not share with everyone and single accounts at once: %s",
    async (_, before, AccountIdsToAdd) => {
      const wired = await anApp(open);
      if (before.length > 0) await change(wired, { AccountIdsToAdd: [...before] });
      const refusal = await refusalOf(change(wired, { AccountIdsToAdd }));
      expect([refusal, await idsOf(wired)]).toEqual([
        {
          name: "ValidationException",
          message:
            "Document with name App cannot be shared publicly and privately at the same time.",
        },
        before,
      ]);
    },
  );

  it.each([[{}], [{ AccountIdsToAdd: [], AccountIdsToRemove: [] }]])(
    "refuses a request that changes nothing: %j",
    async (members) => {
      expect(await refusalOf(change(await anApp(open), members))).toEqual({
        name: "InvalidParameterException",
        message: "Either AccountIdsToAdd or AccountIdsToRemove must be specified for API operation",
      });
    },
  );

  it("shares a document with a thousand accounts and no more", async () => {
    const wired = await anApp(open);
    await shareWidely(wired, 1_000);
    const error = await rejectionOf(change(wired, { AccountIdsToAdd: [TWO] }));
    expect(error).toBeInstanceOf(DocumentPermissionLimit);
  });

  it("shares five documents with everyone and no more", async () => {
    const { fake, ssm } = open();
    const AccountIdsToAdd = ["all"];
    const share = (Name: string) => ssm.modifyDocumentPermission({ ...APP, Name, AccountIdsToAdd });
    for (const Name of ["Doc-1", "Doc-2", "Doc-3", "Doc-4", "Doc-5", "Doc-6"]) {
      await fake.documents.add(Name, content());
      if (Name !== "Doc-6") await share(Name);
    }
    await share("Doc-5"); // it is one of the five
    const error = await rejectionOf(share("Doc-6"));
    expect([error instanceof DocumentPermissionLimit, Object(error).message]).toEqual([
      true,
      "The document can't be shared with more Amazon Web Services accounts.",
    ]);
  });

  it("is no permission of another type than Share", async () => {
    const { ssm } = await anApp(open);
    // A client in JavaScript may write any word.
    const request = { Name: "App", PermissionType: "Read" as "Share", AccountIdsToAdd: [ONE] };
    expect(await refusalOf(ssm.modifyDocumentPermission(request))).toEqual({
      name: "ValidationException",
      message:
        "1 validation error detected: Value 'Read' at 'permissionType' failed to satisfy constraint: Member must satisfy enum value set: [Share]",
    });
  });
});

describeOnWires("permissions of a document", (open) => {
  it.each(["Other", "AWS-RunShellScript"])(
    "of a name that is not the account's own are refused: %s",
    async (Name) => {
      const { ssm } = await anApp(open);
      const request = { ...APP, Name };
      const errors = [
        await rejectionOf(ssm.describeDocumentPermission(request)),
        await rejectionOf(ssm.modifyDocumentPermission({ ...request, AccountIdsToAdd: [ONE] })),
      ];
      expect(
        errors.map((error) => [error instanceof InvalidDocument, Object(error).message]),
      ).toEqual([
        [true, `Document with name ${Name} does not exist.`],
        [true, `Document with name ${Name} does not exist.`],
      ]);
    },
  );

  it("make ListDocuments find it among the public ones, if everyone may use it", async () => {
    const wired = await anApp(open);
    const publicNames = async () => {
      const Filters = [{ Key: "Owner", Values: ["Public"] }];
      const { DocumentIdentifiers } = await wired.ssm.listDocuments({ Filters });
      return DocumentIdentifiers!.map(({ Name }) => Name);
    };
    await change(wired, { AccountIdsToAdd: [ONE] });
    const before = await publicNames();
    await change(wired, { AccountIdsToAdd: ["all"], AccountIdsToRemove: [ONE] });
    expect([before, await publicNames()]).toEqual([[], ["App"]]);
  });

  it("keep it from being deleted until they are taken back", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE] });
    const error = await rejectionOf(wired.ssm.deleteDocument({ Name: "App" }));
    await change(wired, { AccountIdsToRemove: [ONE] });
    await wired.ssm.deleteDocument({ Name: "App" });
    expect(error).toBeInstanceOf(InvalidDocumentOperation);
    expect(error).toHaveProperty(
      "message",
      "You attempted to delete a document while it is still shared. You must stop sharing the document before you can delete it.",
    );
  });

  it("let one of its versions be deleted", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE] });
    await wired.fake.documents.add("App", content());
    await wired.ssm.deleteDocument({ Name: "App", DocumentVersion: "2" });
    expect(await idsOf(wired)).toEqual([ONE]);
  });

  it("are forgotten by a reset", async () => {
    const wired = await anApp(open);
    await change(wired, { AccountIdsToAdd: [ONE] });
    await wired.fake.reset();
    await createApp(wired);
    expect(await idsOf(wired)).toEqual([]);
  });
});
