import { paginateListCommandInvocations } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { sendScript, sleep } from "./send-script.ts";

const OPEN = ["Pending", "InProgress"];

export const detailsInProgress: Way = async (world) => {
  const CommandId = await sendScript(world);
  while (true) {
    await sleep(10_000);
    const details = [];
    const pages = paginateListCommandInvocations({ client: world.ssm }, { CommandId });
    for await (const { CommandInvocations = [] } of pages) {
      for (const { StatusDetails = "" } of CommandInvocations) details.push(StatusDetails);
    }
    if (details.length === 0 || details.some((each) => OPEN.includes(each))) continue;
    return details.every((each) => each === "Success");
  }
};
