import { YES } from '../../../model/answer.ts';
import { referenceFrom, showValue, stringFrom, type Value } from '../../../model/value.ts';
import type { TerraformResource } from '../terraform-resource.ts';
import type { Draft } from './draft.ts';
import { PropertyBuilder } from './property-builder.ts';
import type { Join } from './type-mapping.ts';

/** Properties by which others may call a resource literally. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::IAM::Role': ['RoleName'],
  'AWS::IAM::User': ['UserName'],
  'AWS::IAM::Group': ['GroupName'],
  'AWS::Events::Rule': ['Name'],
  'AWS::ECR::Repository': ['RepositoryName'],
  'AWS::ApiGateway::Stage': ['StageName'],
  'AWS::Elasticsearch::Domain': ['DomainName'],
  'AWS::OpenSearchService::Domain': ['DomainName'],
  'AWS::AutoScaling::AutoScalingGroup': ['AutoScalingGroupName'],
  'AWS::Config::ConfigurationRecorder': ['Name'],
  'AWS::Backup::BackupVault': ['BackupVaultName'],
};

/** Finds the resources that pieces are merged into. */
export class TargetIndex {
  /** Targets that no configuration declares, made for the pieces that name them. */
  readonly added: Draft[] = [];
  readonly #byId = new Map<string, Draft>();
  readonly #byName = new Map<string, Draft>();

  constructor(drafts: readonly Draft[]) {
    for (const draft of drafts) this.#index(draft);
  }

  /** By reference; by the name that a resource of the type declares; by what was made for the same value. */
  find(value: Value, type: string): Draft | undefined {
    const reference = referenceFrom(value);
    if (reference) return this.#byId.get(reference.resource);
    const name = stringFrom(value);
    return (
      (name === undefined ? undefined : this.#byName.get(`${type} ${name}`)) ??
      this.#byId.get(externalId(value))
    );
  }

  add(draft: Draft): Draft {
    this.added.push(draft);
    this.#index(draft);
    return draft;
  }

  #index(draft: Draft): void {
    this.#byId.set(draft.id, draft);
    for (const property of NAMES[draft.type] ?? []) {
      const value = draft.builder.get(property);
      const name = value && stringFrom(value);
      if (name !== undefined) this.#byName.set(`${draft.type} ${name}`, draft);
    }
  }
}

function externalId(value: Value): string {
  return referenceFrom(value)?.resource ?? `external:${showValue(value)}`;
}

/** A resource that is named but declared elsewhere; what is merged into it is known all the same. */
export function externalTarget(piece: TerraformResource, join: Join, value: Value): Draft {
  const builder = new PropertyBuilder();
  const [property] = NAMES[join.intoType] ?? [];
  if (property && stringFrom(value) !== undefined) builder.set(property, value);
  const id = externalId(value);
  const source: TerraformResource = {
    ...piece,
    address: id.replace(/^(?:tf|external):/, ''),
    attributes: new Map(),
    span: value.span,
    exists: YES,
    dependsOn: [],
    movedFrom: [],
    preventDestroy: false,
    sensitive: [],
  };
  return { source, id, type: join.intoType, builder, attributes: new Map(), exists: YES, external: true };
}
