/**
 * What the agents uploaded to S3.
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
}

/** The buckets as the agents fill them. */
export class Objects implements FakeObjects {
  readonly #buckets = new Map<string, Map<string, string>>();
  readonly #runDue: () => void;

  constructor(runDue: () => void) {
    this.#runDue = runDue;
  }

  get(bucket: string, key: string): string | undefined {
    this.#runDue();
    return this.#buckets.get(bucket)?.get(key);
  }

  list(bucket: string, prefix = ""): readonly string[] {
    this.#runDue();
    const keys = [...(this.#buckets.get(bucket)?.keys() ?? [])];
    return keys.filter((key) => key.startsWith(prefix)).sort();
  }

  put(bucket: string, { key, text }: { readonly key: string; readonly text: string }): void {
    const objects = this.#buckets.get(bucket) ?? new Map<string, string>();
    this.#buckets.set(bucket, objects.set(key, text));
  }

  clear(): void {
    this.#buckets.clear();
  }
}
