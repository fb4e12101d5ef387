import type { CommandRecord } from "./command-record.ts";
import { dnsSuffixOf } from "./dns-suffix.ts";

/** Where the output of a plugin is in S3. */
export interface S3Place {
  /** The key prefix that a plugin shows, which ends with the plugin [rec-2026-09-27-managed-execution]. */
  readonly prefix: string;
  readonly stdoutKey: string;
  readonly stderrKey: string;
  readonly stdoutUrl: string;
  readonly stderrUrl: string;
}

/**
 * The place of a plugin's output, or undefined if the request names no bucket. Both URLs exist even if a stream is empty
 * [rec-2026-09-27-managed-execution].
 */
export function s3PlaceOf(
  { commandId, request, document }: CommandRecord,
  {
    instanceId,
    index,
    region,
  }: { readonly instanceId: string; readonly index: number; readonly region: string },
): S3Place | undefined {
  const { OutputS3BucketName: bucket = "", OutputS3KeyPrefix: given = "" } = request;
  const step = document.steps[index];
  if (bucket === "" || step === undefined) return undefined;
  // Joined as a path, so that a slash at the prefix's end makes no second one [agent-s3-upload].
  const node = [given, commandId, instanceId]
    .filter((part) => part !== "")
    .join("/")
    .replace(/\/+/g, "/");
  const [plugin = ""] = step.outputFolder.split("/");
  const key = (stream: string) => `${node}/${step.outputFolder}/${stream}`;
  const url = (stream: string) =>
    `https://s3.${region}.${dnsSuffixOf(region)}/${bucket}/${key(stream)}`;
  return {
    prefix: `${node}/${plugin}`,
    stdoutKey: key("stdout"),
    stderrKey: key("stderr"),
    stdoutUrl: url("stdout"),
    stderrUrl: url("stderr"),
  };
}
