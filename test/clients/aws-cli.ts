import { execFile } from "node:child_process";
import { inject } from "vitest";
import { sealedEnvironment } from "./sealed-environment.ts";

/** The result of a command of the AWS CLI. */
export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface CliRun {
  /** The environment variable that leads to the endpoint. @default none: the option --endpoint-url does */
  readonly endpointIn?: string;
}

/** The AWS CLI that is installed here, with an endpoint to send to. */
export class AwsCli {
  readonly #env = sealedEnvironment();
  readonly #url: () => string;

  /** @param url - The endpoint; called for each command. */
  constructor(url: () => string) {
    this.#url = url;
  }

  /** Its home, a folder for files that commands read; it is deleted after the tests. */
  get home(): string {
    return this.#env.HOME;
  }

  /** Runs `aws` with a line as one would write it in a shell; single quotes hold a word together. */
  run(line: string, { endpointIn }: CliRun = {}): Promise<CliResult> {
    const found = inject("awsCli");
    if ("missing" in found) throw new Error(found.missing);
    const words = [...line.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
    const url = this.#url();
    const args = endpointIn === undefined ? ["--endpoint-url", url, ...words] : words;
    const env = endpointIn === undefined ? this.#env : { ...this.#env, [endpointIn]: url };
    return new Promise((resolve) => {
      const child = execFile(found.path, args, { env }, (error, stdout, stderr) => {
        // A process that was not started, or that was killed, has no number.
        const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ exitCode, stdout, stderr });
      });
      child.stdin?.end();
    });
  }

  /**
   * What a command prints, as parsed JSON; undefined when it prints nothing.
   *
   * @throws Error (as a rejection) with what it wrote to standard error, when it fails.
   */
  async json(line: string): Promise<unknown> {
    const { exitCode, stdout, stderr } = await this.run(line);
    if (exitCode !== 0) throw new Error(`${exitCode}: ${stderr.trim()}`);
    return stdout === "" ? undefined : JSON.parse(stdout);
  }
}
