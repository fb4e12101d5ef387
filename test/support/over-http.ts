import { SSM } from "@aws-sdk/client-ssm";
import type { FakeSsm } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";

/**
 * A real client that reaches a fake through a real port, retries on the fake's clock, and reads no settings of the
 * computer.
 */
export function clientOverHttp(fake: FakeSsm): {
  readonly ssm: SSM;
  readonly close: () => Promise<void>;
} {
  const serving = serveFakeSsm(fake, { log: () => {} });
  const { requestHandler, ...config } = fake.clientConfig();
  const endpoint = async () => ({ url: new URL((await serving).url) });
  const ssm = new SSM({ ...config, endpoint, defaultsMode: "standard" });
  const close = async () => {
    ssm.destroy();
    await (await serving).close();
  };
  return { ssm, close };
}
