import { inMessage } from "../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../domain/options.ts";
import { type FakeS3ClientConfig, s3ClientConfig } from "./adapters/sdk/client-config.ts";
import type { WireRequest, WireResponse } from "./adapters/wire.ts";
import type { Region } from "./region.ts";
import { BUCKET_ACCESS, type BucketAccess } from "./s3/bucket-store.ts";

/**
 * Options of {@link FakeObjects.clientConfig}.
 *
 * @inline
 */
export type ObjectsClientOptions = {
  /** How often the client tries a call, the first time included. @default 3 */
  maxAttempts?: number | undefined;
};

/** The options of `fake.objects.clientConfig()`. */
export const OBJECTS_CLIENT_OPTIONS = {
  maxAttempts: "any",
} as const satisfies OptionTable<ObjectsClientOptions>;

/**
 * What a bucket is like.
 *
 * @inline
 */
export type BucketOptions = {
  /** What nodes may do. @default "allowed" */
  readonly access?: BucketAccess | undefined;
};

/** The options of `fake.objects.setBucket()`. */
export const BUCKET_OPTIONS = {
  access: BUCKET_ACCESS,
} as const satisfies OptionTable<BucketOptions>;

/**
 * The fake's S3: what the agents uploaded, readable by a real `S3Client`.
 *
 * It answers GetObject, HeadObject, ListObjectsV2, ListObjects and HeadBucket. A bucket exists as soon as a command names it as
 * `OutputS3BucketName`, and is found from every region of its partition; {@link FakeObjects.setBucket} says that nodes may not
 * write to one, or that it is missing. `get` and `list` need no client.
 *
 * @example
 * ```ts
 * const inBucket = { OutputS3BucketName: "output-bucket", OutputS3KeyPrefix: "run-command" };
 * const sent = await runCommand.send({ ...request, ...inBucket });
 * await sent.waitForTerminal();
 * fake.objects.list("output-bucket", "run-command/");
 * //=> ["run-command/…/i-0123456789abcdef0/awsrunShellScript/…/stdout"]
 * ```
 */
export interface FakeObjects {
  /** The text of an object, or undefined if it does not exist. */
  get(bucket: string, key: string): string | undefined;
  /**
   * The keys of a bucket, in order.
   *
   * @param prefix - Only those that begin with it.
   */
  list(bucket: string, prefix?: string): readonly string[];
  /**
   * Says what nodes may do with a bucket: with `denied` none of them may write to it; with `missing` it does not exist, and
   * what it held is gone. A command that cannot upload its output goes on as if nothing were wrong [agent-s3-upload]; the
   * timeline has a note. What one node may do is its option `objects`. Readers are not affected: for them there are the fake's
   * `access` and `fake.faults.denyAccess`.
   *
   * @throws TypeError for another value of `access`, an unknown option, and a name that is not of 3 to 63 characters.
   *
   * @example
   * ```ts
   * fake.objects.setBucket("output-bucket", { access: "denied" });
   * const sent = await runCommand.send({ ...request, OutputS3BucketName: "output-bucket" });
   * (await sent.waitForTerminal()).kind; //=> "succeeded"
   * fake.objects.list("output-bucket"); //=> []
   * ```
   */
  setBucket(bucket: string, options?: BucketOptions): void;
  /** Answers a request of S3 in path style: the way in for adapters of your own. Its `path` has the query. */
  readonly answer: (request: WireRequest) => Promise<WireResponse>;
  /**
   * Configuration for an `S3Client` of `@aws-sdk/client-s3` that reads from the fake. It stays inside the process: no
   * network, no files, no environment variables. (You make the client, so that this package does not depend on that one.)
   * Bodies are streams of Node from Node 20.16 on; before it they are streams of the web, which clients older than 2024 refuse.
   *
   * @example
   * ```ts
   * const sent = await runCommand.send({ ...request, OutputS3BucketName: "output-bucket" });
   * await sent.waitForTerminal();
   * const s3 = new S3Client(fake.objects.clientConfig());
   * const [Key] = fake.objects.list("output-bucket");
   * const { Body } = await s3.send(new GetObjectCommand({ Bucket: "output-bucket", Key }));
   * await Body?.transformToString(); //=> "deployed\n"
   * ```
   */
  clientConfig(options?: ObjectsClientOptions): FakeS3ClientConfig;
}

/** The S3 of a fake, on top of that of its region. */
export function fakeObjects({ account, runDue, wire }: Region, random: () => number): FakeObjects {
  const { buckets, clock, region } = account;
  return {
    get: (bucket, key) => {
      runDue();
      return buckets.get(bucket)?.object(key)?.text;
    },
    list: (bucket, prefix = "") => {
      runDue();
      return (buckets.get(bucket)?.keys ?? []).filter((key) => key.startsWith(prefix));
    },
    setBucket: (bucket, options = {}) => {
      const access = checkBucket(bucket, options);
      runDue();
      buckets.setAccess(bucket, access);
    },
    answer: wire.s3,
    clientConfig: (options = {}) => {
      checkOptions(options, OBJECTS_CLIENT_OPTIONS, "fake.objects.clientConfig()");
      const { maxAttempts } = options;
      return s3ClientConfig({ region, clock, random, maxAttempts, answer: wire.s3 });
    },
  };
}

/** JavaScript callers may give anything. @throws TypeError for a name or an option that is not one. */
function checkBucket(bucket: unknown, options: BucketOptions): BucketAccess {
  if (typeof bucket !== "string" || bucket.length < 3 || bucket.length > 63) {
    throw new TypeError(
      `The name of a bucket is ${inMessage(bucket)}. Use 3 to 63 characters, as OutputS3BucketName does.`,
    );
  }
  checkOptions(options, BUCKET_OPTIONS, `fake.objects.setBucket(${inMessage(bucket)})`);
  return options.access ?? "allowed";
}
