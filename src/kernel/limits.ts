/** Bounds on what strangers hand us. Sizes in bytes unless said otherwise. */
export const LIMITS = {
  /** Largest template or declaration; ten times what CloudFormation itself takes, for synthesised ones. */
  documentBytes: 32 * 1024 * 1024,
  /** Deepest nesting of lists and maps in one document. */
  documentDepth: 100,
  /** Most nodes in one document after aliases are expanded. */
  documentNodes: 4_000_000,
  /** Most YAML alias uses in one document. */
  yamlAliases: 1_000,
  /** Most nodes that the aliases of one YAML document add when they are written out. */
  yamlAliasNodes: 250_000,
  /** Most nodes that the loops of one template make. */
  loopNodes: 500_000,
  /** Most stacks of one environment, nested ones counted as often as they are used. */
  stacks: 2_000,
  /** Most files that a directory walk looks at. */
  walkFiles: 20_000,
  /** Deepest folder that a directory walk enters. */
  walkDepth: 32,
} as const;
