// A Lambda function: it makes its own client when it is loaded, and sends a command to each node of an event.
import { SendCommandCommand, SSMClient } from "@aws-sdk/client-ssm";
import { runShellScript } from "ssm-run-command";

const ssm = new SSMClient({});

/** Deploys to each of these nodes, and returns the ids of the commands. */
export async function handler({ nodes }: { readonly nodes: readonly string[] }) {
  return Promise.all(
    nodes.map(async (id) => {
      const request = { ...runShellScript("./deploy.sh"), InstanceIds: [id] };
      const { Command } = await ssm.send(new SendCommandCommand(request));
      return Command?.CommandId;
    }),
  );
}
