import { expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { Boto3 } from "./boto3.ts";
import { describeClient } from "./describe-client.ts";
import { ServedAccount } from "./served-account.ts";

const THREE_TRIES = { retries: { total_max_attempts: 3, mode: "standard" } } as const;
const ONE_TRY = { retries: { total_max_attempts: 1 } } as const;

describeClient("boto3", {
  about: "retries",
  checks: () => {
    const account = new ServedAccount({ nodes: [{}] });
    const boto3 = new Boto3(() => account.url);
    const { faults } = account.fake;

    it.each([
      ["throttling", () => faults.throttle("ListCommands", { times: 2 })],
      ["an internal error", () => faults.internalError("ListCommands", { times: 2 })],
      ["a connection that breaks", () => faults.resetConnection("ListCommands", { times: 2 })],
    ])("are made over %s, twice", async (_trouble, begin) => {
      begin();
      const { answer } = await boto3.call("list_commands", {}, { config: THREE_TRIES });
      expect(answer).toMatchObject({ Commands: [], ResponseMetadata: { RetryAttempts: 2 } });
    });

    it.each([
      [
        "throttling",
        () => faults.throttle("ListCommands", { times: 1 }),
        "ThrottlingException",
        400,
      ],
      [
        "an internal error",
        () => faults.internalError("ListCommands", { times: 1 }),
        "InternalServerError",
        500,
      ],
      [
        "a token that has expired",
        () => faults.expireToken("ListCommands", { times: 1 }),
        "ExpiredTokenException",
        400,
      ],
      [
        "denied access",
        () => faults.denyAccess("ListCommands", { times: 1 }),
        "AccessDeniedException",
        400,
      ],
    ])(
      "run out at %s, which is a ClientError then",
      async (_trouble, begin, Code, HTTPStatusCode) => {
        begin();
        const { error } = await boto3.call("list_commands", {}, { config: ONE_TRY });
        expect(error).toMatchObject({ Error: { Code }, ResponseMetadata: { HTTPStatusCode } });
      },
    );

    it("say Rate exceeded when throttled", async () => {
      faults.throttle("ListCommands", { times: 1 });
      const { error } = await boto3.call("list_commands", {}, { config: ONE_TRY });
      expect(error?.Error.Message).toBe("Rate exceeded");
    });
  },
});

describeClient("boto3", {
  about: "logs, at the same port",
  checks: () => {
    const account = new ServedAccount({
      nodes: [{ behavior: { type: "exits", stdout: "one\ntwo\n" } }],
    });
    const boto3 = new Boto3(() => account.url);
    const logGroupName = "/aws/ssm/AWS-RunShellScript";
    const send = async () => {
      const commandId = await account.send({
        InstanceIds: [nodeId(1)],
        CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
      });
      await account.fake.clock.advance("1m");
      return { logGroupName, logStreamName: `${commandId}/${nodeId(1)}/aws-runShellScript/stdout` };
    };

    it("get_log_events returns milliseconds as integers", async () => {
      const { answer } = await boto3.call("get_log_events", await send(), { service: "logs" });
      expect(answer).toMatchObject({
        events: [
          {
            message: "one\ntwo",
            timestamp: expect.any(Number),
            ingestionTime: expect.any(Number),
          },
        ],
        nextForwardToken: expect.stringMatching(/^f\//),
        nextBackwardToken: expect.stringMatching(/^b\//),
      });
    });

    it("the paginator of describe_log_streams gives a page for each stream", async () => {
      await account.fake.reset();
      await send();
      await send();
      const { answer } = await boto3.call(
        "describe_log_streams",
        { logGroupName, PaginationConfig: { PageSize: 1 } },
        { service: "logs", how: "paginate" },
      );
      expect(answer).toMatchObject([
        { logStreams: [{ logStreamName: expect.stringMatching(/stdout$/) }] },
        { logStreams: [{ logStreamName: expect.stringMatching(/stdout$/) }] },
      ]);
    });

    it("ResourceNotFoundException is a class of client.exceptions", async () => {
      const request = { logGroupName: "none", logStreamName: "none" };
      const { error } = await boto3.call("get_log_events", request, { service: "logs" });
      expect(error).toMatchObject({ class: "ResourceNotFoundException", isModelled: true });
    });
  },
});
