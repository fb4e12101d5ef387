/** Which service a request was signed for, and in which region, as far as the signature says it. */
export interface SignatureScope {
  readonly region?: string;
  readonly service?: string;
  /** Whether the signature is a part of the address, which any web page can link to. */
  readonly isInQuery?: true;
}

const CREDENTIAL = /^[^/,\s]+\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request$/;

/**
 * What the signature of a request is for: Signature Version 4 in `Authorization`, or in the query of an address that was
 * signed beforehand, which boto3 still does in Version 2, for S3 only. Empty for a request whose signature is missing or
 * cannot be read; signatures are not checked.
 */
export function signatureScope({
  headers,
  path,
}: {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly path: string;
}): SignatureScope {
  const [inHeader] = /(?<=\bCredential=)[^,\s]+/.exec(headers["authorization"] ?? "") ?? [];
  if (inHeader !== undefined) return scopeOf(inHeader);
  const at = path.indexOf("?");
  const query = new URLSearchParams(at < 0 ? "" : path.slice(at));
  const isVersion2 = query.has("AWSAccessKeyId") && query.has("Signature");
  if (isVersion2) return { service: "s3", isInQuery: true };
  const scope = scopeOf(query.get("X-Amz-Credential") ?? "");
  return scope.service === undefined ? {} : { ...scope, isInQuery: true };
}

function scopeOf(credential: string): SignatureScope {
  const [, region, service] = CREDENTIAL.exec(credential) ?? [];
  return region === undefined || service === undefined ? {} : { region, service };
}
