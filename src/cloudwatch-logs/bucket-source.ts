import type { S3Client } from "@aws-sdk/client-s3";
import type { Command } from "@aws-sdk/client-ssm";
import { paginate } from "../client/paginate.ts";
import { throwUnlessPassing } from "../client/waiting/polling.ts";
import type { AbortOptions, CallOptions } from "../domain/run-command-api.ts";
import { NOTHING_WRITTEN, whoLacks } from "./missing-output.ts";
import type { OutputPlace, OutputSource } from "./output-source.ts";
import { readTenAtOnce } from "./read-ten-at-once.ts";
import { s3Module } from "./s3-module.ts";

/**
 * An `S3Client` of `@aws-sdk/client-s3`, by its shape: so that types do not need that package.
 *
 * @inline
 */
export type S3Reader = {
  readonly config: { readonly forcePathStyle?: unknown };
  send(command: object, options?: CallOptions): Promise<unknown>;
};

/** How often an object is read at most: the SDK does not try again when a body breaks off. Our decision. */
const MOST_TRIES = 3;

/** The output of commands in a bucket. */
export async function bucketSource(
  reader: S3Reader,
  {
    command: { OutputS3BucketName: Bucket = "", OutputS3KeyPrefix = "" },
    commandIds,
  }: { readonly command: Command; readonly commandIds: readonly string[] },
  options: AbortOptions,
): Promise<OutputSource> {
  const s3 = reader as S3Client; // what takes the commands of that package is one; answers are read with care
  const { GetObjectCommand, ListObjectsV2Command } = await s3Module();
  let isThere = true;
  const keys = new Map<string, string[]>();
  /** Lists the keys that the agents of a command have made, below one prefix, which they join as a path [agent-s3-upload]. */
  const list = async (commandId: string, call: CallOptions) => {
    const folder = OutputS3KeyPrefix && `${OutputS3KeyPrefix}/`;
    const Prefix = `${folder}${commandId}/`.replace(/\/+/g, "/");
    const first: { readonly NextToken?: string | undefined } = {};
    const objects = paginate(first, {
      operation: "ListObjectsV2",
      ask: async ({ NextToken: ContinuationToken }) => {
        const request = new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken });
        const { Contents, NextContinuationToken } = await s3.send(request, call);
        return { Contents, NextToken: NextContinuationToken };
      },
      items: ({ Contents }) => Contents,
      signal: call.abortSignal,
    });
    try {
      for await (const { Key = "" } of objects) {
        const [instanceId = ""] = Key.slice(Prefix.length).split("/", 1);
        const ofNode = keys.get(commandId + instanceId);
        if (ofNode === undefined) keys.set(commandId + instanceId, [Key]);
        else ofNode.push(Key);
      }
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "NoSuchBucket") throw error;
      isThere = false;
    }
  };
  await readTenAtOnce(commandIds, list, options);
  return {
    find: (place) => {
      const ofNode = keys.get(place.commandId + place.instanceId) ?? [];
      return { stdout: keyOf("stdout", place, ofNode), stderr: keyOf("stderr", place, ofNode) };
    },
    read: async (Key, call) => {
      for (let tries = 1; ; tries++) {
        try {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }), call);
          return (await Body?.transformToString()) ?? "";
        } catch (error) {
          throwUnlessPassing(error, call.abortSignal);
          if (tries === MOST_TRIES) throw error;
        }
      }
    },
    whyMissing: ({ written }) => {
      if (written === false) return NOTHING_WRITTEN;
      if (!isThere) return `Bucket ${Bucket} does not exist, or no longer.`;
      return `Bucket ${Bucket} has no object of it. ${whoLacks(written)} s3:PutObject, s3:PutObjectAcl on it, or the policy of the bucket denies that.`;
    },
  };
}

/**
 * The key of a stream among those of the node, which are `…/<node>/<action>/<step>/<stream>` without colons
 * [agent-run-plugins]. The API shows it as a URL. Without one it is told by the names: the plugin is called after the step or,
 * in schema 1.2, after the action, and then the step is `0.<action>`.
 */
function keyOf(
  stream: "stdout" | "stderr",
  { plugin, shown }: OutputPlace,
  keys: readonly string[],
): string | undefined {
  const { StandardOutputUrl, StandardErrorUrl } = shown ?? {};
  const url = stream === "stdout" ? StandardOutputUrl : StandardErrorUrl;
  const step = plugin.replaceAll(":", "");
  const ends = [`/${step}/${stream}`, `/${step}/0.${step}/${stream}`];
  return keys.find((key) =>
    url
      ? [key, encodeURI(key)].some((each) => url.endsWith(`/${each}`))
      : ends.some((end) => key.endsWith(end)),
  );
}
