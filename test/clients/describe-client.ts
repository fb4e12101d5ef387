import { describe, inject } from "vitest";

const PRINTED = { awsCli: "the AWS CLI", boto3: "boto3" } as const;

/** A group of checks with a client that is not ours. Where it is not installed they are skipped, and the name says why. */
export function describeClient(
  client: keyof typeof PRINTED,
  { about, checks }: { readonly about: string; readonly checks: () => void },
): void {
  const found = inject(client);
  const name = `${PRINTED[client]}: ${about}`;
  if ("missing" in found) describe.skip(`${name} (skipped: ${found.missing})`, checks);
  else describe(name, checks);
}
