import { parseArgs } from "node:util";
import { readEach } from "../report.ts";
import { messageOf } from "../shown.ts";
import { scenarioFiles } from "./files.ts";
import { NOT_YET } from "./not-yet.ts";
import { reportScenarios } from "./report.ts";
import { parseScenarios } from "./scenario-file.ts";

// `npm run cases:service -- FILE…` asks the fake what the real service was asked, by the scenarios of the files, our own
// without any: as JSON over the wire and through the SDK's client. It exits with 0 only if all of them pass; of our own,
// those that are listed as not yet right have to fail.

// The SDK's reminder that it will need a newer Node is not about these scenarios.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

try {
  const { positionals: files } = parseArgs({ allowPositionals: true });
  const isOwn = files.length === 0;
  const isRight = await reportScenarios(readEach(isOwn ? scenarioFiles() : files, parseScenarios), {
    roads: ["wire", "sdk"],
    notYet: isOwn ? NOT_YET : {},
    print: (line) => console.log(line),
  });
  process.exitCode = isRight ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
