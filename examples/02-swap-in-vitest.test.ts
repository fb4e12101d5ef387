// Testing code that makes its own SSMClient, with Vitest: every client that it makes is one of the fake.
import { fails } from "ssm-run-command/fake";
import { afterEach, expect, test, vi } from "vitest";
import { fake } from "./fake-account.ts";
import { restartNginx, sentCommands } from "./restart-service.ts";

vi.mock("@aws-sdk/client-ssm", async (importOriginal) => {
  const { sdkOnFake } = await import("ssm-run-command/fake");
  return sdkOnFake(await importOriginal(), () => fake);
});

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
