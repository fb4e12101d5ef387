import { beforeAll, expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { Boto3 } from "./boto3.ts";
import { describeClient } from "./describe-client.ts";
import { ServedAccount } from "./served-account.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** What boto3 makes of a timestamp: a datetime with its time zone. */
const DATETIME = {
  datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/),
  isAware: true,
} as const;
const METADATA = {
  HTTPStatusCode: 200,
  RequestId: expect.stringMatching(UUID),
  RetryAttempts: 0,
} as const;
const BOTH = [nodeId(1), nodeId(2)];
const SCRIPT = {
  DocumentName: "AWS-RunShellScript",
  Parameters: { commands: ["uptime"] },
} as const;

describeClient("boto3", {
  about: "operations",
  checks: () => {
    const account = new ServedAccount({
      nodes: [
        { tags: { Role: "web" }, behavior: { type: "exits", stdout: "up\n", after: "1500ms" } },
        { agent: "unreachable" },
      ],
    });
    const boto3 = new Boto3(() => account.url);
    let sent = "";
    beforeAll(async () => {
      sent = await account.send({ InstanceIds: [nodeId(1)] });
      await account.fake.clock.advance("1m");
    });

    it("send_command answers Pending, with datetimes, a status code and a request id", async () => {
      const { answer } = await boto3.call("send_command", { ...SCRIPT, InstanceIds: BOTH });
      expect(answer).toMatchObject({
        Command: {
          CommandId: expect.stringMatching(UUID),
          Status: "Pending",
          RequestedDateTime: DATETIME,
          ExpiresAfter: DATETIME,
          TargetCount: 2,
          ...SCRIPT,
        },
        ResponseMetadata: METADATA,
      });
    });

    it("get_command_invocation returns times as strings", async () => {
      const { answer } = await boto3.call("get_command_invocation", {
        CommandId: sent,
        InstanceId: nodeId(1),
      });
      expect(answer).toMatchObject({
        Status: "Success",
        ResponseCode: 0,
        StandardOutputContent: "up\n",
        ExecutionElapsedTime: "PT1.5S",
        ExecutionStartDateTime: expect.stringMatching(/Z$/),
        ResponseMetadata: METADATA,
      });
    });

    it("list_commands returns datetimes", async () => {
      const { answer } = await boto3.call("list_commands", { CommandId: sent });
      expect(answer).toMatchObject({
        Commands: [
          {
            CommandId: sent,
            Status: "Success",
            RequestedDateTime: DATETIME,
            ExpiresAfter: DATETIME,
          },
        ],
        ResponseMetadata: METADATA,
      });
    });

    it("list_command_invocations with Details returns the datetimes of plugins", async () => {
      const { answer } = await boto3.call("list_command_invocations", {
        CommandId: sent,
        Details: true,
      });
      const ResponseStartDateTime = DATETIME;
      const ResponseFinishDateTime = DATETIME;
      expect(answer).toMatchObject({
        CommandInvocations: [
          {
            RequestedDateTime: DATETIME,
            CommandPlugins: [{ Output: "up\n", ResponseStartDateTime, ResponseFinishDateTime }],
          },
        ],
      });
    });

    it("cancel_command returns nothing beside the metadata", async () => {
      const { answer } = await boto3.call("cancel_command", { CommandId: sent });
      expect(answer).toEqual({ ResponseMetadata: expect.objectContaining(METADATA) });
    });

    it("describe_instance_information returns datetimes", async () => {
      const { answer } = await boto3.call("describe_instance_information");
      expect(answer).toMatchObject({
        InstanceInformationList: [
          { InstanceId: nodeId(1), PingStatus: "Online", LastPingDateTime: DATETIME },
          { InstanceId: nodeId(2), PingStatus: "ConnectionLost", LastPingDateTime: DATETIME },
        ],
      });
    });

    it("describe_document returns a datetime", async () => {
      const { answer } = await boto3.call("describe_document", { Name: "AWS-RunShellScript" });
      expect(answer).toMatchObject({
        Document: { Name: "AWS-RunShellScript", Owner: "Amazon", CreatedDate: DATETIME },
      });
    });

    it("get_connection_status returns the node and how it is", async () => {
      const { answer } = await boto3.call("get_connection_status", { Target: nodeId(2) });
      expect(answer).toMatchObject({ Target: nodeId(2), Status: "notconnected" });
    });

    it("list_document_versions returns datetimes", async () => {
      const { answer } = await boto3.call("list_document_versions", { Name: "AWS-RunShellScript" });
      expect(answer).toMatchObject({
        DocumentVersions: [{ DocumentVersion: "1", IsDefaultVersion: true, CreatedDate: DATETIME }],
      });
    });

    it("get_parameter returns a datetime, and get_parameters what it does not find", async () => {
      account.fake.parameters.set("/app/version", "1.4.2");
      const one = await boto3.call("get_parameter", { Name: "/app/version:1" });
      const some = await boto3.call("get_parameters", { Names: ["/app/version", "/app/other"] });
      const parameter = { Name: "/app/version", Value: "1.4.2", LastModifiedDate: DATETIME };
      expect([one.answer, some.answer]).toMatchObject([
        { Parameter: { ...parameter, Version: 1, Selector: ":1" } },
        { Parameters: [parameter], InvalidParameters: ["/app/other"] },
      ]);
    });

    it("a client with another region sees nothing of this one", async () => {
      const config = { region_name: "eu-west-1" };
      const { answer } = await boto3.call("list_commands", {}, { config });
      expect(answer).toMatchObject({ Commands: [] });
    });
  },
});

describeClient("boto3", {
  about: "waiter command_executed",
  checks: () => {
    const account = new ServedAccount({
      nodes: [
        { behavior: { type: "exits", after: "3s" } },
        { behavior: { type: "exits", exitCode: 1 } },
        { behavior: { type: "hangs" } },
      ],
      callTakes: "1s",
    });
    const boto3 = new Boto3(() => account.url);
    const waitFor = async (InstanceId: string, MaxAttempts: number) => {
      const CommandId = await account.send({ InstanceIds: [InstanceId] });
      const WaiterConfig = { Delay: 0.01, MaxAttempts };
      const request = { CommandId, InstanceId, WaiterConfig };
      return boto3.call("command_executed", request, { how: "wait" });
    };

    it("returns after a success", async () => {
      expect(await waitFor(nodeId(1), 20)).toEqual({ answer: null });
    });

    it("raises WaiterError after a failure, with the last answer", async () => {
      expect(await waitFor(nodeId(2), 20)).toMatchObject({
        waiterError: {
          message:
            'Waiter CommandExecuted failed: Waiter encountered a terminal failure state: For expression "Status" we matched expected path: "Failed"',
          last: { Status: "Failed", ResponseCode: 1 },
        },
      });
    });

    it("raises WaiterError when the command outlasts its attempts", async () => {
      expect((await waitFor(nodeId(3), 3)).waiterError?.reason).toMatch(/^Max attempts exceeded/);
    });
  },
});

describeClient("boto3", {
  about: "waiter command_executed, while the command is not visible yet",
  checks: () => {
    const account = new ServedAccount({
      nodes: [{}],
      latency: { visibilityDelay: "3s" },
      callTakes: "1s",
    });
    const boto3 = new Boto3(() => account.url);

    it("looks again after InvocationDoesNotExist", async () => {
      const CommandId = await account.send({ InstanceIds: [nodeId(1)] });
      const WaiterConfig = { Delay: 0.01, MaxAttempts: 20 };
      const request = { CommandId, InstanceId: nodeId(1), WaiterConfig };
      const outcome = await boto3.call("command_executed", request, { how: "wait" });
      const refusals = account.fake.journal
        .entries()
        .filter((entry) => JSON.stringify(entry).includes("InvocationDoesNotExist"));
      expect([outcome, refusals.length > 0]).toEqual([{ answer: null }, true]);
    });
  },
});

describeClient("boto3", {
  about: "paginators",
  checks: () => {
    const account = new ServedAccount({ nodes: [{}, {}, {}, {}, {}, {}] });
    const boto3 = new Boto3(() => account.url);
    const all = [6, 5, 4, 3, 2, 1].map(nodeId);
    let sent = "";
    beforeAll(async () => {
      for (const Comment of ["one", "two"])
        await account.send({ InstanceIds: [nodeId(1)], Comment });
      sent = await account.send({ InstanceIds: [...all].reverse(), Comment: "three" });
    });
    const pages = async (name: string, request: object) => {
      const { answer } = await boto3.call(name, { ...request }, { how: "paginate" });
      return answer as readonly Record<string, readonly Record<string, unknown>[]>[];
    };

    it("list_commands with PageSize 1 gives a page for each command", async () => {
      const found = await pages("list_commands", { PaginationConfig: { PageSize: 1 } });
      expect(found.map(({ Commands }) => Commands?.map(({ Comment }) => Comment))).toEqual([
        ["three"],
        ["two"],
        ["one"],
      ]);
    });

    it("list_command_invocations with PageSize 1 gives a page for each invocation", async () => {
      const found = await pages("list_command_invocations", {
        CommandId: sent,
        PaginationConfig: { PageSize: 1 },
      });
      expect(
        found.map(({ CommandInvocations }) =>
          CommandInvocations?.map((each) => each["InstanceId"]),
        ),
      ).toEqual(all.map((id) => [id]));
    });

    it("describe_instance_information with PageSize 5, the least that AWS takes, gives two pages", async () => {
      const found = await pages("describe_instance_information", {
        PaginationConfig: { PageSize: 5 },
      });
      expect(found.map(({ InstanceInformationList: list }) => list?.length)).toEqual([5, 1]);
    });

    it("list_documents with PageSize 1 gives a page for each document", async () => {
      const found = await pages("list_documents", { PaginationConfig: { PageSize: 1 } });
      expect(found.every(({ DocumentIdentifiers: list }) => list?.length === 1)).toBe(true);
    });

    it("list_commands with MaxItems 2 stops there", async () => {
      const found = await pages("list_commands", {
        PaginationConfig: { PageSize: 1, MaxItems: 2 },
      });
      expect(found.map(({ Commands }) => Commands?.length)).toEqual([1, 1]);
    });
  },
});
