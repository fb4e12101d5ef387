const CREDENTIAL_SCOPE = /\bCredential=[^/,\s]+\/\d{8}\/([^/,\s]+)\/[^/,\s]+\/aws4_request\b/;

/**
 * The region that a request was signed for: the third part of the credential scope of Signature Version 4. Undefined for a
 * request without a signature that can be read; nobody checks signatures here.
 */
export function signedRegion(authorization: string | undefined): string | undefined {
  return CREDENTIAL_SCOPE.exec(authorization ?? "")?.[1];
}
