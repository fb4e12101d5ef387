const CREDENTIAL_SCOPE = /\bCredential=[^/,\s]+\/\d{8}\/([^/,\s]+)\/[^/,\s]+\/aws4_request\b/;
/** At most twenty characters, as the model's `OutputS3Region` has them. */
const REGION = /^(?=.{3,20}$)[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/;

/**
 * The region that a request was signed for: the third part of the credential scope of Signature Version 4. Undefined for a
 * request without a signature that can be read; nobody checks signatures here.
 */
export function signedRegion(authorization: string | undefined): string | undefined {
  return CREDENTIAL_SCOPE.exec(authorization ?? "")?.[1];
}

/** Whether a text has the form of a region's name. */
export function isRegionName(text: string): boolean {
  return REGION.test(text);
}
