import { ListCommandInvocationsCommand } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { sendScript, sleep } from "./send-script.ts";

export const tenTries: Way = async (world) => {
  const CommandId = await sendScript(world);
  for (let tries = 0; tries < 10; tries++) {
    await sleep(2_000);
    const look = new ListCommandInvocationsCommand({ CommandId });
    const { CommandInvocations = [] } = await world.ssm.send(look);
    const statuses = CommandInvocations.map(({ Status }) => Status);
    if (statuses.includes("Failed")) throw new Error(`Command ${CommandId} failed.`);
    if (statuses.length > 0 && statuses.every((Status) => Status === "Success")) break;
  }
};
