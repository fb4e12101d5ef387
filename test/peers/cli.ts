// `npm run test:peers`: tests with aws-sdk-client-mock beside ours, for the same service.
import { comparisons, table } from "./compare.ts";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

console.log(table(await comparisons()));
