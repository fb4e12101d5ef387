import { GetCommandInvocationCommand } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { idsOf, sendScript, sleep } from "./send-script.ts";

export const oneLook: Way = async (world) => {
  const CommandId = await sendScript(world);
  await sleep(30_000);
  for (const InstanceId of await idsOf(world)) {
    const look = new GetCommandInvocationCommand({ CommandId, InstanceId });
    const { Status } = await world.ssm.send(look);
    if (Status !== "Success") return false;
  }
  return true;
};
