import { partitionOf } from "../../domain/partition.ts";

/** The domains of the partitions of AWS, where they are not `amazonaws.com`. Source: [aws-sdk-partitions]. */
const DNS_SUFFIXES: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-eusc": "amazonaws.eu",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
  "aws-iso-e": "cloud.adc-e.uk",
  "aws-iso-f": "csp.hci.ic.gov",
};

/** What the names of AWS's hosts in a region end with. */
export function dnsSuffixOf(region: string): string {
  return DNS_SUFFIXES[partitionOf(region)] ?? "amazonaws.com";
}
