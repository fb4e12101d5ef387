import { waitUntilCommandExecuted } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { idsOf, sendScript } from "./send-script.ts";

export const awsWaiter: Way = async (world) => {
  const CommandId = await sendScript(world);
  const ids = await idsOf(world);
  const settings = { client: world.ssm, maxWaitTime: 7_200 };
  await Promise.all(
    ids.map((InstanceId) => waitUntilCommandExecuted(settings, { CommandId, InstanceId })),
  );
};
