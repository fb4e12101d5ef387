import { join } from "node:path";
import { scaledClock } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { readFleet, serveFakeSsm } from "ssm-run-command/fake/node";
import { ROOT } from "./examples.ts";

/** The fleet of the examples over HTTP, sixty times as fast, with the measured latency. */
export async function servedFleet() {
  const { nodes } = await readFleet(join(ROOT, "examples/fleet.yaml"), { allowShell: true });
  const fake = new FakeSsm({ nodes, clock: scaledClock(60), latency: "measured" });
  const served = await serveFakeSsm(fake);
  return {
    fake,
    url: served.url,
    /** The variables that lead the SDK there. */
    environment: {
      AWS_REGION: fake.region,
      AWS_ENDPOINT_URL_SSM: served.url,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: served.url,
    },
    async [Symbol.asyncDispose]() {
      await served.close();
      await fake.reset();
    },
  };
}
