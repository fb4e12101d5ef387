import { execFile } from "node:child_process";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { systemClock } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { beforeAll, describe, expect, it } from "vitest";

const OWN_CLIENT = fileURLToPath(new URL("own-client.ts", import.meta.url));

/** The result of code that makes its own client and runs with nothing but these variables. */
interface Ran {
  /** How the wait ended, and the output that was read. */
  readonly printed: unknown;
  /** The operations that the fake received. */
  readonly operations: readonly string[];
}

async function runOwnClient(): Promise<Ran> {
  const fake = new FakeSsm({ clock: systemClock, region: "eu-west-1" });
  const node = fake.nodes.add({ behavior: succeeds({ after: "100ms", stdout: "up 3 days\n" }) });
  await using served = await serveFakeSsm(fake);
  const env = {
    AWS_ENDPOINT_URL_SSM: served.url,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIAFAKESSM",
    AWS_SECRET_ACCESS_KEY: "fake",
    // No settings of the person who runs the tests.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
  const args = ["--import", "tsx", OWN_CLIENT, node.instanceId];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  const operations = fake.journal.entries().map(({ operation }) => operation);
  return { printed: JSON.parse(stdout), operations };
}

/**
 * The recipe for code that makes its own client, after AWS's page "Service-specific endpoints" (SDKs and Tools Reference).
 */
describe("AWS_ENDPOINT_URL_SSM", () => {
  let ran: Ran;

  beforeAll(async () => {
    ran = await runOwnClient();
  }, 30_000);

  it("leads a client that knows no fake to it, which sends, waits and reads", () => {
    expect(ran.printed).toEqual(["SUCCESS", "up 3 days\n"]);
  });

  it("leads every one of its calls there", () => {
    expect([...new Set(ran.operations)]).toEqual(["SendCommand", "GetCommandInvocation"]);
  });
});
