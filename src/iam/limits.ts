/** Bounds on policies. Source: "IAM and AWS STS quotas" and the API reference's length constraints. */
export const LIMITS = {
  /** Longest document that any operation takes, in characters (length constraint of PolicyDocument). */
  documentCharacters: 131_072,
  /** Deepest nesting of a document; the language itself needs seven levels. */
  documentDepth: 32,
  /** Most statements that are read from one document. */
  statements: 4_096,
  /** Largest managed policy, in characters without white space. */
  managedPolicy: 6_144,
  /** Largest trust policy (the default quota). */
  trustPolicy: 2_048,
  /** Largest session policy. */
  sessionPolicy: 2_048,
  /** Largest sum of the inline policies of a user, a group, a role. */
  inlineUser: 2_048,
  inlineGroup: 5_120,
  inlineRole: 10_240,
  /** Largest service control policy and resource control policy ("Quotas for AWS Organizations"). */
  serviceControlPolicy: 10_240,
  resourceControlPolicy: 5_120,
} as const;
