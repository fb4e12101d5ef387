const CREDENTIAL_SCOPE = /\bCredential=[^/,\s]+\/\d{8}\/([^/,\s]+)\/[^/,\s]+\/aws4_request\b/;

/**
 * The region that a request was signed for: the third part of `Credential` in Signature Version 4. Undefined for a request
 * whose signature is missing or cannot be read; signatures are not checked.
 */
export function signedRegion(authorization: string | undefined): string | undefined {
  return CREDENTIAL_SCOPE.exec(authorization ?? "")?.[1];
}
