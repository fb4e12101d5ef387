import { SSMClient } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { fromSsmClient } from "../../src/client/from-ssm-client.ts";
import { COMMAND_ID, scriptedApi } from "../support/scripted-api.ts";

/** A client as from another copy of the SDK: it has `send`, and is not an instance of our SSMClient. */
function aStranger() {
  const sent: { name: string; input: unknown; options: unknown }[] = [];
  const send = async (command: { input: unknown }, options: unknown) => {
    sent.push({ name: command.constructor.name, input: command.input, options });
    return {};
  };
  return { sent, client: { send } as unknown as SSMClient };
}

it("takes the methods that something with sendCommand has, and needs no `this` for them", async () => {
  const api = scriptedApi({ listCommands: () => ({ Commands: [] }) });
  const { listCommands, ...others } = fromSsmClient(api);
  expect(await listCommands({})).toMatchObject({ Commands: [] });
  expect(Object.keys(others).sort()).toEqual([
    "cancelCommand",
    "getCommandInvocation",
    "listCommandInvocations",
    "sendCommand",
  ]);
});

it.each([
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
  ["an object without methods", {}, "{}"],
  ["a string", "us-east-1", '"us-east-1"'],
])("refuses %s with a sentence that says what to give", (_, given, shown) => {
  expect(() => fromSsmClient(given as never)).toThrow(
    new TypeError(
      `new RunCommandClient() was given ${shown}. Give it an SSMClient, an SSM or another RunCommandApi.`,
    ),
  );
});

describe("over something that has only send", () => {
  const input = { CommandId: COMMAND_ID, InstanceId: "i-0123456789abcdef0" };
  const options = { abortSignal: new AbortController().signal };

  it.each([
    ["sendCommand", "SendCommandCommand"],
    ["cancelCommand", "CancelCommandCommand"],
    ["getCommandInvocation", "GetCommandInvocationCommand"],
    ["listCommands", "ListCommandsCommand"],
    ["listCommandInvocations", "ListCommandInvocationsCommand"],
  ] as const)("%s sends a %s with the input and the options", async (operation, name) => {
    const { client, sent } = aStranger();
    await fromSsmClient(client)[operation](input as never, options);
    expect(sent).toEqual([{ name, input, options }]);
  });

  it("hands the caller's signal on to the request handler of a real SSMClient", async () => {
    const seen: unknown[] = [];
    const client = new SSMClient({
      region: "us-east-1",
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
      requestHandler: {
        handle: async (_request: unknown, handlerOptions?: { abortSignal?: unknown }) => {
          seen.push(handlerOptions?.abortSignal);
          return {
            response: { statusCode: 200, headers: {}, body: new TextEncoder().encode("{}") },
          };
        },
      } as never,
    });
    await fromSsmClient(client).listCommands({}, options);
    expect(seen).toEqual([options.abortSignal]);
  });
});
