import { GetCommandInvocationCommand } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { idsOf, sendScript, sleep } from "./send-script.ts";

export const firstNode: Way = async (world) => {
  const CommandId = await sendScript(world);
  const [InstanceId] = await idsOf(world);
  while (true) {
    await sleep(5_000);
    const look = new GetCommandInvocationCommand({ CommandId, InstanceId });
    const { Status = "" } = await world.ssm.send(look);
    if (Status !== "Pending" && Status !== "InProgress") return Status === "Success";
  }
};
