import type { EpochMs } from "../../time/clock.ts";
import { Ordered } from "../calls/ordered.ts";
import { md5 } from "./md5.ts";

/**
 * What nodes may do with a bucket: `"allowed"`, they may write to it; `"denied"`, they may not; `"missing"`, it does not exist.
 *
 * @inline
 */
export type BucketAccess = "allowed" | "denied" | "missing";

/** What {@link BucketAccess} may be. */
export const BUCKET_ACCESS = ["allowed", "denied", "missing"] as const;

/** An object of a bucket. */
export class StoredObject {
  readonly key: string;
  readonly text: string;
  readonly modifiedAt: EpochMs;
  #bytes: Uint8Array | undefined;
  #etag: string | undefined;

  constructor(key: string, { text, at }: { readonly text: string; readonly at: EpochMs }) {
    this.key = key;
    this.text = text;
    // HTTP tells times in whole seconds, and S3 does the same everywhere.
    this.modifiedAt = Math.floor(at / 1_000) * 1_000;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= new TextEncoder().encode(this.text);
    return this.#bytes;
  }

  /** In quotation marks, which belong to it. */
  get etag(): string {
    this.#etag ??= `"${md5(this.bytes)}"`;
    return this.#etag;
  }
}

/**
 * The order of keys: that of their bytes in UTF-8 [api-s3-list], which is the order of code points. In UTF-16, the halves
 * of a pair stand before some single units.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [unit, other] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (unit !== other) return rankOf(unit) - rankOf(other);
  }
  return a.length - b.length;
}

/** Halves of pairs behind all other units. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** A bucket with its objects, by the order of their keys. */
export class Bucket {
  readonly name: string;
  readonly #objects = new Map<string, StoredObject>();
  readonly #keys = new Ordered<string>(compareKeys);

  constructor(name: string) {
    this.name = name;
  }

  /** All keys, in order. */
  get keys(): readonly string[] {
    return this.#keys.items;
  }

  object(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  put(object: StoredObject): void {
    if (!this.#objects.has(object.key)) this.#keys.add(object.key);
    this.#objects.set(object.key, object);
  }
}

/**
 * The buckets of the account, as the agents fill them. A bucket exists as soon as a command names it, unless it was said to
 * be missing (our decision: nobody has to make buckets for a test).
 */
export class BucketStore {
  readonly #buckets = new Map<string, Bucket>();
  readonly #access = new Map<string, BucketAccess>();

  /** The bucket of this name, or undefined if it does not exist. */
  get(name: string): Bucket | undefined {
    return this.accessTo(name) === "missing" ? undefined : this.#buckets.get(name);
  }

  accessTo(name: string): BucketAccess {
    return this.#access.get(name) ?? "allowed";
  }

  setAccess(name: string, access: BucketAccess): void {
    this.#access.set(name, access);
    if (access === "missing") this.#buckets.delete(name);
    else this.add(name);
  }

  /** Makes a bucket, unless it is there already. */
  add(name: string): Bucket {
    const bucket = this.#buckets.get(name) ?? new Bucket(name);
    this.#buckets.set(name, bucket);
    return bucket;
  }

  clear(): void {
    this.#buckets.clear();
    this.#access.clear();
  }
}
