// Testing code that makes its own SSMClient, with Jest: every client that it makes is one of the fake.
import { afterEach, expect, jest, test } from "@jest/globals";
import { fails } from "ssm-run-command/fake";
import { fake } from "./fake-account.ts";
import { restartNginx, sentCommands } from "./restart-service.ts";

jest.mock("@aws-sdk/client-ssm", () =>
  require("ssm-run-command/fake").sdkOnFake(
    jest.requireActual("@aws-sdk/client-ssm"),
    () => require("./fake-account.ts").fake,
  ),
);

afterEach(() => fake.reset());

test("names the node where it did not work", async () => {
  fake.nodes.add({ tags: { Role: "web" } });
  const broken = fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ after: "90s" }) });
  expect(await restartNginx("web")).toEqual([broken.instanceId]);
});

test("lists every command, page after page", async () => {
  fake.nodes.add({ tags: { Role: "web" } });
  await restartNginx("web");
  await restartNginx("web");
  expect(await sentCommands()).toHaveLength(2);
});
