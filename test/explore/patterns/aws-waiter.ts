import { waitUntilCommandExecuted } from "@aws-sdk/client-ssm";
import type { Way } from "./pattern.ts";
import { idsOf, sendScript } from "./send-script.ts";

export const awsWaiter: Way = async (world) => {
  const CommandId = await sendScript(world);
  const settings = { client: world.ssm, maxWaitTime: 7_200 };
  const waitFor = (InstanceId: string) =>
    waitUntilCommandExecuted(settings, { CommandId, InstanceId });
  await Promise.all((await idsOf(world)).map(waitFor));
};
