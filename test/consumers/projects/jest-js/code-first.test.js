// The code under test is loaded before anything of the fake.
const code = require("./makes-clients.js");
const fakes = require("ssm-run-command/fake");
const sdk = require("@aws-sdk/client-ssm");
const { clientStories } = require("./client-stories.js");
const holder = require("./the-fake.js");

jest.mock("@aws-sdk/client-ssm", () =>
  require("ssm-run-command/fake").sdkOnFake(
    jest.requireActual("@aws-sdk/client-ssm"),
    () => require("./the-fake.js").fake,
  ),
);
jest.mock("@aws-sdk/client-cloudwatch-logs", () =>
  require("ssm-run-command/fake").sdkOnFake(
    jest.requireActual("@aws-sdk/client-cloudwatch-logs"),
    () => require("./the-fake.js").fake,
  ),
);

const use = (fake) => {
  holder.fake = fake;
};

test.each(Object.entries(clientStories({ code, fakes, sdk, use })))("%s", (_name, story) =>
  story(),
);
