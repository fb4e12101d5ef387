import { GetCommandInvocationCommand } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { idsOf, sendScript, sleep } from "./send-script.ts";

const OPEN = ["Pending", "InProgress", "Delayed", "Cancelling"];

export const errorIsNotYet: Way = async (world) => {
  const CommandId = await sendScript(world);
  const ids = await idsOf(world);
  const waits = ids.map(async (InstanceId) => {
    while (true) {
      try {
        const look = new GetCommandInvocationCommand({ CommandId, InstanceId });
        const { Status = "" } = await world.ssm.send(look);
        if (!OPEN.includes(Status)) return Status;
      } catch {
        // It is not there yet.
      }
      await sleep(10_000);
    }
  });
  return (await Promise.all(waits)).every((Status) => Status === "Success");
};
