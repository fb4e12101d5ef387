import { beforeAll, expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { AwsCli } from "./aws-cli.ts";
import { describeClient } from "./describe-client.ts";
import { memberKinds } from "./member-kinds.ts";
import { LATER_MEMBERS_OF_COMMAND, REFERENCE_MEMBERS, under } from "./reference-members.ts";
import { ServedAccount } from "./served-account.ts";

// The commands of the examples in the CLI reference, with nodes of ours.
describeClient("awsCli", {
  about: "members of answers, as the examples of its reference show them",
  checks: () => {
    const account = new ServedAccount({
      nodes: [{}, {}],
      behavior: { type: "exits", stdout: "updated\n", after: "91ms" },
    });
    const aws = new AwsCli(() => account.url);
    let update = "";

    beforeAll(async () => {
      update = await account.send({
        DocumentName: "AWS-UpdateSSMAgent",
        Parameters: {},
        InstanceIds: [nodeId(1), nodeId(2)],
      });
      await account.send({
        DocumentName: "AWS-RunPatchBaseline",
        Parameters: {
          InstallOverrideList: [""],
          Operation: ["Install"],
          RebootOption: ["RebootIfNeeded"],
          SnapshotId: [""],
        },
        Targets: [{ Key: "InstanceIds", Values: [nodeId(1), nodeId(2)] }],
        OutputS3BucketName: "patch-output",
        OutputS3KeyPrefix: "run-command",
        ServiceRoleArn: "arn:aws:iam::123456789012:role/notifies",
        NotificationConfig: {
          NotificationArn: "arn:aws:sns:us-east-1:123456789012:patches",
          NotificationEvents: ["All"],
          NotificationType: "Invocation",
        },
      });
      await account.fake.clock.advance("10m");
    });

    it("send-command returns the members of the example, and those that came later", async () => {
      const answer = await aws.json(
        `ssm send-command --document-name AWS-RunShellScript --parameters 'commands=["echo HelloWorld"]' --instance-ids ${nodeId(1)} --comment 'echo HelloWorld'`,
      );
      expect(memberKinds(answer)).toEqual({
        ...REFERENCE_MEMBERS["send-command"],
        ...under("Command", LATER_MEMBERS_OF_COMMAND),
      });
    });

    it("list-commands returns the members of the example, and those that came later", async () => {
      const answer = await aws.json("ssm list-commands --filters key=Status,value=Success");
      expect(memberKinds(answer)).toEqual({
        ...REFERENCE_MEMBERS["list-commands"],
        ...under("Commands[]", LATER_MEMBERS_OF_COMMAND),
      });
    });

    it("list-command-invocations returns the members of the example", async () => {
      const line = `ssm list-command-invocations --command-id ${update} --details`;
      expect(memberKinds(await aws.json(line))).toEqual(
        REFERENCE_MEMBERS["list-command-invocations"],
      );
    });

    it("get-command-invocation returns the members of the example", async () => {
      // The document had one step when the example was written; by now it has two, so the plugin is named.
      const line = `ssm get-command-invocation --command-id ${update} --instance-id ${nodeId(1)} --plugin-name awsupdateSsmAgent`;
      const answer = await aws.json(line);
      expect(memberKinds(answer)).toEqual(REFERENCE_MEMBERS["get-command-invocation"]);
      expect(answer).toMatchObject({
        Status: "Success",
        StatusDetails: "Success",
        PluginName: "awsupdateSsmAgent",
        ExecutionElapsedTime: "PT0.091S",
      });
    });

    it("cancel-command prints nothing", async () => {
      const { exitCode, stdout } = await aws.run(`ssm cancel-command --command-id ${update}`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    });
  },
});
