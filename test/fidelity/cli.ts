import { readCases, reportCases } from "./report.ts";
import { messageOf } from "./shown.ts";

// `npm run cases -- FILE…` runs the cases of the files, our own without any, and exits with 0 only if all of them pass.

// The SDK's reminder that it will need a newer Node is not about these cases.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const files = process.argv.slice(2);

try {
  const cases = readCases(files.length > 0 ? files : [new URL("cases.json", import.meta.url)]);
  const failed = await reportCases(cases, (line) => console.log(line));
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
