import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { AwsCli } from "./aws-cli.ts";
import { describeClient } from "./describe-client.ts";
import { memberKinds } from "./member-kinds.ts";
import { ServedAccount } from "./served-account.ts";

const DEPLOY = {
  schemaVersion: "2.2",
  description: "Deploys.",
  parameters: { version: { type: "String", default: "1", description: "Which." } },
  mainSteps: [
    {
      action: "aws:runShellScript",
      name: "deploy",
      inputs: { runCommand: ["./deploy.sh {{ version }}"] },
    },
  ],
} as const;
const YAML = `schemaVersion: "2.2"
description: Deploys.
mainSteps:
  - action: aws:runShellScript
    name: deploy
    inputs: { runCommand: [./deploy.sh] }
`;
/** A node outside EC2. */
const HYBRID = "mi-00000000000000001";
const NEWER = { ...DEPLOY, description: "Deploys better." } as const;

describeClient("awsCli", {
  about: "documents",
  checks: () => {
    const account = new ServedAccount({ nodes: [{}, { instanceId: HYBRID }] });
    const aws = new AwsCli(() => account.url);
    let newer = "";

    beforeAll(() => {
      newer = join(aws.home, "newer.json");
      writeFileSync(join(aws.home, "deploy.json"), JSON.stringify(DEPLOY));
      writeFileSync(join(aws.home, "deploy.yaml"), YAML);
      writeFileSync(newer, JSON.stringify(NEWER));
    });
    beforeEach(async () => {
      await account.fake.reset();
      await account.fake.documents.add("Deploy-App", JSON.stringify(DEPLOY));
    });
    const content = (file: string) => `--content file://${join(aws.home, file)}`;

    it.each([
      ["deploy.json", "JSON"],
      ["deploy.yaml", "YAML"],
    ])("aws ssm create-document --content file://%s --document-format %s", async (file, format) => {
      const answer = await aws.json(
        `ssm create-document --name Other-App --document-type Command --document-format ${format} --tags Key=Team,Value=web ${content(file)}`,
      );
      expect(answer).toMatchObject({
        DocumentDescription: {
          Name: "Other-App",
          Owner: "123456789012",
          Status: "Creating",
          DocumentVersion: "1",
          Description: "Deploys.",
          PlatformTypes: ["Linux", "MacOS"],
          DocumentType: "Command",
          SchemaVersion: "2.2",
          LatestVersion: "1",
          DefaultVersion: "1",
          DocumentFormat: format,
          HashType: "Sha256",
          Tags: [{ Key: "Team", Value: "web" }],
        },
      });
    });

    it("aws ssm create-document prints its date as a timestamp", async () => {
      const answer = await aws.json(
        `ssm create-document --name Other-App --document-type Command ${content("deploy.json")}`,
      );
      expect(memberKinds(answer)).toMatchObject({ "DocumentDescription.CreatedDate": "timestamp" });
    });

    it("aws ssm describe-document --name Deploy-App --query Document.Parameters", async () => {
      expect(
        await aws.json("ssm describe-document --name Deploy-App --query Document.Parameters"),
      ).toEqual([{ Name: "version", Type: "String", Description: "Which.", DefaultValue: "1" }]);
    });

    it("aws ssm get-document --name Deploy-App returns the author's text", async () => {
      const answer = await aws.json("ssm get-document --name Deploy-App");
      expect(answer).toMatchObject({
        Name: "Deploy-App",
        Content: JSON.stringify(DEPLOY),
        Status: "Active",
        DocumentFormat: "JSON",
        DocumentType: "Command",
      });
    });

    it("aws ssm list-documents --filters Key=Owner,Values=Self", async () => {
      const line = "ssm list-documents --filters Key=Owner,Values=Self --query";
      expect(await aws.json(`${line} DocumentIdentifiers[].Name`)).toEqual(["Deploy-App"]);
    });

    it("aws ssm list-documents --page-size 2 finds AWS's own and that of the account", async () => {
      const names = await aws.json(
        "ssm list-documents --page-size 2 --query DocumentIdentifiers[].Name",
      );
      expect(names).toEqual(expect.arrayContaining(["AWS-RunShellScript", "Deploy-App"]));
    });

    it("aws ssm update-document, then update-document-default-version", async () => {
      const updated = await aws.json(
        `ssm update-document --name Deploy-App --document-version $LATEST --content file://${newer}`,
      );
      const changed = await aws.json(
        "ssm update-document-default-version --name Deploy-App --document-version 2",
      );
      expect([updated, changed]).toMatchObject([
        {
          DocumentDescription: {
            Status: "Updating",
            DocumentVersion: "2",
            LatestVersion: "2",
            DefaultVersion: "1",
          },
        },
        { Description: { Name: "Deploy-App", DefaultVersion: "2" } },
      ]);
    });

    it("aws ssm modify-document-permission is silent, describe-document-permission shows it", async () => {
      const permission = "--name Deploy-App --permission-type Share";
      const shared = await aws.run(
        `ssm modify-document-permission ${permission} --account-ids-to-add All`,
      );
      const shown = await aws.json(`ssm describe-document-permission ${permission}`);
      expect([shared, shown]).toEqual([
        { exitCode: 0, stdout: "", stderr: "" },
        {
          AccountIds: ["all"],
          AccountSharingInfoList: [{ AccountId: "all", SharedDocumentVersion: "$DEFAULT" }],
        },
      ]);
    });

    it("aws ssm list-document-versions prints dates as timestamps", async () => {
      const answer = await aws.json("ssm list-document-versions --name Deploy-App");
      expect(memberKinds(answer)).toEqual({
        DocumentVersions: "list",
        "DocumentVersions[].Name": "string",
        "DocumentVersions[].DocumentVersion": "string",
        "DocumentVersions[].CreatedDate": "timestamp",
        "DocumentVersions[].IsDefaultVersion": "boolean",
        "DocumentVersions[].DocumentFormat": "string",
        "DocumentVersions[].Status": "string",
      });
    });

    it("aws ssm delete-document is silent, and the document is gone", async () => {
      const gone = await aws.run("ssm delete-document --name Deploy-App");
      const { exitCode, stderr } = await aws.run("ssm describe-document --name Deploy-App");
      expect([gone, { exitCode, stderr: stderr.trim() }]).toEqual([
        { exitCode: 0, stdout: "", stderr: "" },
        {
          exitCode: 254,
          stderr:
            "An error occurred (InvalidDocument) when calling the DescribeDocument operation: Document with name Deploy-App does not exist.",
        },
      ]);
    });

    it("aws ssm create-document of a name that is taken exits with 254", async () => {
      const { exitCode, stderr } = await aws.run(
        `ssm create-document --name Deploy-App --document-type Command ${content("deploy.json")}`,
      );
      expect({ exitCode, stderr: stderr.trim() }).toEqual({
        exitCode: 254,
        stderr:
          "An error occurred (DocumentAlreadyExists) when calling the CreateDocument operation: Document with same name Deploy-App already exists",
      });
    });

    it("aws ssm send-command --document-name Deploy-App --parameters version=2", async () => {
      const answer = await aws.json(
        `ssm send-command --document-name Deploy-App --parameters version=2 --instance-ids ${nodeId(1)}`,
      );
      expect(answer).toMatchObject({
        Command: { DocumentName: "Deploy-App", Parameters: { version: ["2"] } },
      });
    });

    it.each([
      ["Document", "Deploy-App"],
      // EC2 keeps the tags of its own instances.
      ["ManagedInstance", HYBRID],
    ])(
      "aws ssm add-tags-to-resource, list-tags-for-resource and remove-tags-from-resource of a %s",
      async (type, id) => {
        const resource = `--resource-type ${type} --resource-id ${id}`;
        const added = await aws.run(
          `ssm add-tags-to-resource ${resource} --tags Key=Team,Value=web Key=Env,Value=prod`,
        );
        const removed = await aws.run(`ssm remove-tags-from-resource ${resource} --tag-keys Env`);
        const left = await aws.json(`ssm list-tags-for-resource ${resource}`);
        const silent = { exitCode: 0, stdout: "", stderr: "" };
        expect([added, removed, left]).toEqual([
          silent,
          silent,
          { TagList: [{ Key: "Team", Value: "web" }] },
        ]);
      },
    );
  },
});
