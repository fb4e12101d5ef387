import { RunCommandClient, runShellScript } from "ssm-run-command";
import type { Way } from "./pattern.ts";

export const waitForTerminal: Way = async ({ ssm, target }) => {
  const runCommand = new RunCommandClient(ssm);
  const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), ...target });
  return sent.waitForTerminal();
};
