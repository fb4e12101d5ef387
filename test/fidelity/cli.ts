import { parseArgs } from "node:util";
import { readCases, reportCases } from "./report.ts";
import { messageOf } from "./shown.ts";

// `npm run cases -- [--http] FILE…` runs the cases of the files, our own without any, through objects and a real client, or
// with `--http` through a real client over HTTP. It exits with 0 only if all of them pass.

// The SDK's reminder that it will need a newer Node is not about these cases.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

try {
  const { positionals: files, values } = parseArgs({
    options: { http: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const roads = values.http ? (["http"] as const) : (["object", "client"] as const);
  const cases = readCases(files.length > 0 ? files : [new URL("cases.json", import.meta.url)]);
  const failed = await reportCases(cases, { roads, print: (line) => console.log(line) });
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
