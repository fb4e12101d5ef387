import { SSM } from "@aws-sdk/client-ssm";
import { FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";
import { describe, onTestFinished } from "vitest";
import { clientOverHttp } from "../../../support/over-http.ts";
import { content, scriptStep } from "../../documents/a-document.ts";

/** A fake, and a real client that reaches it. */
export interface Wired {
  readonly fake: FakeSsm;
  readonly ssm: SSM;
}

/** Opens a fake behind the wire under test. */
export type OpenWired = (options?: FakeSsmOptions) => Wired;

const WIRES: readonly (readonly [name: string, clientOf: (fake: FakeSsm) => SSM])[] = [
  ["a real SSMClient", (fake) => new SSM(fake.clientConfig())],
  [
    "HTTP",
    (fake) => {
      const { ssm, close } = clientOverHttp(fake);
      onTestFinished(close);
      return ssm;
    },
  ],
];

/** The same tests in the process and over a port: these operations are not methods of the fake. */
export function describeOnWires(name: string, facts: (open: OpenWired) => void): void {
  describe.each(WIRES)(`${name}, through %s`, (_, clientOf) => {
    facts((options = {}) => {
      const fake = new FakeSsm({ latency: "instant", ...options });
      return { fake, ssm: clientOf(fake) };
    });
  });
}

/** JSON of a document whose only step has this name, so that versions can be told apart. */
export function stepNamed(name: string): string {
  return JSON.stringify(content({ mainSteps: [scriptStep({ name })] }));
}

/** The document `App` with so many versions, whose steps are v1, v2 and so on. */
export async function createApp({ ssm }: Wired, { versions = 1 } = {}): Promise<void> {
  const Name = "App";
  await ssm.createDocument({ Name, Content: stepNamed("v1"), DocumentType: "Command" });
  for (let version = 2; version <= versions; version++) {
    await ssm.updateDocument({
      Name,
      Content: stepNamed(`v${version}`),
      DocumentVersion: "$LATEST",
    });
  }
}

/** Sends `App` to a new node, and returns the steps that it reports. */
export async function stepsOf({ fake, ssm }: Wired, DocumentVersion?: string) {
  const { instanceId } = fake.nodes.add();
  const { Command } = await ssm.sendCommand({
    DocumentName: "App",
    InstanceIds: [instanceId],
    ...(DocumentVersion === undefined ? {} : { DocumentVersion }),
  });
  const { CommandId } = Command!;
  const { CommandInvocations } = await ssm.listCommandInvocations({ CommandId, Details: true });
  return CommandInvocations![0]!.CommandPlugins!.map(({ Name }) => Name);
}
