import * as sdk from "@aws-sdk/client-ssm";
import { jest, test } from "@jest/globals";
import * as fakes from "ssm-run-command/fake";
import { clientStories } from "../client-stories";
import * as code from "../makes-clients";
import { holder } from "../the-holder";

jest.mock("@aws-sdk/client-ssm", () =>
  require("ssm-run-command/fake").sdkOnFake(
    jest.requireActual("@aws-sdk/client-ssm"),
    () => require("../the-holder").holder.fake,
  ),
);
jest.mock("@aws-sdk/client-cloudwatch-logs", () =>
  require("ssm-run-command/fake").sdkOnFake(
    jest.requireActual("@aws-sdk/client-cloudwatch-logs"),
    () => require("../the-holder").holder.fake,
  ),
);

const use = (fake: fakes.FakeSsm) => {
  holder.fake = fake;
};

test.each(Object.entries(clientStories({ code, fakes, sdk, use })))("%s", (_name, story) =>
  story(),
);
