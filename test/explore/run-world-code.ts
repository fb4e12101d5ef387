import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ssm from "@aws-sdk/client-ssm";
import * as fake from "ssm-run-command/fake";
import * as node from "ssm-run-command/fake/node";

const MODULES: Readonly<Record<string, object>> = {
  "@aws-sdk/client-cloudwatch-logs": logs,
  "@aws-sdk/client-ssm": ssm,
  "ssm-run-command/fake": fake,
  "ssm-run-command/fake/node": node,
};

/** Runs printed code, with a function of this name in reach. Returns its fake. */
export async function runWorldCode(
  code: string,
  functions: Readonly<Record<string, unknown>>,
): Promise<fake.FakeSsm> {
  const scope = new Map<string, unknown>(Object.entries(functions));
  const body = code.replace(
    /^import \{([^}]*)\} from "([^"]+)";$/gm,
    (_, names: string, from: string) => {
      for (const name of names.split(",").map((each) => each.trim())) {
        if (name === "") continue;
        const value: unknown = Reflect.get(MODULES[from] ?? {}, name);
        if (value === undefined) throw new Error(`${from} has no ${name}.`);
        scope.set(name, value);
      }
      return "";
    },
  );
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const run = new AsyncFunction(...scope.keys(), `"use strict";\n${body}\nreturn fake;`);
  return run(...scope.values());
}
