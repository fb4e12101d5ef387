// `npm run test:sdks`: the contract with the oldest SDK of the peer range, with one in the middle and with the newest.
import { startVitest } from "vitest/node";
import { type InstalledSdk, installedSdk } from "./installed-sdk.ts";
import { complaints, matrixTable, type SdkRun } from "./matrix.ts";
import { SDKS, type SdkVersion } from "./sdks.ts";

/** The contract on all roads, the SDK's own waiter and paginators, the reading of CloudWatch Logs and of S3. */
const SUITE = [
  "test/contract/",
  "test/cloudwatch-logs/",
  "test/fake/stand-ins/no-network.test.ts",
  "test/fake/stand-ins/sdk-on-fake.test.ts",
  "test/sdks/loaded-sdk.test.ts",
  "test/sdks/objects.test.ts",
];

const installed = await Promise.all(
  SDKS.map(async (sdk) => ({ sdk, clients: await installedSdk(sdk) })),
);
const runs: SdkRun[] = [];
for (const { sdk, clients } of installed) runs.push(await runSuite(sdk, clients));

const wrong = complaints(runs);
console.log([matrixTable(runs), ...wrong].join("\n"));
// Vitest has set it already, for the tests that are known to fail.
process.exitCode = wrong.length === 0 ? 0 : 1;

async function runSuite(sdk: SdkVersion, clients: InstalledSdk): Promise<SdkRun> {
  const startedAt = performance.now();
  const vitest = await startVitest(
    "test",
    SUITE,
    {
      config: "vitest.sdks.config.ts",
      watch: false,
      reporters: [{}], // the table is the report
      env: {
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        SSM_CLIENT_UNDER_TEST: clients["@aws-sdk/client-ssm"],
        LOGS_CLIENT_UNDER_TEST: clients["@aws-sdk/client-cloudwatch-logs"],
        S3_CLIENT_UNDER_TEST: clients["@aws-sdk/client-s3"],
      },
    },
    { resolve: { alias: { ...clients } } },
  );
  const passed: string[] = [];
  const failed: Record<string, string> = {};
  for (const module of vitest.state.getTestModules()) {
    for (const error of module.errors()) failed[module.relativeModuleId] = error.message;
    for (const test of module.children.allTests()) {
      const { state, errors = [] } = test.result();
      const name = `${module.relativeModuleId} > ${test.fullName}`;
      if (state === "passed") passed.push(name);
      else failed[name] = errors[0]?.message ?? state;
    }
  }
  for (const error of vitest.state.getUnhandledErrors())
    failed["outside of the tests"] = String(error);
  await vitest.close();
  return { sdk, passed, failed, seconds: (performance.now() - startedAt) / 1_000 };
}
