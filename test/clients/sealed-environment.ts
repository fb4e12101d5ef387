import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/**
 * An environment for clients without anything of the computer: no profile, no proxy, a home of its own, and credentials
 * that open nothing.
 */
export function sealedEnvironment(): NodeJS.ProcessEnv & { readonly HOME: string } {
  const home = join(tmpdir(), `clients-${randomUUID()}`);
  beforeAll(() => {
    mkdirSync(home);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  return {
    PATH: "/usr/bin:/bin",
    HOME: home,
    LANG: "C.UTF-8",
    TZ: "UTC",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}
