import type { CaseName } from "./protocol-cases-ids.ts";

/** Reasons why a case does not concern a server of Run Command and CloudWatch Logs, with the cases. */
const BY_REASON: readonly (readonly [reason: string, names: readonly CaseName[]])[] = [
  [
    "AWS marks it as one for clients only",
    [
      "request AwsJson11HostWithPath",
      "request AwsJson11StructuresDontSerializeNullValues",
      "answer handles_empty_output_shape",
      "answer handles_unexpected_json_output",
      "answer AwsJson11DateTimeWithNegativeOffset",
      "answer AwsJson11DateTimeWithPositiveOffset",
      "answer AwsJson11DateTimeWithFractionalSeconds",
      "answer AwsJson11StructuresDontDeserializeNullValues",
      "answer AwsJson11DeserializeIgnoreType",
      "answer AwsJson11FooErrorUsingXAmznErrorType",
      "answer AwsJson11FooErrorUsingXAmznErrorTypeWithUri",
      "answer AwsJson11FooErrorUsingXAmznErrorTypeWithUriAndNamespace",
      "answer AwsJson11FooErrorUsingCode",
      "answer AwsJson11FooErrorUsingCodeAndNamespace",
      "answer AwsJson11FooErrorUsingCodeUriAndNamespace",
      "answer AwsJson11FooErrorWithDunderType",
      "answer AwsJson11FooErrorWithDunderTypeAndNamespace",
      "answer AwsJson11FooErrorWithDunderTypeUriAndNamespace",
      "answer AwsJson11FooErrorWithNestedTypeProperty",
    ],
  ],
  [
    "it is about the host that a client finds, and no operation here changes it",
    [
      "request AwsJson11EndpointTrait",
      "request AwsJson11EndpointTraitWithHostLabel",
      "request MachinelearningPredictEndpoint",
    ],
  ],
  [
    "no operation here is modelled with compression of its request",
    [
      "request SDKAppliedContentEncoding_awsJson1_1",
      "request SDKAppendedGzipAfterProvidedEncoding_awsJson1_1",
    ],
  ],
  [
    "no member here is an inline document",
    ["request PutAndGetInlineDocumentsInput", "answer PutAndGetInlineDocumentsInput"],
  ],
  [
    "no member here is an enumeration of integers",
    ["request AwsJson11IntEnums", "answer AwsJson11IntEnums"],
  ],
  [
    "no member here is a float or a double",
    [
      "request AwsJson11SupportsNaNFloatInputs",
      "request AwsJson11SupportsInfinityFloatInputs",
      "request AwsJson11SupportsNegativeInfinityFloatInputs",
      "answer AwsJson11SupportsNaNFloatInputs",
      "answer AwsJson11SupportsInfinityFloatInputs",
      "answer AwsJson11SupportsNegativeInfinityFloatInputs",
      "request serializes_float_shapes",
      "request serializes_double_shapes",
      "answer parses_float_shapes",
      "answer parses_double_shapes",
    ],
  ],
  [
    "no member that is read or written here is a blob",
    ["request serializes_blob_shapes", "answer parses_blob_shapes"],
  ],
  [
    "no request here has a timestamp: Run Command filters by text, CloudWatch Logs takes longs",
    [
      "request serializes_timestamp_shapes",
      "request serializes_timestamp_shapes_with_iso8601_timestampformat",
      "request serializes_timestamp_shapes_with_httpdate_timestampformat",
      "request serializes_timestamp_shapes_with_unixtimestamp_timestampformat",
    ],
  ],
  [
    "no timestamp here has a format of its own",
    ["answer parses_iso8601_timestamps", "answer parses_httpdate_timestamps"],
  ],
  [
    "no member here has another name on the wire than in the model",
    ["request serializes_structure_members_with_locationname_traits"],
  ],
  [
    "no member that is read or written here is a list of maps, or of lists",
    [
      "request serializes_list_of_map_shapes",
      "answer parses_list_of_map_shapes",
      "answer parses_list_of_list_shapes",
    ],
  ],
  [
    "no map that is read or written here holds anything but lists; the tags of CreateLogGroup are passed over",
    [
      "request serializes_map_shapes",
      "request serializes_map_of_structure_shapes",
      "answer parses_map_shapes",
      "answer parses_map_of_map_shapes",
      "answer parses_map_of_structure_shapes",
    ],
  ],
  [
    "no structure that is read or written here contains itself",
    [
      "request serializes_list_of_recursive_structure_shapes",
      "request serializes_map_of_recursive_structure_shapes",
      "request serializes_recursive_structure_shapes",
      "answer parses_list_of_recursive_structure_shapes",
      "answer parses_map_of_recursive_structure_shapes",
    ],
  ],
  [
    "no structure within a request here is without members",
    ["request serializes_structure_which_have_no_members"],
  ],
  [
    "no list and no map here may hold null",
    [
      "request AwsJson11SparseMapsSerializeNullValues",
      "request AwsJson11SparseListsSerializeNull",
      "answer AwsJson11SparseMapsDeserializeNullValues",
      "answer AwsJson11SparseListsDeserializeNull",
    ],
  ],
  ["no error that is answered here has a member beside its text", ["answer AwsJson11ComplexError"]],
  [
    "no member that is read or written here is a union",
    [
      "request AwsJson11SerializeStringUnionValue",
      "request AwsJson11SerializeBooleanUnionValue",
      "request AwsJson11SerializeNumberUnionValue",
      "request AwsJson11SerializeBlobUnionValue",
      "request AwsJson11SerializeTimestampUnionValue",
      "request AwsJson11SerializeEnumUnionValue",
      "request AwsJson11SerializeListUnionValue",
      "request AwsJson11SerializeMapUnionValue",
      "request AwsJson11SerializeStructureUnionValue",
      "answer AwsJson11DeserializeStringUnionValue",
      "answer AwsJson11DeserializeBooleanUnionValue",
      "answer AwsJson11DeserializeNumberUnionValue",
      "answer AwsJson11DeserializeBlobUnionValue",
      "answer AwsJson11DeserializeTimestampUnionValue",
      "answer AwsJson11DeserializeEnumUnionValue",
      "answer AwsJson11DeserializeListUnionValue",
      "answer AwsJson11DeserializeMapUnionValue",
      "answer AwsJson11DeserializeStructureUnionValue",
    ],
  ],
];

/** The cases that are left out, each with its reason. */
export const LEFT_OUT: readonly (readonly [name: CaseName, reason: string])[] = BY_REASON.flatMap(
  ([reason, names]) => names.map((name) => [name, reason] as const),
);
