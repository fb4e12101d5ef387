import { beforeAll, expect, it } from "vitest";
import { nodeId, UNKNOWN_COMMAND_ID } from "../contract/contract-account.ts";
import { Boto3 } from "./boto3.ts";
import { describeClient } from "./describe-client.ts";
import { RECORDED_REFUSALS } from "./recorded-refusals.ts";
import { ServedAccount } from "./served-account.ts";

/** boto3 must not check a request before the service does. */
const UNCHECKED = { parameter_validation: false, retries: { total_max_attempts: 1 } } as const;
const UPTIME = {
  DocumentName: "AWS-RunShellScript",
  Parameters: { commands: ["uptime"] },
} as const;
const TO_FIRST = { ...UPTIME, InstanceIds: [nodeId(1)] } as const;

describeClient("boto3", {
  about: "recorded refusals, to the letter",
  checks: () => {
    const account = new ServedAccount({ nodes: [{}] });
    const boto3 = new Boto3(() => account.url);

    it.each(RECORDED_REFUSALS.map((each) => [`${each.method}: ${each.about}`, each] as const))(
      "%s",
      async (_name, { method, args, code, message }) => {
        const { error } = await boto3.call(method, args, { config: UNCHECKED });
        expect(error?.Error).toEqual({ Code: code, Message: message });
      },
    );
  },
});

const DOCUMENT = {
  DocumentType: "Command",
  Content:
    '{"schemaVersion":"2.2","mainSteps":[{"action":"aws:runShellScript","name":"deploy","inputs":{"runCommand":["true"]}}]}',
} as const;

/** Errors of the model, which boto3 makes classes of. */
const MODELLED: readonly (readonly [code: string, method: string, args: object])[] = [
  ["InvalidInstanceId", "send_command", { ...UPTIME, InstanceIds: [nodeId(9)] }],
  ["UnsupportedPlatformType", "send_command", { ...UPTIME, InstanceIds: [nodeId(2)] }],
  ["DuplicateInstanceId", "send_command", { ...UPTIME, InstanceIds: [nodeId(1), nodeId(1)] }],
  ["InvalidDocument", "send_command", { DocumentName: "none", InstanceIds: [nodeId(1)] }],
  ["InvalidDocumentVersion", "send_command", { ...TO_FIRST, DocumentVersion: "77" }],
  ["InvalidParameters", "send_command", { ...TO_FIRST, Parameters: { x: ["1"] } }],
  [
    "MaxDocumentSizeExceeded",
    "send_command",
    { ...TO_FIRST, Parameters: { commands: ["x".repeat(100_000)] } },
  ],
  [
    "InvalidRole",
    "send_command",
    { ...TO_FIRST, NotificationConfig: { NotificationArn: "arn:aws:sns:us-east-1:1:x" } },
  ],
  ["InvalidNotificationConfig", "send_command", { ...TO_FIRST, ServiceRoleArn: "role" }],
  [
    "InvalidInstanceInformationFilterValue",
    "describe_instance_information",
    { Filters: [{ Key: "ResourceType", Values: ["Node"] }] },
  ],
  ["InvalidCommandId", "cancel_command", { CommandId: UNKNOWN_COMMAND_ID }],
  [
    "InvocationDoesNotExist",
    "get_command_invocation",
    { CommandId: UNKNOWN_COMMAND_ID, InstanceId: nodeId(1) },
  ],
  [
    "InvalidPluginName",
    "get_command_invocation",
    { CommandId: "SENT", InstanceId: nodeId(1), PluginName: "other" },
  ],
  ["InvalidDocument", "describe_document", { Name: "none" }],
  ["InvalidDocumentVersion", "get_document", { Name: "AWS-RunShellScript", DocumentVersion: "77" }],
  ["DocumentAlreadyExists", "create_document", { ...DOCUMENT, Name: "Deploy-App" }],
  ["InvalidDocumentContent", "create_document", { ...DOCUMENT, Name: "Other-App", Content: "{" }],
  ["InvalidResourceId", "list_tags_for_resource", { ResourceType: "Document", ResourceId: "none" }],
  ["InvalidFilterKey", "list_commands", { Filters: [{ key: "Stage", value: "x" }] }],
  ["InvalidNextToken", "list_commands", { NextToken: "x" }],
];

/** Errors of the framework. Debian's boto3 has no class for them; newer ones have one for some. */
const UNMODELLED: typeof MODELLED = [
  ["ValidationException", "list_commands", { CommandId: "x".repeat(36) }],
  ["AccessDeniedException", "send_command", { ...UPTIME, InstanceIds: [nodeId(3)] }],
  ["SerializationException", "send_command", { ...TO_FIRST, TimeoutSeconds: [60] }],
];

describeClient("boto3", {
  about: "exceptions",
  checks: () => {
    const account = new ServedAccount({
      nodes: [{}, { platform: "Windows" }, { access: "denied" }],
    });
    const boto3 = new Boto3(() => account.url);
    let sent = "";
    beforeAll(async () => {
      sent = await account.send({ InstanceIds: [nodeId(1)] });
      await account.fake.documents.add("Deploy-App", DOCUMENT.Content);
    });

    const refusal = async (method: string, args: object) => {
      const request = JSON.parse(JSON.stringify(args).replaceAll("SENT", sent));
      return (await boto3.call(method, request, { config: UNCHECKED })).error;
    };
    const ResponseMetadata = { HTTPStatusCode: 400 };

    it.each(MODELLED)("client.exceptions.%s from %s", async (Code, method, args) => {
      expect(await refusal(method, args)).toMatchObject({
        class: Code,
        isModelled: true,
        Error: { Code },
        ResponseMetadata,
      });
    });

    it.each(UNMODELLED)("ClientError with the code %s from %s", async (Code, method, args) => {
      expect(await refusal(method, args)).toMatchObject({
        class: expect.stringMatching(`^(ClientError|${Code})$`),
        Error: { Code },
        ResponseMetadata,
      });
    });
  },
});
