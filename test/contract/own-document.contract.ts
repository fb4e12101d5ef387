import type { CommandPlugin } from "@aws-sdk/client-ssm";
import { byPlugin, fails, succeeds } from "ssm-run-command/fake";
import { expect } from "vitest";
import { refusalOf } from "../support/rejection.ts";
import type { AddCase, Open } from "./contract.ts";
import { type ContractAccount, nodeId } from "./contract-account.ts";

/** A document as a user keeps it in a repository: one step for each platform, and one that cleans up. */
const DEPLOY_APP = `
schemaVersion: "2.2"
description: Deploys the application to Linux and Windows.
parameters:
  packages:
    type: StringList
    description: What to install.
    minItems: 1
  restart:
    type: String
    default: "yes"
    allowedValues: ["yes", "no"]
mainSteps:
  - name: installOnLinux
    action: aws:runShellScript
    precondition:
      StringEquals: [platformType, Linux]
    inputs:
      onFailure: exit
      timeoutSeconds: "300"
      runCommand: "{{ packages }}"
  - name: installOnWindows
    action: aws:runPowerShellScript
    precondition:
      StringEquals: [platformType, Windows]
    inputs:
      onFailure: successAndExit
      timeoutSeconds: "300"
      runCommand:
        - Install-Module {{ packages }}
  - name: restart
    action: aws:runShellScript
    precondition:
      StringEquals: ["{{ restart }}", "yes"]
    inputs:
      runCommand: [systemctl restart app]
`;

const LINUX = nodeId(1);
const WINDOWS = nodeId(2);

/** A Linux and a Windows node, and the document. What is installed shows as its script in the output. */
async function anAccount(open: Open, behavior = INSTALLS): Promise<ContractAccount> {
  const nodes = [{ behavior }, { behavior, platform: "Windows" }] as const;
  const account = open({ nodes });
  await account.fake.documents.add("Deploy-App", DEPLOY_APP);
  return account;
}

const INSTALLS = byPlugin(
  {
    installOnLinux: ({ script = "" }) => succeeds({ stdout: script }),
    installOnWindows: ({ script = "" }) => succeeds({ stdout: script }),
  },
  succeeds({ stdout: "restarted\n" }),
);

const FAILS = byPlugin({ restart: succeeds() }, fails({ exitCode: 3, stdout: "out\n" }));

const REQUEST = { DocumentName: "Deploy-App", Parameters: { packages: ["git", "jq"] } };

/** The plugins of a node, in the order of the steps. */
async function plugins(
  account: ContractAccount,
  { on, request = {} }: { readonly on: string; readonly request?: object },
): Promise<readonly CommandPlugin[]> {
  const command = await account.send({ ...REQUEST, ...request });
  const [invocation] = await account.invocations(command, { InstanceId: on, Details: true });
  return invocation!.CommandPlugins!;
}

/** A document of the user's own in YAML, on two platforms. */
export function ownDocumentContract(addCase: AddCase): void {
  addCase("succeeds on both platforms", async (open) => {
    const account = await anAccount(open);
    const command = await account.send(REQUEST);
    expect(await account.standings(command)).toEqual(["Success/Success", "Success/Success"]);
  });

  addCase("reports every step on both platforms, by its name", async (open) => {
    const account = await anAccount(open);
    const names = async (on: string) => (await plugins(account, { on })).map(({ Name }) => Name);
    const steps = ["installOnLinux", "installOnWindows", "restart"];
    expect([await names(LINUX), await names(WINDOWS)]).toEqual([steps, steps]);
  });

  addCase("runs on Linux the step for Linux, with a StringList as lines", async (open) => {
    const [linux] = await plugins(await anAccount(open), { on: LINUX });
    expect(linux?.Output).toBe("git\njq\n");
  });

  addCase("runs on Windows the step for Windows, with a StringList as JSON", async (open) => {
    const [, windows] = await plugins(await anAccount(open), { on: WINDOWS });
    expect(windows?.Output).toBe('Install-Module ["git","jq"]\n');
  });

  addCase("skips on Windows the step for Linux, for its plugin", async (open) => {
    const [linux] = await plugins(await anAccount(open), { on: WINDOWS });
    expect([linux?.Status, linux?.ResponseCode, linux?.Output]).toEqual([
      "Success",
      0,
      "Step execution skipped due to unsupported plugin: aws:runShellScript. Step name: installOnLinux",
    ]);
  });

  addCase("skips a step whose precondition on a parameter does not hold", async (open) => {
    const request = { Parameters: { ...REQUEST.Parameters, restart: ["no"] } };
    const [, , restart] = await plugins(await anAccount(open), { on: LINUX, request });
    expect(restart?.Output).toBe(
      `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [{{ restart }}, yes]'. Step name: restart`,
    );
  });

  addCase("stops at a failure with onFailure: exit", async (open) => {
    const steps = await plugins(await anAccount(open, FAILS), { on: LINUX });
    expect(steps.map(({ Status, ResponseCode }) => [Status, ResponseCode])).toEqual([
      ["Failed", 3],
      ["Success", 0],
      ["Success", 0],
    ]);
  });

  addCase("says so in the streams, and of the steps that it kept from running", async (open) => {
    const account = await anAccount(open, FAILS);
    const { CommandId } = await account.send(REQUEST);
    const at = { CommandId, InstanceId: LINUX, PluginName: "installOnLinux" };
    const streams = await account.api.getCommandInvocation(at);
    const [linux, windows] = await plugins(account, { on: LINUX });
    const stopped =
      "Step was found to have onFailure property. Further document steps will be skipped.";
    expect([
      streams.StandardOutputContent,
      streams.StandardErrorContent,
      linux?.Output,
      windows?.Output,
    ]).toEqual([
      `out\n\n${stopped}`,
      `failed to run commands: exit status 3\n${stopped}`,
      "out\n\n----------ERROR-------\nfailed to run commands: exit status 3",
      "Plugin with name aws:runPowerShellScript and id installOnWindows skipped due to prior step with an exit condition",
    ]);
  });

  addCase("ends well at a failure with onFailure: successAndExit", async (open) => {
    const account = await anAccount(open, FAILS);
    const command = await account.send(REQUEST);
    expect(await account.standings(command)).toEqual(["Failed/Failed", "Success/Success"]);
  });

  addCase("shows the streams of a step by its name", async (open) => {
    const account = await anAccount(open);
    const { CommandId } = await account.send(REQUEST);
    const at = { CommandId, InstanceId: LINUX, PluginName: "restart" };
    const { StandardOutputContent } = await account.api.getCommandInvocation(at);
    expect(StandardOutputContent).toBe("restarted\n");
  });

  addCase("expires after the sum of its steps' time-outs", async (open) => {
    const account = await anAccount(open);
    const sent = await account.send({ ...REQUEST, TimeoutSeconds: 30 });
    const lasts = sent.ExpiresAfter!.getTime() - sent.RequestedDateTime!.getTime();
    expect(lasts).toBe(630_000);
  });

  addCase("refuses a StringList that is too short", async (open) => {
    const account = await anAccount(open);
    const request = { ...REQUEST, Parameters: { packages: [] } };
    expect(await refusalOf(account.send(request))).toEqual({
      name: "InvalidParameters",
      message: "Parameters provided in document are invalid or not supported.",
    });
  });
}
