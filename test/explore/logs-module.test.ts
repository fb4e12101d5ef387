import * as logs from "@aws-sdk/client-cloudwatch-logs";
import { expect, it } from "vitest";
import { isNotInstalled } from "../../src/explore/is-not-installed.ts";
import { logsModule } from "../../src/explore/logs-module.ts";

const NAME = "@aws-sdk/client-cloudwatch-logs";

/** An error of loading a module. */
const failure = (code: string, message: string) => Object.assign(new Error(message), { code });

it("The module of CloudWatch Logs is that which is installed", async () => {
  expect((await logsModule())?.CloudWatchLogsClient).toBe(logs.CloudWatchLogsClient);
});

it.each([
  ["Node", "ERR_MODULE_NOT_FOUND", `Cannot find package '${NAME}' imported from /app/a.js`],
  ["Node's require", "MODULE_NOT_FOUND", `Cannot find module '${NAME}'\nRequire stack:\n- /a.js`],
  ["Jest", "MODULE_NOT_FOUND", `Cannot find module '${NAME}' from 'node_modules/a.cjs'`],
  [
    "Deno",
    "ERR_MODULE_NOT_FOUND",
    `Could not find package "${NAME}" from referrer "file:///a.js".`,
  ],
])("That it is not installed is told as %s tells it", (_, code, message) => {
  expect(isNotInstalled(failure(code, message), NAME)).toBe(true);
});

it.each<[what: string, error: unknown]>([
  [
    "that something else is missing, which it needs",
    failure(
      "ERR_MODULE_NOT_FOUND",
      `Cannot find package '@smithy/core' imported from '/app/node_modules/${NAME}/index.js'`,
    ),
  ],
  [
    "that its files are missing",
    failure("ERR_MODULE_NOT_FOUND", `Cannot find module '/app/node_modules/${NAME}/index.js'`),
  ],
  ["that it could not be read", failure("EACCES", `permission denied, open '${NAME}'`)],
  ["an error of its own", new SyntaxError(`Unexpected token '${NAME}'`)],
  ["no error", undefined],
  ["nothing", null],
])("That it is not installed is not taken from %s", (_, error) => {
  expect(isNotInstalled(error, NAME)).toBe(false);
});
