import { SSM, SSMClient } from "@aws-sdk/client-ssm";
import { type RunCommandApi, RunCommandClient, runShellScript } from "ssm-run-command";
import { type FakeRequestHandler, FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";

export const NODE = "i-0123456789abcdef0";
export const REQUEST = { ...runShellScript("./deploy.sh"), InstanceIds: [NODE] };

/** What a client may wrap: the real SDK over the fake, in both of its forms, and an api without an SDK. */
export const WRAPPED = [
  ["an SSMClient", (fake: FakeSsm) => new SSMClient(fake.clientConfig())],
  ["an SSM", (fake: FakeSsm) => new SSM(fake.clientConfig())],
  ["a plain RunCommandApi", (fake: FakeSsm) => fake],
] as const satisfies readonly (readonly [string, (fake: FakeSsm) => SSMClient | RunCommandApi])[];

/** A fake with one node, and a client that wraps it in one of these ways. */
export function aSender(
  wrap: (fake: FakeSsm) => SSMClient | RunCommandApi = (fake) => new SSMClient(fake.clientConfig()),
  options: FakeSsmOptions = {},
) {
  const fake = new FakeSsm({ nodes: [{ instanceId: NODE }], ...options });
  const runCommand = new RunCommandClient(wrap(fake));
  const callsOf = (operation: "SendCommand" | "ListCommands") =>
    fake.journal.entries(operation).filter(({ type }) => type !== "fault").length;
  return { fake, runCommand, callsOf, sent: () => fake.records().length };
}

type Answered = ReturnType<FakeRequestHandler["handle"]>;

/** A configuration of the SDK whose requests meet this before they reach the fake, and their answers after it. */
export function withTrouble(fake: FakeSsm, around: (answer: () => Answered) => Answered) {
  const config = fake.clientConfig();
  const handler = config.requestHandler as FakeRequestHandler;
  const handle: FakeRequestHandler["handle"] = (...given) => around(() => handler.handle(...given));
  return { ...config, requestHandler: { ...handler, handle } };
}
