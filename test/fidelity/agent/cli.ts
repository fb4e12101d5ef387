import { readEach } from "../report.ts";
import { messageOf } from "../shown.ts";
import { parseAgentCases } from "./case-file.ts";
import { thisMachine } from "./needs.ts";
import { NOT_YET } from "./not-yet.ts";
import { reportAgentCases } from "./report.ts";
import { outcomeOf } from "./run-case.ts";
import { withThrownOutside } from "./thrown-outside.ts";

// `npm run cases:agent -- FILE…` runs documents as the agent does, those of the files, our own without any. Scripts really
// run. It exits with 0 only if all cases pass; of our own, those that are listed as not yet right have to fail.

// The SDK's reminder that it will need a newer Node is not about these cases.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

try {
  const files = process.argv.slice(2);
  const isOwn = files.length === 0;
  const cases = readEach(isOwn ? [new URL("cases.json", import.meta.url)] : files, parseAgentCases);
  const machine = thisMachine();
  const isRight = await reportAgentCases(cases, {
    run: (each) => withThrownOutside((value) => outcomeOf(value, machine), each, process),
    notYet: isOwn ? NOT_YET : {},
    print: (line) => console.log(line),
  });
  process.exitCode = isRight ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
