import { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** A value of a rendered template: scalars, lists, maps and intrinsic functions. */
export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [key: string]: Json };

/** What CloudFormation resources can do beside their published interface: render themselves. */
interface Renders {
  _toCloudFormation(): unknown;
}

/** The CloudFormation resource of a construct: itself, or what it calls its default child. */
export function cfnOf(construct: IConstruct): CfnResource {
  const candidate = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (candidate && CfnResource.isCfnResource(candidate)) return candidate;
  throw new Error(
    `${construct.node.path} has no CloudFormation resource of its own; pass the resource itself`,
  );
}

/** The resources of a stack, without those of its nested stacks, optionally of some types only. */
export function resourcesOf(stack: Stack, ...types: readonly string[]): readonly CfnResource[] {
  return stack.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .filter((each) => Stack.of(each) === stack)
    .filter((each) => types.length === 0 || types.includes(each.cfnResourceType));
}

/** A resource as its template will show it now: properties with overrides, tokens resolved. */
export function rendered(resource: CfnResource): { readonly [key: string]: Json } {
  const stack = Stack.of(resource);
  const shown = stack.resolve((resource as unknown as Renders)._toCloudFormation()) as {
    readonly Resources?: { readonly [id: string]: { readonly [key: string]: Json } };
  };
  return Object.values(shown.Resources ?? {})[0] ?? {};
}

/** A property of a resource at a path of names and list indexes, or undefined. */
export function read(resource: CfnResource, ...path: readonly (string | number)[]): Json {
  return at(rendered(resource).Properties, ...path);
}

/** What stands in a value at a path. */
export function at(value: Json, ...path: readonly (string | number)[]): Json {
  let here: Json = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as { readonly [key: string | number]: Json })[step];
  }
  return here;
}

/** The items of a list; a single value counts as a list of one, nothing as none. */
export function itemsOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** The logical ids that a value refers to, through any intrinsic function. */
export function referencesIn(value: Json): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? ''];
    if (key === 'Fn::Sub') return referencesInSub(inner);
    return referencesIn(inner);
  });
}

function referencesInSub(value: Json): readonly string[] {
  const [template, ...variables] = Array.isArray(value) ? value : [value];
  const named = [...String(template).matchAll(/\$\{([^!.}]+)[^}]*\}/g)].map(([, name]) => name ?? '');
  return [...named, ...variables.flatMap(referencesIn)];
}

/** The logical id of a resource in its template. */
export function logicalIdOf(resource: CfnResource): string {
  return Stack.of(resource).resolve(resource.logicalId) as string;
}

/** Whether a value refers to a resource. */
export function refersTo(value: Json, resource: CfnResource): boolean {
  return referencesIn(value).includes(logicalIdOf(resource));
}

/** The resource of the same stack to which a value refers first, of one of some types. */
export function targetOf(stack: Stack, value: Json, ...types: readonly string[]): CfnResource | undefined {
  const names = referencesIn(value);
  return resourcesOf(stack, ...types).find((each) => names.includes(logicalIdOf(each)));
}

/** Resources of some types that refer to a resource. */
export function referrersOf(resource: CfnResource, ...types: readonly string[]): readonly CfnResource[] {
  return resourcesOf(Stack.of(resource), ...types).filter(
    (each) => each !== resource && refersTo(rendered(each).Properties, resource),
  );
}

/** Whether a scalar of a template says yes, as a boolean or as text. */
export function isTrue(value: Json): boolean {
  return value === true || value === 'true';
}

/** A number that is written as a number or as text; undefined for anything else. */
export function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}
