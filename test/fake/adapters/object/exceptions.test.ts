import * as ssm from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { answerAwsJson } from "../../../../src/fake/adapters/aws-json.ts";
import { toException } from "../../../../src/fake/adapters/object/exceptions.ts";
import type { Refusal } from "../../../../src/fake/result.ts";
import { rejectionOf } from "../../../support/rejection.ts";

const REQUEST_ID = "7afa32e5-eda9-49ef-9449-7a431de1f5c5";

/** Every error that the SDK has a class for, by name. */
const MODELLED = Object.entries(ssm).flatMap(([name, value]) =>
  typeof value === "function" && value.prototype instanceof ssm.SSMServiceException
    ? [[name, value] as const]
    : [],
);

/** What a real client throws when the wire carries this refusal. */
async function thrownByClient(refusal: Refusal): Promise<unknown> {
  const service = {
    target: "AmazonSSM",
    requestId: () => REQUEST_ID,
    call: async () => ({ ok: false as const, refusal }),
  };
  const client = new ssm.SSMClient({
    region: "us-east-1",
    credentials: { accessKeyId: "id", secretAccessKey: "secret" },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: Parameters<typeof answerAwsJson>[0]) => ({
        response: (await answerAwsJson(request, service)).response,
      }),
    } as never,
  });
  return rejectionOf(client.send(new ssm.ListCommandsCommand({})));
}

/** What callers look at. */
const facts = (error: unknown) => {
  const { name, message, $fault, $metadata } = error as ssm.SSMServiceException;
  return { name, message, $fault, status: $metadata.httpStatusCode, id: $metadata.requestId };
};

describe("an exception of the object API", () => {
  it("has a class for each of the SDK's errors, more than a hundred", () => {
    expect(MODELLED.length).toBeGreaterThan(100);
  });

  it.each(MODELLED)("%s is the SDK's own class", (name, Class) => {
    expect(toException({ name, message: "No." }, REQUEST_ID)).toBeInstanceOf(Class);
  });

  it.each(MODELLED)("%s has its name and its message", (name) => {
    const { message, ...error } = toException({ name, message: "No." }, REQUEST_ID);
    expect([error.name, message]).toEqual([name, "No."]);
  });

  it.each([
    "InvalidInstanceId",
    "InvocationDoesNotExist",
    "ThrottlingException",
    "ValidationException",
    "AccessDeniedException",
    "SerializationException",
    "UnknownOperationException",
    "InternalServerError",
  ])("%s is what a real client throws", async (name) => {
    const refusal = { name, message: "No." };
    expect(facts(toException(refusal, REQUEST_ID))).toEqual(facts(await thrownByClient(refusal)));
  });

  it.each(["InvalidDocument", "InvalidFilterKey", "SerializationException"])(
    "%s without a message is what a real client throws",
    async (name) => {
      expect(facts(toException({ name }, REQUEST_ID))).toEqual(
        facts(await thrownByClient({ name })),
      );
    },
  );

  it("without a message says UnknownError", () => {
    expect(toException({ name: "InvalidDocument" }, REQUEST_ID).message).toBe("UnknownError");
  });

  it("of the framework is an SSMServiceException of that name", () => {
    const error = toException({ name: "SerializationException" }, REQUEST_ID);
    expect([error instanceof ssm.SSMServiceException, error.name]).toEqual([
      true,
      "SerializationException",
    ]);
  });

  it.each(["SSMClient", "ListCommandsCommand", "paginateListCommands", "constructor", "__proto__"])(
    "of a name that is not an error of the SDK is an SSMServiceException: %s",
    (name) => {
      expect(toException({ name }, REQUEST_ID)).toBeInstanceOf(ssm.SSMServiceException);
    },
  );

  it.each([
    ["InvalidInstanceId", 400],
    ["InternalServerError", 500],
  ])("%s says that it was a %i", (name, httpStatusCode) => {
    expect(toException({ name }, REQUEST_ID)).toMatchObject({
      $metadata: { httpStatusCode, requestId: REQUEST_ID, attempts: 1 },
    });
  });
});
