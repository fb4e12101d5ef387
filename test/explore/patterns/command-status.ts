import { ListCommandsCommand } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { sendScript, sleep } from "./send-script.ts";

const ENDS = ["Success", "Failed", "Cancelled", "TimedOut"];

export const commandStatus: Way = async (world) => {
  const CommandId = await sendScript(world);
  while (true) {
    await sleep(10_000);
    const { Commands } = await world.ssm.send(new ListCommandsCommand({ CommandId }));
    const Status = Commands?.[0]?.Status ?? "Pending";
    if (ENDS.includes(Status)) return Status !== "Failed";
  }
};
