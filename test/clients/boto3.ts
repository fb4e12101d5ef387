import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { afterAll, beforeAll, inject } from "vitest";
import { sealedEnvironment } from "./sealed-environment.ts";

const DRIVER = new URL("boto3-driver.py", import.meta.url).pathname;

/** The result of a call with boto3: exactly one member is present. */
export interface Boto3Outcome {
  /** What the call returned; a datetime is `{ datetime, isAware }`. */
  readonly answer?: unknown;
  /** The ClientError: its class, whether that is one of `client.exceptions`, and `error.response`. */
  readonly error?: {
    readonly class: string;
    readonly isModelled: boolean;
    readonly Error: { readonly Code: string; readonly Message: string };
  };
  readonly waiterError?: { readonly message: string; readonly reason: string };
  readonly unexpected?: string;
}

/** How a call is made. */
export interface Boto3Call {
  /**
   * `objects` asks the collection of a Bucket, the resource; `download` tells length and digest of what came; `presign`
   * opens an address that was signed beforehand. @default "call"
   */
  readonly how?: "call" | "paginate" | "wait" | "objects" | "download" | "presign";
  /** @default "ssm" */
  readonly service?: "ssm" | "logs" | "s3";
  /** Arguments of botocore's Config. @default what keeps a test from waiting: no retries */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** boto3 in a process of its own, which lives while the tests of a group run: it takes a second to start. */
export class Boto3 {
  readonly #url: () => string;
  #child: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
  #lines: AsyncIterator<string> | undefined;
  #complaints = "";

  /** @param url - The endpoint; called for each call of boto3. */
  constructor(url: () => string) {
    this.#url = url;
    const env = sealedEnvironment();
    let reader: Interface | undefined;
    beforeAll(() => {
      const found = inject("boto3");
      if ("missing" in found) throw new Error(found.missing);
      this.#child = spawn(found.path, ["-u", DRIVER], { env, stdio: ["pipe", "pipe", "pipe"] });
      this.#child.on("error", ({ message }) => {
        this.#complaints += message;
      });
      this.#child.stderr.on("data", (text) => {
        this.#complaints += text;
      });
      reader = createInterface({ input: this.#child.stdout });
      this.#lines = reader[Symbol.asyncIterator]();
    });
    afterAll(() => {
      reader?.close();
      this.#child?.kill();
    });
  }

  /** Makes a call by the name that boto3 has for it, such as `send_command`. Calls are made one after the other. */
  async call(
    name: string,
    args: Readonly<Record<string, unknown>> = {},
    {
      how = "call",
      service = "ssm",
      config = { retries: { total_max_attempts: 1 } },
    }: Boto3Call = {},
  ): Promise<Boto3Outcome> {
    const asked = { name, arguments: args, how, service, config, url: this.#url() };
    this.#child?.stdin.write(`${JSON.stringify(asked)}\n`);
    const line = await this.#lines?.next();
    if (line === undefined || line.done) throw new Error(`boto3 has ended: ${this.#complaints}`);
    return JSON.parse(line.value);
  }
}
