import { readFileSync } from "node:fs";

/** A version of the SDK, and the known differences with it. */
export interface SdkVersion {
  /** Of `@aws-sdk/client-ssm`. */
  readonly ssm: string;
  /** Of `@aws-sdk/client-cloudwatch-logs`. */
  readonly logs: string;
  /** Of `@aws-sdk/client-s3`. */
  readonly s3: string;
  readonly differences: readonly KnownDifference[];
}

/** A fact that holds with the newest SDK and not with this one, because of the SDK. */
export interface KnownDifference {
  /** A part of the names of the tests that fail for it. */
  readonly tests: string;
  /** What the SDK does instead. */
  readonly because: string;
}

const { peerDependencies, devDependencies } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as Record<"peerDependencies" | "devDependencies", Readonly<Record<string, string>>>;

/** The version that the tests run with when nobody asks for another. */
export const NEWEST: SdkVersion = {
  ssm: pinned(devDependencies["@aws-sdk/client-ssm"]),
  logs: pinned(devDependencies["@aws-sdk/client-cloudwatch-logs"]),
  s3: pinned(devDependencies["@aws-sdk/client-s3"]),
  differences: [],
};

/** The lower end of the peer range, one in the middle, and the newest, in this order. */
export const SDKS: readonly SdkVersion[] = [
  {
    ssm: pinned(peerDependencies["@aws-sdk/client-ssm"]),
    logs: "3.303.0", // there was no 3.300 to 3.302 of this client
    s3: pinned(peerDependencies["@aws-sdk/client-s3"]),
    differences: [
      {
        tests: "GetCommandInvocation: start and elapsed time are absent",
        because: "its answers have every modelled member, undefined where the service sent none",
      },
      {
        tests: "the contract > holds in the same cases through objects and",
        because: "the lists compared lack those same cases; they are compared by name here",
      },
      {
        tests: "throws what it throws for a command that failed",
        because: "the text of its waiter's error has state and reason under `result`",
      },
    ],
  },
  { ssm: "3.803.0", logs: "3.803.0", s3: "3.803.0", differences: [] },
  NEWEST,
];

/** A range that begins with a whole version, without its sign: `"^3.300.0"` begins with 3.300.0. */
function pinned(range: string | undefined): string {
  const version = /^\^?(\d+\.\d+\.\d+)$/.exec(range ?? "")?.[1];
  if (version === undefined) throw new Error(`package.json gives the SDK as ${range}.`);
  return version;
}
