import { GetCommandInvocationCommand } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { idsOf, sendScript, sleep } from "./send-script.ts";

export const successOrFailed: Way = async (world) => {
  const CommandId = await sendScript(world);
  await sleep(15_000);
  for (const InstanceId of await idsOf(world)) {
    const look = new GetCommandInvocationCommand({ CommandId, InstanceId });
    let invocation = await world.ssm.send(look);
    while (invocation.Status !== "Success") {
      if (invocation.Status === "Failed") throw new Error(invocation.StandardErrorContent);
      await sleep(15_000);
      invocation = await world.ssm.send(look);
    }
  }
};
