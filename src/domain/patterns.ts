/** The forms of AWS's names and ids. Source: [api-ssm-model]; where a comment says so, our decision. */

/** The id of a node, `i-` and 8 or 17 characters, or `mi-` and 17, as the service prints the pattern. */
export const NODE_ID = "(^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)";
export const INSTANCE_ID = new RegExp(NODE_ID);

/** The name of a document, or its ARN, as the service prints the pattern. */
export const DOCUMENT_NAME_OR_ARN = "^[a-zA-Z0-9_\\-.:/]{3,128}$";

/** The name of a document of the caller's own account, as the service prints the pattern. */
export const DOCUMENT_NAME = "^[a-zA-Z0-9_\\-.]{3,128}$";

/** What a fake takes for the name of a region, so that it can also be in one that AWS does not have. Our decision. */
export const REGION_NAME = /^[a-z0-9-]{3,20}$/;

/** The form of the names of AWS's regions, such as `us-gov-west-1`. Our decision, after the names that exist. */
export const AWS_REGION = /^(?=.{3,20}$)[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/;
