import type { HttpRequest } from "@smithy/types";
import { describe, expect, it } from "vitest";
import { requestHandler } from "../../../../src/fake/adapters/sdk/request-handler.ts";
import type { WireRequest, WireResponse } from "../../../../src/fake/adapters/wire.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { refusalOf } from "../../../support/rejection.ts";

const RESPONSE: WireResponse = {
  statusCode: 200,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: new TextEncoder().encode("{}"),
};

const REQUEST: HttpRequest = {
  method: "POST",
  protocol: "https:",
  hostname: "ssm.us-east-1.fake-ssm.invalid",
  path: "/",
  query: {},
  headers: { "x-amz-target": "AmazonSSM.ListCommands" },
  body: "{}",
};

/** A handler, and the requests that it passed on. */
function aHandler(answer: () => Promise<WireResponse> = async () => RESPONSE) {
  const asked: WireRequest[] = [];
  const clock = new ManualClock();
  const random = () => 0.5;
  const handler = requestHandler({
    service: "ssm",
    clock,
    random,
    answer: (request) => {
      asked.push(request);
      return answer();
    },
  });
  return { handler, asked, clock, random };
}

describe("the request handler", () => {
  it("passes on method, path, headers and body", async () => {
    const { handler, asked } = aHandler();
    await handler.handle(REQUEST);
    const { method, path, headers, body } = REQUEST;
    expect(asked).toEqual([{ method, path, headers, body }]);
  });

  it.each<[query: NonNullable<HttpRequest["query"]>, path: string]>([
    [{ "list-type": "2", prefix: "a b/+&" }, "/?list-type=2&prefix=a%20b%2F%2B%26"],
    [{ acl: null }, "/?acl"],
    [{ tag: ["a", "b"] }, "/?tag=a&tag=b"],
  ])("passes on the query %j with the path", async (query, path) => {
    const { handler, asked } = aHandler();
    await handler.handle({ ...REQUEST, query });
    expect(asked[0]?.path).toBe(path);
  });

  it("returns the response", async () => {
    expect(await aHandler().handler.handle(REQUEST)).toEqual({ response: RESPONSE });
  });

  it("returns headers that may be changed", async () => {
    const { response } = await aHandler().handler.handle(REQUEST);
    response.headers["x-mine"] = "1";
    expect(RESPONSE.headers).not.toHaveProperty("x-mine");
  });

  it("carries the clock and the random numbers of the fake", () => {
    const { handler, clock, random } = aHandler();
    expect(handler.clock).toBe(clock);
    expect(handler.random).toBe(random);
  });

  it("passes nothing on when the signal is aborted already", async () => {
    const { handler, asked } = aHandler();
    const handled = handler.handle(REQUEST, { abortSignal: AbortSignal.abort() });
    expect([(await refusalOf(handled)).name, asked]).toEqual(["AbortError", []]);
  });

  it("is rejected when the signal is aborted meanwhile", async () => {
    const controller = new AbortController();
    const { handler } = aHandler(async () => {
      controller.abort();
      return RESPONSE;
    });
    const handled = handler.handle(REQUEST, { abortSignal: controller.signal });
    expect(await refusalOf(handled)).toEqual({ name: "AbortError", message: "Request aborted" });
  });

  it("has nothing to configure", () => {
    const { handler } = aHandler();
    handler.updateHttpClientConfig();
    expect(handler.httpHandlerConfigs()).toEqual({});
  });
});
