import { InvalidDocument, InvalidNextToken } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { rejectionOf } from "../../../support/rejection.ts";
import { content } from "../../documents/a-document.ts";
import { createApp, describeOnWires, stepNamed, type Wired } from "./describe-on-wires.ts";

/** The numbers of the versions on one page of `App`, and its token. */
async function pageOf({ ssm }: Wired, members: { MaxResults?: number; NextToken?: string } = {}) {
  const { DocumentVersions, NextToken } = await ssm.listDocumentVersions({
    Name: "App",
    ...members,
  });
  return { numbers: DocumentVersions!.map((each) => each.DocumentVersion), NextToken };
}

/** The numbers on every page of `App`. */
async function pagesOf(wired: Wired, MaxResults: number) {
  const pages: (readonly (string | undefined)[])[] = [];
  let token: string | undefined;
  do {
    const page = await pageOf(wired, { MaxResults, ...(token && { NextToken: token }) });
    pages.push(page.numbers);
    token = page.NextToken;
  } while (token !== undefined);
  return pages;
}

describeOnWires("ListDocumentVersions", (open) => {
  it("shows the newest version first, with its name if it has one", async () => {
    const wired = open();
    await createApp(wired);
    await wired.ssm.updateDocument({
      Name: "App",
      Content: stepNamed("v2"),
      DocumentVersion: "$LATEST",
      VersionName: "two",
      DisplayName: "The app",
    });
    const { DocumentVersions } = await wired.ssm.listDocumentVersions({ Name: "App" });
    const common = {
      Name: "App",
      CreatedDate: new Date(wired.fake.clock.now()),
      DocumentFormat: "JSON",
      Status: "Active",
    };
    const second = { DocumentVersion: "2", IsDefaultVersion: false, VersionName: "two" };
    expect(DocumentVersions).toEqual([
      { ...common, ...second, DisplayName: "The app" },
      { ...common, DocumentVersion: "1", IsDefaultVersion: true },
    ]);
  });

  it("leaves out the names that a version does not have", async () => {
    const wired = open();
    await createApp(wired);
    const { DocumentVersions } = await wired.ssm.listDocumentVersions({ Name: "App" });
    const { VersionName, DisplayName } = DocumentVersions![0]!;
    expect([VersionName, DisplayName]).toEqual([undefined, undefined]);
  });

  it("marks the version that was made the default one", async () => {
    const wired = open();
    await createApp(wired, { versions: 3 });
    await wired.ssm.updateDocumentDefaultVersion({ Name: "App", DocumentVersion: "2" });
    const { DocumentVersions } = await wired.ssm.listDocumentVersions({ Name: "App" });
    expect(DocumentVersions!.map((each) => each.IsDefaultVersion)).toEqual([false, true, false]);
  });

  it("tells when each version was made, and in which format", async () => {
    const wired = open();
    await createApp(wired);
    const made = wired.fake.clock.now();
    await wired.fake.clock.advance("1h");
    await wired.fake.documents.add(
      "App",
      "schemaVersion: '2.2'\nmainSteps:\n  - { name: v2, action: aws:runShellScript }\n",
    );
    const { DocumentVersions } = await wired.ssm.listDocumentVersions({ Name: "App" });
    expect(
      DocumentVersions!.map((each) => [each.CreatedDate?.getTime(), each.DocumentFormat]),
    ).toEqual([
      [made + 3_600_000, "YAML"],
      [made, "JSON"],
    ]);
  });

  it("does not show a version that was deleted", async () => {
    const wired = open();
    await createApp(wired, { versions: 3 });
    await wired.ssm.deleteDocument({ Name: "App", DocumentVersion: "2" });
    expect((await pageOf(wired)).numbers).toEqual(["3", "1"]);
  });

  it("shows the version of a document of AWS", async () => {
    const { ssm } = open();
    const { DocumentVersions } = await ssm.listDocumentVersions({ Name: "AWS-RunShellScript" });
    expect(DocumentVersions).toMatchObject([{ Name: "AWS-RunShellScript", DocumentVersion: "1" }]);
  });

  it("takes the ARN of a shared document", async () => {
    const { fake, ssm } = open();
    const Name = "arn:aws:ssm:us-east-1:999988887777:document/App";
    await fake.documents.add(Name, content());
    const { DocumentVersions } = await ssm.listDocumentVersions({ Name });
    expect(DocumentVersions).toMatchObject([{ Name, DocumentVersion: "1" }]);
  });

  it.each([
    [1, [["5"], ["4"], ["3"], ["2"], ["1"]]],
    [2, [["5", "4"], ["3", "2"], ["1"]]],
    [5, [["5", "4", "3", "2", "1"]]],
  ])("shows %i on a page, and no token on the last one", async (MaxResults, pages) => {
    const wired = open();
    await createApp(wired, { versions: 5 });
    expect(await pagesOf(wired, MaxResults)).toEqual(pages);
  });

  it("moves no version when some are made and deleted between two pages", async () => {
    const wired = open();
    await createApp(wired, { versions: 4 });
    const { NextToken } = await pageOf(wired, { MaxResults: 2 });
    await wired.ssm.deleteDocument({ Name: "App", DocumentVersion: "3" });
    await wired.fake.documents.add("App", stepNamed("v5"));
    expect((await pageOf(wired, { NextToken: NextToken! })).numbers).toEqual(["2", "1"]);
  });

  it("shows 50 to a page when nothing else is asked", async () => {
    const wired = open();
    await createApp(wired);
    for (let made = 2; made <= 51; made++) {
      await wired.fake.documents.add("App", stepNamed(`v${made}`));
    }
    expect((await pageOf(wired)).numbers).toHaveLength(50);
  });

  it("refuses a document that does not exist", async () => {
    const error = await rejectionOf(open().ssm.listDocumentVersions({ Name: "Other" }));
    expect(error).toBeInstanceOf(InvalidDocument);
    expect(error).toHaveProperty("message", "Document with name Other does not exist.");
  });

  it("refuses the token of another document", async () => {
    const wired = open();
    await createApp(wired, { versions: 2 });
    const { NextToken } = await pageOf(wired, { MaxResults: 1 });
    const request = { Name: "AWS-RunShellScript", NextToken: NextToken! };
    const error = await rejectionOf(wired.ssm.listDocumentVersions(request));
    expect(error).toBeInstanceOf(InvalidNextToken);
  });
});
