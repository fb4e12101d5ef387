import { jest, test } from "@jest/globals";
import { sdkOnFake } from "ssm-run-command/fake";
import { clientStories } from "./client-stories.js";

let fake;
jest.unstable_mockModule("@aws-sdk/client-ssm", () =>
  sdkOnFake(jest.requireActual("@aws-sdk/client-ssm"), () => fake),
);
jest.unstable_mockModule("@aws-sdk/client-cloudwatch-logs", () =>
  sdkOnFake(jest.requireActual("@aws-sdk/client-cloudwatch-logs"), () => fake),
);
const fakes = await import("ssm-run-command/fake");
const code = await import("./makes-clients.js");
const sdk = await import("@aws-sdk/client-ssm");
const use = (made) => {
  fake = made;
};

test.each(Object.entries(clientStories({ code, fakes, sdk, use })))("%s", (_name, story) =>
  story(),
);
