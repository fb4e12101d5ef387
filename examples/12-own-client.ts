// Code that makes its own client, as it is: the fake is served over HTTP, and the environment says where. (Without a
// server, a test replaces the SDK's module instead: 02-swap-in-vitest.test.ts, 03-swap-in-jest.test.ts.)
import { systemClock } from "ssm-run-command";
import { FakeSsm, fails } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";

// Over HTTP nothing can move a virtual clock, so the fake runs on the wall clock; it has the region of the code.
const fake = new FakeSsm({ clock: systemClock, region: "eu-central-1" });
fake.nodes.add({ tags: { Role: "web" } });
fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ stderr: "port 80 is taken\n" }) });

const served = await serveFakeSsm(fake);
process.env["AWS_ENDPOINT_URL_SSM"] = served.url;
process.env["AWS_ACCESS_KEY_ID"] = "any";
process.env["AWS_SECRET_ACCESS_KEY"] = "any";

// Loaded now, because it makes its client when it is loaded.
const { restartNginx } = await import("./restart-service.ts");
console.log(`Nginx did not restart on ${(await restartNginx("web")).join(", ")}.`);

console.log(
  `The fake was asked for ${fake.journal
    .entries()
    .map(({ operation }) => operation)
    .join(", ")}.`,
);
await served.close();
