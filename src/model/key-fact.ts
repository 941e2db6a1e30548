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
  /** What lies under it beside the resources of an environment, as far as it is known. */
  readonly files?: readonly FileOfKey[];
}

/** A volume, a snapshot, an encrypted file or directory, or the seal of another installation. */
export interface FileOfKey {
  readonly file: string;
  readonly kind: 'volume' | 'snapshot' | 'file' | 'directory' | 'seal';
  /** `vol-…`, `snap-…` or `dir-…`. */
  readonly id?: string;
}

/** Every name by which something may call the key. */
export function namesOfKey({ id, arn, aliases }: Pick<KeyFact, 'id' | 'arn' | 'aliases'>): readonly string[] {
  const place = arn.slice(0, arn.lastIndexOf(':') + 1);
  return [id, arn, ...aliases, ...aliases.map((alias) => `${place}${alias}`)];
}
