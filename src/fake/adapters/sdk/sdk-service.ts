import { signatureScope } from "../signature-scope.ts";

/** A service of the fake that clients of the SDK call. */
export type SdkService = "ssm" | "logs" | "s3";

interface ServiceFacts {
  /** What AWS calls it. */
  readonly name: string;
  /** The class of its clients, and the one with a method for each operation. */
  readonly classes: readonly [client: string, aggregated: string];
  /** Where a fake has the configuration of its clients. */
  readonly config: string;
}

/** What tells the services apart, for code that gets to see clients, modules and requests of all of them. */
export const SDK_SERVICES: Readonly<Record<SdkService, ServiceFacts>> = {
  ssm: {
    name: "Systems Manager",
    classes: ["SSMClient", "SSM"],
    config: "fake.clientConfig()",
  },
  logs: {
    name: "CloudWatch Logs",
    classes: ["CloudWatchLogsClient", "CloudWatchLogs"],
    config: "fake.logs.clientConfig()",
  },
  s3: {
    name: "S3",
    classes: ["S3Client", "S3"],
    config: "fake.objects.clientConfig()",
  },
};

/** The service that a request was signed for, as far as its headers say it. */
export function serviceCalled(headers: Readonly<Record<string, string>>): SdkService | undefined {
  const { service: signed } = signatureScope({ headers, path: "" });
  return servicesOf(SDK_SERVICES).find((service) => service === signed);
}

/** The services that a table has rows for. */
export function servicesOf<Service extends SdkService>(
  table: Readonly<Record<Service, unknown>>,
): readonly Service[] {
  // The type of the table says that it has these keys, and it has no others.
  return Object.keys(table) as Service[];
}

/** A client that was made with the configuration of another service: what happened, and what to write instead. */
export function wrongService(client: SdkService, configured: SdkService): TypeError {
  const { name, classes, config } = SDK_SERVICES[client];
  const of = SDK_SERVICES[configured];
  return new TypeError(
    `A client of ${name} was made with the configuration of ${of.name}, ${of.config}. Write new ${classes[0]}(${config}).`,
  );
}
