import assert from "node:assert/strict";
import {
  CancelCommandCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  SSMClient,
  type SSMClientResolvedConfig,
} from "@aws-sdk/client-ssm";
import { type AwsStub, mockClient } from "aws-sdk-client-mock";
import type { FleetService } from "./fleet-service.ts";
import type { MakeService, Suite } from "./suite.ts";

const commandId = "11111111-2222-3333-4444-555555555555";
const sleep = async () => {};

type SsmStub = AwsStub<ServiceInputTypes, ServiceOutputTypes, SSMClientResolvedConfig>;

function stubbed(test: (ssm: SsmStub, service: FleetService) => Promise<void>) {
  return async (makeService: MakeService) => {
    const ssm = mockClient(SSMClient);
    await test(ssm, makeService({ sleep })).finally(() => ssm.restore());
  };
}

/**
 * As the README of aws-sdk-client-mock 4.1.0 says: a stub for each command, answers in a chain for consecutive calls, a
 * rejection for an error. The author knows of pages, `Cancelling` and `TimedOut`, and has scripted them.
 */
export const withClientMock: Suite = {
  "sends the script to the role": stubbed(async (ssm, service) => {
    ssm.on(SendCommandCommand).resolves({ Command: { CommandId: commandId } });
    assert.equal(await service.start("./deploy.sh", "web"), commandId);
    const expected = {
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["./deploy.sh"] },
      Targets: [{ Key: "tag:Role", Values: ["web"] }],
    };
    assert.equal(ssm.commandCalls(SendCommandCommand, expected).length, 1);
  }),

  "finds the failed node on the second page": stubbed(async (ssm, service) => {
    ssm
      .on(ListCommandInvocationsCommand)
      .resolvesOnce({
        CommandInvocations: [{ InstanceId: "i-00000000000000001", Status: "Success" }],
        NextToken: "page 2",
      })
      .resolves({ CommandInvocations: [{ InstanceId: "i-00000000000000002", Status: "Failed" }] });
    assert.deepEqual(await service.failedNodes(commandId), ["i-00000000000000002"]);
  }),

  "waits until a cancelled command is over": stubbed(async (ssm, service) => {
    ssm.on(CancelCommandCommand).resolves({});
    ssm
      .on(ListCommandsCommand)
      .resolvesOnce({ Commands: [{ CommandId: commandId, Status: "InProgress" }] })
      .resolvesOnce({ Commands: [{ CommandId: commandId, Status: "Cancelling" }] })
      .resolves({ Commands: [{ CommandId: commandId, Status: "Cancelled" }] });
    assert.equal(await service.stop(commandId), "Cancelled");
  }),

  "stops waiting for a command that timed out": stubbed(async (ssm, service) => {
    ssm
      .on(ListCommandsCommand)
      .resolvesOnce({ Commands: [{ CommandId: commandId, Status: "Pending" }] })
      .resolves({ Commands: [{ CommandId: commandId, Status: "TimedOut" }] });
    assert.equal(await service.end(commandId), "TimedOut");
  }),

  "reads the output": stubbed(async (ssm, service) => {
    ssm
      .on(ListCommandsCommand)
      .resolvesOnce({ Commands: [{ CommandId: commandId, Status: "Pending" }] })
      .resolvesOnce({ Commands: [{ CommandId: commandId, Status: "InProgress" }] })
      .resolves({ Commands: [{ CommandId: commandId, Status: "Success" }] });
    ssm.on(GetCommandInvocationCommand).resolves({
      Status: "Success",
      StandardOutputContent: "deployed\n",
    });
    assert.equal(await service.output(commandId, "i-00000000000000001"), "deployed\n");
  }),

  // What a retry does is out of reach: the stub stands above the SDK's retries, so this is all that can be said.
  "passes a throttled call on": stubbed(async (ssm, service) => {
    const throttled = Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });
    ssm.on(SendCommandCommand).rejects(throttled);
    await assert.rejects(service.start("./deploy.sh", "web"), { name: "ThrottlingException" });
  }),
};
