import {
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { FakeSsm } from "ssm-run-command/fake";
import { BucketStore, StoredObject } from "../../../src/fake/s3/bucket-store.ts";
import type { S3Input } from "../../../src/fake/s3/s3-operation.ts";
import { callS3 } from "../../../src/fake/s3/s3-service.ts";

/** 2024-01-01T00:00:10.500Z, when the object was uploaded. */
const UPLOADED = 1_704_067_210_500;
/** What the object holds if nothing else is said. */
export const CONTENT = "0123456789";

/** A fake whose S3 is this store, and a real client of it. */
export function aStore(buckets: BucketStore) {
  const fake = new FakeSsm();
  fake.on("*", ({ operation, input }) => {
    const context = { buckets, accountId: "123456789012", region: "us-east-1" };
    const answer = callS3(operation, { input: input as S3Input, context });
    return answer.ok ? { answer: answer.value } : { refuse: answer.refusal };
  });
  const s3 = new S3Client(fake.objects.clientConfig());
  return { fake, s3 };
}

/** A real client of a fake whose bucket `output` holds one object. */
export function anObject({ key = "key", text = CONTENT } = {}) {
  const buckets = new BucketStore();
  buckets.add("output").put(new StoredObject(key, { text, at: UPLOADED }));
  const { s3 } = aStore(buckets);
  const named = (input: Partial<GetObjectCommandInput>) => ({
    Bucket: "output",
    Key: key,
    ...input,
  });
  return {
    get: (input: Partial<GetObjectCommandInput> = {}) =>
      s3.send(new GetObjectCommand(named(input))),
    head: (input: Partial<GetObjectCommandInput> = {}) =>
      s3.send(new HeadObjectCommand(named(input))),
  };
}
