import type { FakeSsm } from "ssm-run-command/fake";

/** What came back over the wire. */
export interface WireAnswer {
  readonly statusCode: number;
  /** The body as it came, JSON. */
  readonly text: string;
}

/** Calls an operation as raw JSON, whatever its types would allow. */
export async function callRaw(fake: FakeSsm, operation: string, body: string): Promise<WireAnswer> {
  const headers = { "x-amz-target": `AmazonSSM.${operation}` };
  const response = await fake.answer({ method: "POST", headers, body });
  return { statusCode: response.statusCode, text: new TextDecoder().decode(response.body) };
}
