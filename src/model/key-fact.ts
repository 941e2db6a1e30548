/** A KMS key as the KMS that keeps it knows it: evidence beside what files say. */
export interface KeyFact {
  readonly id: string;
  readonly arn: string;
  /** `alias/…` */
  readonly aliases: readonly string[];
  /** As DescribeKey says it, or `Deleted`. */
  readonly state: string;
  /** When it is, or was, deleted for good, ISO 8601. */
  readonly deletionDate?: string;
}

/** Every name by which something may call the key. */
export function namesOfKey({ id, arn, aliases }: Pick<KeyFact, 'id' | 'arn' | 'aliases'>): readonly string[] {
  const place = arn.slice(0, arn.lastIndexOf(':') + 1);
  return [id, arn, ...aliases, ...aliases.map((alias) => `${place}${alias}`)];
}
