import { expect } from "vitest";
import { ASKED_OF, aCommand, type ProtocolCase, sending } from "./protocol-cases.ts";

const { instanceId, logGroup, notified, start } = ASKED_OF;

/** An embedded document: a string for the service, whatever it looks like. */
const JSON_IN_A_TEXT = '{"number":1234.5,"list":[1,null],"object":{"key":"value"}}';

const TARGETS = [
  { Key: "tag:Role", Values: ["web", "db"] },
  { Key: "tag:Env", Values: ["prod"] },
];

/** AWS's cases of requests, in the order of its files. A service has to read them as stated. */
export const REQUEST_CASES: readonly ProtocolCase[] = [
  {
    name: "request AwsJson11MustSupportParametersInContentType",
    states: "parameters after the content type are passed over",
    call: {
      target: "AmazonSSM.ListCommandInvocations",
      contentType: "application/x-amz-json-1.1; charset=utf-8",
      body: '{"MaxResults":5}',
    },
    seen: { status: 200 },
  },
  {
    name: "request sends_requests_to_slash",
    states: "every operation is a POST to /",
    call: { target: "AmazonSSM.ListCommands" },
    seen: { status: 200 },
  },
  {
    name: "request includes_x_amz_target_and_content_type",
    states: "two headers name protocol and operation",
    call: {
      target: "AmazonSSM.DescribeInstanceInformation",
      contentType: "application/x-amz-json-1.1",
    },
    seen: { body: expect.objectContaining({ InstanceInformationList: expect.any(Array) }) },
  },
  {
    name: "request json_1_1_client_sends_empty_payload_for_no_input_shape",
    states: "an operation that needs no input takes an empty object",
    call: { target: "Logs_20140328.DescribeLogGroups", body: "{}" },
    seen: { status: 200 },
  },
  {
    name: "request json_1_1_service_supports_empty_payload_for_no_input_shape",
    states: "an operation that needs no input takes no body at all",
    call: { target: "Logs_20140328.DescribeLogGroups", body: "" },
    seen: { status: 200 },
  },
  {
    name: "request AwsJson11Enums",
    states: "values of an enumeration are strings, alone and in lists",
    call: sending({
      NotificationConfig: notified,
      ServiceRoleArn: "arn:aws:iam::123456789012:role/Notify",
    }),
    seen: aCommand({ NotificationConfig: notified }),
  },
  {
    name: "request serializes_string_shapes",
    states: "a string arrives with its spaces",
    call: sending({ Comment: "abc xyz" }),
    seen: aCommand({ Comment: "abc xyz" }),
  },
  {
    name: "request serializes_string_shapes_with_jsonvalue_trait",
    states: "JSON within a string stays a string",
    call: sending({ Comment: JSON_IN_A_TEXT }),
    seen: aCommand({ Comment: JSON_IN_A_TEXT }),
  },
  {
    name: "request serializes_integer_shapes",
    states: "an integer is a number",
    call: sending({ TimeoutSeconds: 1234 }),
    seen: aCommand({ TimeoutSeconds: 1234 }),
  },
  {
    name: "request serializes_long_shapes",
    states: "a long is a number that may need more than 32 bits",
    call: {
      target: "Logs_20140328.FilterLogEvents",
      body: JSON.stringify({ logGroupName: logGroup, startTime: Date.parse(start) + 1 }),
    },
    seen: { status: 200, body: expect.objectContaining({ events: [] }) },
  },
  {
    name: "request serializes_boolean_shapes_true",
    states: "true is heard",
    call: { target: "AmazonSSM.ListCommandInvocations", body: '{"Details":true}' },
    seen: {
      body: {
        CommandInvocations: [expect.objectContaining({ CommandPlugins: [expect.anything()] })],
      },
    },
  },
  {
    name: "request serializes_boolean_shapes_false",
    states: "false is not the same as true",
    call: { target: "AmazonSSM.ListCommandInvocations", body: '{"Details":false}' },
    seen: { body: { CommandInvocations: [expect.objectContaining({ CommandPlugins: [] })] } },
  },
  {
    name: "request serializes_list_shapes",
    states: "a list of strings keeps its order",
    call: sending({ Parameters: { commands: ["one", "two", "three"] } }),
    seen: aCommand({ Parameters: { commands: ["one", "two", "three"] } }),
  },
  {
    name: "request serializes_empty_list_shapes",
    states: "an empty list is an empty list",
    call: sending({ InstanceIds: [], Targets: TARGETS }),
    seen: aCommand({ InstanceIds: [] }),
  },
  {
    name: "request serializes_list_of_structure_shapes",
    states: "a list of structures is a list of objects, which keep their order",
    call: sending({ InstanceIds: [], Targets: TARGETS }),
    seen: aCommand({ Targets: TARGETS }),
  },
  {
    name: "request serializes_empty_map_shapes",
    states: "an empty map is an empty map",
    call: sending({ DocumentName: "AWS-UpdateSSMAgent", Parameters: {} }),
    seen: aCommand({ Parameters: {} }),
  },
  {
    name: "request serializes_map_of_list_shapes",
    states: "a map holds a list for each key",
    call: sending({ Parameters: { commands: ["pwd", "ls"], workingDirectory: ["/opt"] } }),
    seen: aCommand({ Parameters: { commands: ["pwd", "ls"], workingDirectory: ["/opt"] } }),
  },
  {
    name: "request serializes_structure_shapes",
    states: "a structure within the request is an object",
    call: sending({ CloudWatchOutputConfig: { CloudWatchLogGroupName: "/app" } }),
    seen: aCommand({
      CloudWatchOutputConfig: { CloudWatchLogGroupName: "/app", CloudWatchOutputEnabled: false },
    }),
  },
  {
    name: "request serializes_empty_structure_shapes",
    states: "a structure may have none of its members",
    call: sending({ CloudWatchOutputConfig: {} }),
    seen: aCommand({
      CloudWatchOutputConfig: { CloudWatchLogGroupName: "", CloudWatchOutputEnabled: false },
    }),
  },
  {
    name: "request AwsJson11ServersDontDeserializeNullStructureValues",
    states: "a member that is null counts as left out",
    call: sending({ Comment: null, TimeoutSeconds: null }),
    seen: aCommand({ Comment: "", TimeoutSeconds: 3600 }),
  },
  {
    name: "request can_call_operation_with_no_input_or_output",
    states: "an operation whose input is all optional takes an empty object",
    call: { target: "AmazonSSM.ListCommandInvocations", body: "{}" },
    seen: { body: { CommandInvocations: [expect.objectContaining({ InstanceId: instanceId })] } },
  },
  {
    name: "request can_call_operation_with_optional_input",
    states: "an operation whose input is all optional heeds what it is given",
    call: {
      target: "AmazonSSM.ListCommandInvocations",
      body: '{"InstanceId":"i-00000000000000009"}',
    },
    seen: { status: 200, body: { CommandInvocations: [] } },
  },
];
