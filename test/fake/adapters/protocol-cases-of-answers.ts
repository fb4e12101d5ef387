import { expect } from "vitest";
import { ASKED_OF, type ProtocolCase, sending, type WireSeen } from "./protocol-cases.ts";

const { document, documentName, instanceId, logGroup, notified, start } = ASKED_OF;
const CONTENT_TYPE = "application/x-amz-json-1.1";
const LIST_COMMANDS = { target: "AmazonSSM.ListCommands" };
const GET_DOCUMENT = {
  target: "AmazonSSM.GetDocument",
  body: JSON.stringify({ Name: documentName }),
};

/** ListCommands with one command that has these members among others. */
function listed(members: object): Partial<WireSeen> {
  return { status: 200, body: { Commands: [expect.objectContaining(members)] } };
}

function tagging(resourceType: "Document" | "ManagedInstance", resourceId: string) {
  const Tags = [{ Key: "Role", Value: "web" }];
  const body = { ResourceType: resourceType, ResourceId: resourceId, Tags };
  return { target: "AmazonSSM.AddTagsToResource", body: JSON.stringify(body) };
}

/** AWS's cases of answers, in the order of its files. A service has to write them as stated. */
export const ANSWER_CASES: readonly ProtocolCase[] = [
  {
    name: "answer json_1_1_service_responds_with_no_payload",
    states: "an operation without an output is answered without a body, and with its content type",
    call: { target: "Logs_20140328.CreateLogGroup", body: '{"logGroupName":"/new"}' },
    seen: { status: 200, contentType: CONTENT_TYPE, text: "" },
  },
  {
    name: "answer AwsJson11Enums",
    states: "values of an enumeration are strings, alone and in lists",
    call: LIST_COMMANDS,
    seen: listed({ Status: "Success", NotificationConfig: notified }),
  },
  {
    name: "answer AwsJson11InvalidGreetingError",
    states: "an error has its bare name in __type, and the text in the member of its model",
    call: sending({ Parameters: {} }),
    seen: {
      status: 400,
      contentType: CONTENT_TYPE,
      body: {
        __type: "InvalidParameters",
        Message: "Parameters provided in document are invalid or not supported.",
      },
    },
  },
  {
    name: "answer AwsJson11EmptyComplexError",
    states: "an error without members is its __type alone",
    call: tagging("ManagedInstance", "mi-00000000000000009"),
    seen: { status: 400, contentType: CONTENT_TYPE, text: '{"__type":"InvalidResourceId"}' },
  },
  {
    name: "answer parses_operations_with_empty_json_bodies",
    states: "an output that has no members is an empty object",
    call: tagging("Document", documentName),
    seen: { status: 200, text: "{}" },
  },
  {
    name: "answer parses_string_shapes",
    states: "a string stays one, even when it is JSON",
    call: GET_DOCUMENT,
    seen: { body: expect.objectContaining({ Content: document }) },
  },
  {
    name: "answer parses_integer_shapes",
    states: "an integer is a number",
    call: LIST_COMMANDS,
    seen: listed({ TimeoutSeconds: 3600, CompletedCount: 1 }),
  },
  {
    name: "answer parses_long_shapes",
    states: "a long is written with all of its digits",
    call: {
      target: "Logs_20140328.FilterLogEvents",
      body: JSON.stringify({ logGroupName: logGroup }),
    },
    seen: { text: expect.stringContaining(`"timestamp":${Date.parse(start)},`) },
  },
  {
    name: "answer parses_boolean_shapes_true",
    states: "true is true",
    call: { target: "AmazonSSM.DescribeInstanceInformation" },
    seen: {
      body: { InstanceInformationList: [expect.objectContaining({ IsLatestVersion: true })] },
    },
  },
  {
    name: "answer parses_boolean_false",
    states: "false is written, not left out",
    call: LIST_COMMANDS,
    seen: listed({ AlarmConfiguration: { IgnorePollAlarmFailure: false, Alarms: [] } }),
  },
  {
    name: "answer parses_timestamp_shapes",
    states: "a timestamp is a number, seconds since 1970, with a fraction",
    call: LIST_COMMANDS,
    seen: { text: expect.stringContaining('"RequestedDateTime":1790503200.478,') },
  },
  {
    name: "answer parses_list_shapes",
    states: "a list of strings is a list",
    call: LIST_COMMANDS,
    seen: listed({ InstanceIds: [instanceId] }),
  },
  {
    name: "answer parses_list_of_structure_shapes",
    states: "a list of structures is a list of objects",
    call: { target: "AmazonSSM.ListCommandInvocations", body: '{"Details":true}' },
    seen: {
      body: {
        CommandInvocations: [
          expect.objectContaining({
            CommandPlugins: [expect.objectContaining({ Name: "aws:runShellScript" })],
          }),
        ],
      },
    },
  },
  {
    name: "answer parses_map_of_list_shapes",
    states: "a map holds a list for each key",
    call: LIST_COMMANDS,
    seen: listed({ Parameters: { commands: ["uptime"], executionTimeout: ["60"] } }),
  },
  {
    name: "answer parses_the_request_id_from_the_response",
    states: "the request id is in the header x-amzn-requestid",
    call: LIST_COMMANDS,
    seen: { requestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) },
  },
  {
    name: "answer AwsJson11ServersDontSerializeNullStructureValues",
    states: "a member without a value is left out, never null",
    call: GET_DOCUMENT,
    seen: { text: expect.not.stringContaining("null") },
  },
];
