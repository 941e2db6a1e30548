import { readFileSync } from 'node:fs';

/** What is known of one CloudFormation resource type. */
export interface ResourceTypeFacts {
  /** Properties or attributes that identify a resource: what `Ref` gives. */
  readonly identifier: readonly string[];
  /** Its ARN with `${Name}` for the parts that vary. */
  readonly arn: string | undefined;
  /** Attributes for `Fn::GetAtt`. */
  readonly attributes: readonly string[];
  /** Properties that cannot be changed without replacing the resource. */
  readonly createOnly: readonly string[];
  /** Property path (names joined by `.`, list indexes left out) → what it refers to. */
  readonly references: ReadonlyMap<string, readonly ReferenceTarget[]>;
}

export interface ReferenceTarget {
  readonly type: string;
  /** The property or attribute of that type whose value is written. */
  readonly attribute: string;
}

interface StoredTable {
  readonly targets: readonly string[];
  readonly types: Readonly<Record<string, StoredRow>>;
}

interface StoredRow {
  readonly i?: readonly string[];
  readonly n?: string;
  readonly a?: readonly string[];
  readonly c?: readonly string[];
  readonly r?: Readonly<Record<string, readonly number[]>>;
}

let stored: StoredTable | undefined;
const facts = new Map<string, ResourceTypeFacts | undefined>();

/**
 * What CloudFormation's resource specification says of a type, or undefined for a type that it does not
 * know. The table is read from disk at the first question.
 */
export function resourceTypeFacts(type: string): ResourceTypeFacts | undefined {
  if (facts.has(type)) return facts.get(type);
  stored ??= readTable();
  const row = Object.hasOwn(stored.types, type) ? stored.types[type] : undefined;
  const made = row && factsOf(row, stored.targets);
  facts.set(type, made);
  return made;
}

function readTable(): StoredTable {
  return JSON.parse(readFileSync(new URL('./resource-table.generated.json', import.meta.url), 'utf8'));
}

function factsOf(row: StoredRow, targets: readonly string[]): ResourceTypeFacts {
  const references = Object.entries(row.r ?? {}).map(
    ([path, numbers]): [string, readonly ReferenceTarget[]] => [
      path,
      numbers.flatMap((number) => targetOf(targets[number])),
    ],
  );
  return {
    identifier: row.i ?? [],
    arn: row.n,
    attributes: row.a ?? [],
    createOnly: row.c ?? [],
    references: new Map(references),
  };
}

function targetOf(written: string | undefined): readonly ReferenceTarget[] {
  const dot = written?.indexOf('.') ?? -1;
  if (written === undefined || dot < 0) return [];
  return [{ type: written.slice(0, dot), attribute: written.slice(dot + 1) }];
}
