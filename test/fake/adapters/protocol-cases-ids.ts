/** Which way the bytes of a case go: to the service, or back from it. */
export type Direction = "request" | "answer";

/** One case: AWS uses some ids for a request and for an answer. */
export type CaseName = `${Direction} ${string}`;

/** The ids of AWS's cases for awsJson1_1, file by file, each with its direction. Source: [api-protocol-cases]. */
const IDS_BY_FILE: Readonly<Record<string, Partial<Record<Direction, readonly string[]>>>> = {
  "content-type": { request: ["AwsJson11MustSupportParametersInContentType"] },
  "datetime-offsets": {
    answer: ["AwsJson11DateTimeWithNegativeOffset", "AwsJson11DateTimeWithPositiveOffset"],
  },
  documents: {
    request: ["PutAndGetInlineDocumentsInput"],
    answer: ["PutAndGetInlineDocumentsInput"],
  },
  "empty-operation": {
    request: [
      "sends_requests_to_slash",
      "includes_x_amz_target_and_content_type",
      "json_1_1_client_sends_empty_payload_for_no_input_shape",
      "json_1_1_service_supports_empty_payload_for_no_input_shape",
    ],
    answer: [
      "handles_empty_output_shape",
      "handles_unexpected_json_output",
      "json_1_1_service_responds_with_no_payload",
    ],
  },
  "endpoint-paths": { request: ["AwsJson11HostWithPath"] },
  endpoints: { request: ["AwsJson11EndpointTrait", "AwsJson11EndpointTraitWithHostLabel"] },
  enums: {
    request: ["AwsJson11Enums", "AwsJson11IntEnums"],
    answer: ["AwsJson11Enums", "AwsJson11IntEnums"],
  },
  errors: {
    answer: [
      "AwsJson11InvalidGreetingError",
      "AwsJson11ComplexError",
      "AwsJson11EmptyComplexError",
      "AwsJson11FooErrorUsingXAmznErrorType",
      "AwsJson11FooErrorUsingXAmznErrorTypeWithUri",
      "AwsJson11FooErrorUsingXAmznErrorTypeWithUriAndNamespace",
      "AwsJson11FooErrorUsingCode",
      "AwsJson11FooErrorUsingCodeAndNamespace",
      "AwsJson11FooErrorUsingCodeUriAndNamespace",
      "AwsJson11FooErrorWithDunderType",
      "AwsJson11FooErrorWithDunderTypeAndNamespace",
      "AwsJson11FooErrorWithDunderTypeUriAndNamespace",
      "AwsJson11FooErrorWithNestedTypeProperty",
    ],
  },
  "fractional-seconds": { answer: ["AwsJson11DateTimeWithFractionalSeconds"] },
  "json-structs": {
    request: [
      "AwsJson11SupportsNaNFloatInputs",
      "AwsJson11SupportsInfinityFloatInputs",
      "AwsJson11SupportsNegativeInfinityFloatInputs",
    ],
    answer: [
      "AwsJson11SupportsNaNFloatInputs",
      "AwsJson11SupportsInfinityFloatInputs",
      "AwsJson11SupportsNegativeInfinityFloatInputs",
    ],
  },
  "kitchen-sink": {
    request: [
      "serializes_string_shapes",
      "serializes_string_shapes_with_jsonvalue_trait",
      "serializes_integer_shapes",
      "serializes_long_shapes",
      "serializes_float_shapes",
      "serializes_double_shapes",
      "serializes_blob_shapes",
      "serializes_boolean_shapes_true",
      "serializes_boolean_shapes_false",
      "serializes_timestamp_shapes",
      "serializes_timestamp_shapes_with_iso8601_timestampformat",
      "serializes_timestamp_shapes_with_httpdate_timestampformat",
      "serializes_timestamp_shapes_with_unixtimestamp_timestampformat",
      "serializes_list_shapes",
      "serializes_empty_list_shapes",
      "serializes_list_of_map_shapes",
      "serializes_list_of_structure_shapes",
      "serializes_list_of_recursive_structure_shapes",
      "serializes_map_shapes",
      "serializes_empty_map_shapes",
      "serializes_map_of_list_shapes",
      "serializes_map_of_structure_shapes",
      "serializes_map_of_recursive_structure_shapes",
      "serializes_structure_shapes",
      "serializes_structure_members_with_locationname_traits",
      "serializes_empty_structure_shapes",
      "serializes_structure_which_have_no_members",
      "serializes_recursive_structure_shapes",
    ],
    answer: [
      "parses_operations_with_empty_json_bodies",
      "parses_string_shapes",
      "parses_integer_shapes",
      "parses_long_shapes",
      "parses_float_shapes",
      "parses_double_shapes",
      "parses_boolean_shapes_true",
      "parses_boolean_false",
      "parses_blob_shapes",
      "parses_timestamp_shapes",
      "parses_iso8601_timestamps",
      "parses_httpdate_timestamps",
      "parses_list_shapes",
      "parses_list_of_map_shapes",
      "parses_list_of_list_shapes",
      "parses_list_of_structure_shapes",
      "parses_list_of_recursive_structure_shapes",
      "parses_map_shapes",
      "parses_map_of_list_shapes",
      "parses_map_of_map_shapes",
      "parses_map_of_structure_shapes",
      "parses_map_of_recursive_structure_shapes",
      "parses_the_request_id_from_the_response",
    ],
  },
  null: {
    request: [
      "AwsJson11StructuresDontSerializeNullValues",
      "AwsJson11ServersDontDeserializeNullStructureValues",
      "AwsJson11SparseMapsSerializeNullValues",
      "AwsJson11SparseListsSerializeNull",
    ],
    answer: [
      "AwsJson11StructuresDontDeserializeNullValues",
      "AwsJson11ServersDontSerializeNullStructureValues",
      "AwsJson11SparseMapsDeserializeNullValues",
      "AwsJson11SparseListsDeserializeNull",
    ],
  },
  "optional-input-output": {
    request: [
      "can_call_operation_with_no_input_or_output",
      "can_call_operation_with_optional_input",
    ],
  },
  requestCompression: {
    request: [
      "SDKAppliedContentEncoding_awsJson1_1",
      "SDKAppendedGzipAfterProvidedEncoding_awsJson1_1",
    ],
  },
  "services/machinelearning": { request: ["MachinelearningPredictEndpoint"] },
  unions: {
    request: [
      "AwsJson11SerializeStringUnionValue",
      "AwsJson11SerializeBooleanUnionValue",
      "AwsJson11SerializeNumberUnionValue",
      "AwsJson11SerializeBlobUnionValue",
      "AwsJson11SerializeTimestampUnionValue",
      "AwsJson11SerializeEnumUnionValue",
      "AwsJson11SerializeListUnionValue",
      "AwsJson11SerializeMapUnionValue",
      "AwsJson11SerializeStructureUnionValue",
    ],
    answer: [
      "AwsJson11DeserializeStringUnionValue",
      "AwsJson11DeserializeBooleanUnionValue",
      "AwsJson11DeserializeNumberUnionValue",
      "AwsJson11DeserializeBlobUnionValue",
      "AwsJson11DeserializeTimestampUnionValue",
      "AwsJson11DeserializeEnumUnionValue",
      "AwsJson11DeserializeListUnionValue",
      "AwsJson11DeserializeMapUnionValue",
      "AwsJson11DeserializeStructureUnionValue",
      "AwsJson11DeserializeIgnoreType",
    ],
  },
};

/** Every case, such as `"request serializes_string_shapes"`. */
export const CASE_NAMES: readonly CaseName[] = Object.values(IDS_BY_FILE).flatMap(
  ({ request = [], answer = [] }) => [
    ...request.map((id): CaseName => `request ${id}`),
    ...answer.map((id): CaseName => `answer ${id}`),
  ],
);
