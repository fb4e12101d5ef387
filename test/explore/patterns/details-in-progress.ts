import { type CommandInvocation, paginateListCommandInvocations } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { sendScript, sleep } from "./send-script.ts";

const OPEN = ["Pending", "InProgress"];

export const detailsInProgress: Way = async (world) => {
  const CommandId = await sendScript(world);
  while (true) {
    await sleep(10_000);
    const invocations: CommandInvocation[] = [];
    const pages = paginateListCommandInvocations({ client: world.ssm }, { CommandId });
    for await (const page of pages) invocations.push(...(page.CommandInvocations ?? []));
    const details = invocations.map(({ StatusDetails = "" }) => StatusDetails);
    if (details.length === 0 || details.some((each) => OPEN.includes(each))) continue;
    return details.every((each) => each === "Success");
  }
};
