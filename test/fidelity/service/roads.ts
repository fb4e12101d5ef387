import * as ssm from "@aws-sdk/client-ssm";
import type { FakeSsm } from "ssm-run-command/fake";
import { callRaw } from "../../support/wire-call.ts";
import { isObject, type JsonObject } from "../json.ts";
import { shown } from "../shown.ts";
import type { ServiceCall } from "./scenario.ts";

/** What came back from a call. */
export type ServiceAnswer =
  | { readonly ok: JsonObject }
  | {
      readonly refused: {
        readonly status: number | undefined;
        readonly type: string;
        readonly text: string;
        /** The member of the body that has the text; undefined where the road does not show it. */
        readonly member?: string;
      };
    };

/** The ways to the fake that every step is asked by: JSON over the wire, and the SDK's client. */
export const SERVICE_ROADS = { wire: overTheWire, sdk: throughTheSdk } as const;

export type ServiceRoad = keyof typeof SERVICE_ROADS;

async function overTheWire(fake: FakeSsm, { operation, input }: ServiceCall) {
  const { statusCode, text } = await callRaw(fake, operation, JSON.stringify(input));
  const body: unknown = JSON.parse(text);
  if (!isObject(body)) throw new Error(`the body is ${shown(body)}`);
  if (statusCode === 200) return { ok: body };
  const member = ["message", "Message"].find((name) => Object.hasOwn(body, name));
  return {
    refused: {
      status: statusCode,
      type: String(body["__type"]),
      text: member === undefined ? "" : String(body[member]),
      ...(member === undefined ? {} : { member }),
    },
  };
}

type AnyCommand = Parameters<ssm.SSMClient["send"]>[0];

async function throughTheSdk(fake: FakeSsm, { operation, input }: ServiceCall) {
  const Command: unknown = Reflect.get(ssm, `${operation}Command`);
  if (typeof Command !== "function") throw new Error(`the SDK has no ${operation}Command`);
  try {
    // Every class of the SDK with such a name makes a command of an input.
    const command: AnyCommand = Reflect.construct(Command, [input]);
    const { $metadata, ...answer } = await fake.client({ maxAttempts: 1 }).send(command);
    return { ok: answer };
  } catch (error) {
    if (!(error instanceof ssm.SSMServiceException)) throw error;
    const { httpStatusCode: status } = error.$metadata;
    // The SDK's message for an error that came without one.
    const text = error.message === "UnknownError" ? "" : error.message;
    return { refused: { status, type: error.name, text } };
  }
}
