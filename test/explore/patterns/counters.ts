import { ListCommandsCommand } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { sendScript, sleep } from "./send-script.ts";

export const counters: Way = async (world) => {
  const CommandId = await sendScript(world);
  while (true) {
    await sleep(10_000);
    const { Commands } = await world.ssm.send(new ListCommandsCommand({ CommandId }));
    const command = Commands?.[0];
    if (command?.CompletedCount === command?.TargetCount) return command?.ErrorCount === 0;
  }
};
