import { type ListDocumentsCommandInput, paginateListDocuments } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { paginate } from "../../../../src/client/paginate.ts";
import { rejectionOf } from "../../../support/rejection.ts";
import { content, scriptStep } from "../../documents/a-document.ts";
import { createApp, describeOnWires, type OpenWired, type Wired } from "./describe-on-wires.ts";

const AWS_NAMES = [
  "AWS-RunShellScript",
  "AWS-RunPowerShellScript",
  "AWS-UpdateSSMAgent",
  "AWS-ConfigureAWSPackage",
  "AWS-RunRemoteScript",
  "AWS-RunPatchBaseline",
];
const SHARED = "arn:aws:ssm:us-east-1:999988887777:document/Shared";

/** An account with the documents Deploy-App and Deploy-Windows, and one that another account shares. */
async function anAccount(open: OpenWired): Promise<Wired> {
  const wired = open();
  await wired.ssm.createDocument({
    Name: "Deploy-App",
    Content: JSON.stringify(content()),
    DocumentType: "Command",
    TargetType: "/AWS::EC2::Instance",
    Tags: [{ Key: "Team", Value: "web" }],
  });
  const mainSteps = [scriptStep({ action: "aws:runPowerShellScript" })];
  await wired.fake.documents.add("Deploy-Windows", content({ mainSteps }));
  await wired.fake.documents.add(SHARED, content());
  return wired;
}

async function namesOf({ ssm }: Wired, request: ListDocumentsCommandInput = {}) {
  const { DocumentIdentifiers } = await ssm.listDocuments(request);
  return DocumentIdentifiers!.map(({ Name }) => Name);
}

describeOnWires("ListDocuments", (open) => {
  it("shows AWS's documents and those that were made", async () => {
    const wired = await anAccount(open);
    expect(await namesOf(wired)).toEqual([...AWS_NAMES, "Deploy-App", "Deploy-Windows", SHARED]);
  });

  it("may begin with an empty page that has a token, and the client's paginate goes on", async () => {
    const { ssm } = await anAccount(() => open({ latency: "worst" }));
    const first = await ssm.listDocuments({ MaxResults: 2 });
    expect(first).toMatchObject({ DocumentIdentifiers: [], NextToken: expect.any(String) });
    const pages = paginate(
      { MaxResults: 2 },
      {
        operation: "ListDocuments",
        ask: (input: ListDocumentsCommandInput) => ssm.listDocuments(input),
        items: ({ DocumentIdentifiers }) => DocumentIdentifiers,
      },
    );
    const names = [];
    for await (const { Name } of pages) names.push(Name);
    expect(names).toEqual([...AWS_NAMES, "Deploy-App", "Deploy-Windows", SHARED]);
  });

  it("shows each by its default version", async () => {
    const wired = open();
    await createApp(wired, { versions: 2 });
    const Filters = [{ Key: "Owner", Values: ["Self"] }];
    const { DocumentIdentifiers, NextToken } = await wired.ssm.listDocuments({ Filters });
    expect([DocumentIdentifiers, NextToken]).toEqual([
      [
        {
          Name: "App",
          CreatedDate: new Date(wired.fake.clock.now()),
          Owner: "123456789012",
          PlatformTypes: ["Linux", "MacOS"],
          DocumentVersion: "1",
          DocumentType: "Command",
          SchemaVersion: "2.2",
          DocumentFormat: "JSON",
          Tags: [],
        },
      ],
      undefined,
    ]);
  });

  it.each([
    ["Owner", ["Self"], ["Deploy-App", "Deploy-Windows"]],
    ["Owner", ["Amazon"], AWS_NAMES],
    ["Owner", ["Private"], [SHARED]],
    ["Owner", ["Public"], []],
    ["Owner", ["ThirdParty"], []],
    ["Owner", ["All"], [...AWS_NAMES, "Deploy-App", "Deploy-Windows", SHARED]],
    ["Name", ["Deploy-"], ["Deploy-App", "Deploy-Windows"]],
    ["Name", ["Deploy-App", "AWS-Update"], ["AWS-UpdateSSMAgent", "Deploy-App"]],
    ["Name", ["App"], []],
    ["SearchKeyword", ["app"], ["Deploy-App"]],
    [
      "PlatformTypes",
      ["Windows"],
      ["AWS-RunPowerShellScript", ...AWS_NAMES.slice(2), "Deploy-Windows"],
    ],
    ["DocumentType", ["Automation"], []],
    ["TargetType", ["/AWS::EC2::Instance"], ["Deploy-App"]],
    ["tag:Team", ["web", "db"], ["Deploy-App"]],
    ["tag:Team", ["db"], []],
    ["tag:constructor", ["web"], []],
  ])("takes the filter %s %j", async (Key, Values, names) => {
    expect(await namesOf(await anAccount(open), { Filters: [{ Key, Values }] })).toEqual(names);
  });

  it("shows what passes all filters", async () => {
    const Filters = [
      { Key: "Owner", Values: ["Self"] },
      { Key: "PlatformTypes", Values: ["Windows"] },
    ];
    expect(await namesOf(await anAccount(open), { Filters })).toEqual(["Deploy-Windows"]);
  });

  it.each([
    [{ key: "Name", value: "Deploy-W" } as const, ["Deploy-Windows"]],
    [{ key: "Owner", value: "Self" } as const, ["Deploy-App", "Deploy-Windows"]],
    [{ key: "DocumentType", value: "Session" } as const, []],
  ])("takes the old form of filters: %j", async (filter, names) => {
    const request = { DocumentFilterList: [filter] };
    expect(await namesOf(await anAccount(open), request)).toEqual(names);
  });

  it.each<[what: string, request: ListDocumentsCommandInput, name: string]>([
    [
      "a key that it does not know",
      { Filters: [{ Key: "Colour", Values: ["red"] }] },
      "InvalidFilterKey",
    ],
    ["a tag without a name", { Filters: [{ Key: "tag:", Values: ["x"] }] }, "InvalidFilterKey"],
    ["a filter without a key", { Filters: [{ Values: ["x"] }] }, "InvalidFilterKey"],
    [
      "two owners",
      { Filters: [{ Key: "Owner", Values: ["Self", "Amazon"] }] },
      "ValidationException",
    ],
    [
      "an owner that does not exist",
      { Filters: [{ Key: "Owner", Values: ["Me"] }] },
      "ValidationException",
    ],
    [
      "both forms of filters",
      {
        Filters: [{ Key: "Owner", Values: ["Self"] }],
        DocumentFilterList: [{ key: "Name", value: "x" }],
      },
      "ValidationException",
    ],
    ["a token that is not its own", { NextToken: "none of ours" }, "InvalidNextToken"],
  ])("refuses %s", async (_, request, name) => {
    expect(await rejectionOf(open().ssm.listDocuments(request))).toMatchObject({ name });
  });

  it("refuses the token of another question", async () => {
    const { ssm } = open();
    const { NextToken } = await ssm.listDocuments({ MaxResults: 1 });
    const Filters = [{ Key: "Owner", Values: ["Amazon"] }];
    const error = await rejectionOf(ssm.listDocuments({ MaxResults: 1, NextToken, Filters }));
    expect(error).toMatchObject({ name: "InvalidNextToken" });
  });

  it.each([1, 2, 4, 9, 50])(
    "walks all of them with paginateListDocuments, %i a page",
    async (pageSize) => {
      const wired = await anAccount(open);
      const names: (string | undefined)[] = [];
      for await (const page of paginateListDocuments({ client: wired.ssm, pageSize }, {})) {
        names.push(...page.DocumentIdentifiers!.map(({ Name }) => Name));
      }
      expect(names).toEqual([...AWS_NAMES, "Deploy-App", "Deploy-Windows", SHARED]);
    },
  );

  it("moves no other document when some are deleted and made between two pages", async () => {
    const wired = await anAccount(open);
    const { ssm } = wired;
    const { NextToken } = await ssm.listDocuments({ MaxResults: 7 });
    await ssm.deleteDocument({ Name: "Deploy-App" });
    await createApp(wired);
    expect(await namesOf(wired, { NextToken })).toEqual(["Deploy-Windows", SHARED, "App"]);
  });

  it("shows 50 to a page when nothing else is asked", async () => {
    const wired = open();
    for (let made = 0; made < 50; made++) await wired.fake.documents.add(`Doc-${made}`, content());
    const { DocumentIdentifiers, NextToken } = await wired.ssm.listDocuments({});
    const rest = await namesOf(wired, { NextToken });
    expect([DocumentIdentifiers?.length, rest.length]).toEqual([50, 6]);
  });
});
