import { ListCommandInvocationsCommand } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { sendScript, sleep } from "./send-script.ts";

const OPEN = ["Pending", "InProgress"];

export const firstPage: Way = async (world) => {
  const CommandId = await sendScript(world);
  while (true) {
    await sleep(5_000);
    const look = new ListCommandInvocationsCommand({ CommandId });
    const { CommandInvocations = [] } = await world.ssm.send(look);
    const statuses = CommandInvocations.map(({ Status = "" }) => Status);
    if (statuses.some((Status) => OPEN.includes(Status))) continue;
    return statuses.every((Status) => Status === "Success");
  }
};
