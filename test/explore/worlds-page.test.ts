import { expect, it } from "vitest";
import { catalogue } from "../../src/explore/catalogue/catalogue.ts";

const HEAD = `# The worlds of the catalogue

\`explore\` of \`ssm-run-command/explore\` runs a function in these by default. Each may be named in its option \`worlds\`; the sources are those
of [docs/sources.md](sources.md). [Explore](explore.md) says what comes of it. A test writes this page from the catalogue.

| World | Nodes | Says that it may be |
| --- | --- | --- |
`;

it("docs/worlds.md lists the catalogue", async () => {
  const rows = catalogue().map(
    ({ name, nodes, source }) => `| ${name} | ${nodes.length} | ${source} |`,
  );
  await expect(`${HEAD}${rows.join("\n")}\n`).toMatchFileSnapshot("../../docs/worlds.md");
});
