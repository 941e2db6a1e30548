import type { Resource } from '../../model/resource.ts';
import { TYPES } from '../../sources/terraform/types/registry.ts';

/** The type in an address, whatever module or index stands around it. */
const TYPE = /(?:^tf:|[./])([a-z0-9]+_[a-z0-9_]*)\.[\w-]+(?:\[.*\])?$/;

/** The argument of a resource's block that says a property of CloudFormation; the property where none does. */
export function argumentOf({ id }: Resource, property: string): string {
  const terraform = TYPE.exec(id)?.[1];
  const fields = TYPES.find((each) => each.terraform === terraform)?.fields ?? {};
  return Object.entries(fields).find(([, field]) => field === property)?.[0] ?? property;
}
