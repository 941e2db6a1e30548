import { type CfnResource, type IResolveContext, Lazy } from 'aws-cdk-lib/core';
import { itemsOf, read } from './place.ts';

/**
 * Sets a property; the path is dotted, in CloudFormation's names, list indexes included. Where the construct has the
 * property by itself, it is set there, so that other tools (such as cdk-nag) see it and references between stacks are
 * kept; else it becomes an override of the template.
 */
export function set(resource: CfnResource, path: string, value: unknown): void {
  refuseUndecided(resource, path);
  overwrite(resource, path, value);
}

/** As {@link set}, also where a reference or condition stands. */
export function overwrite(resource: CfnResource, path: string, value: unknown): void {
  const [top = '', ...rest] = path.split('.');
  const name = setterOf(resource, top);
  if (!name || ![...rest, ...keysIn(value)].every(isPlainName)) {
    resource.addPropertyOverride(path, value);
    return;
  }
  const holder = resource as unknown as Record<string, unknown>;
  const before = holder[name];
  const after = inCamelCase(value);
  holder[name] =
    rest.length === 0
      ? after
      : Lazy.uncachedAny({
          produce: (context: IResolveContext) => merged(context.resolve(before), rest.map(camelCase), after),
        });
}

/** Appends to a list property and keeps what is there, also what is known only when the template is written. */
export function append(resource: CfnResource, path: string, items: readonly unknown[]): void {
  refuseUndecided(resource, path);
  const name = path.includes('.') ? undefined : setterOf(resource, path);
  if (name && items.flatMap(keysIn).every(isPlainName)) {
    const holder = resource as unknown as Record<string, unknown>;
    const before = holder[name];
    const added = items.map(inCamelCase);
    holder[name] = Lazy.uncachedAny({
      produce: (context: IResolveContext) => [...listOf(context.resolve(before)), ...added],
    });
    return;
  }
  const present = read(resource, ...path.split('.'));
  if (!Array.isArray(present)) {
    resource.addPropertyOverride(path, [...itemsOf(present), ...items]);
    return;
  }
  for (const [index, item] of items.entries()) {
    resource.addPropertyOverride(`${path}.${present.length + index}`, item);
  }
}

/** A value that a parameter, condition or other resource decides at deployment: it is left to its author. */
export class Undecided extends Error {}

function refuseUndecided(resource: CfnResource, path: string): void {
  const steps = path.split('.');
  for (const [index] of steps.entries()) {
    const here = steps.slice(0, index + 1);
    if (isIntrinsic(read(resource, ...here))) {
      throw new Undecided(`${here.join('.')} is decided at deployment: set it there`);
    }
  }
}

function isIntrinsic(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const [key = '', ...more] = Object.keys(value);
  return more.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}

/** The construct's own name for a property (`MultiAZ` is `multiAz`), where it can be set. */
function setterOf(resource: CfnResource, property: string): string | undefined {
  const type: object = Object.getPrototypeOf(resource);
  return Object.getOwnPropertyNames(type).find(
    (name) =>
      name.toLowerCase() === property.toLowerCase() &&
      Object.getOwnPropertyDescriptor(type, name)?.set !== undefined,
  );
}

/** Names with acronyms (`WebACLId`) have a spelling of their own in constructs that cannot be derived. */
function isPlainName(name: string): boolean {
  return /^(?:\d+|(?:[A-Z][a-z0-9]+)+)$/.test(name);
}

function keysIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}

function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [camelCase(key), inCamelCase(inner)]),
  );
}

function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Maps that are written as such; tokens are objects of classes. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function merged(before: unknown, path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(before)) {
    return before.map((item, index) => (String(index) === step ? merged(item, rest, value) : item));
  }
  const holder = isPlainObject(before) ? before : {};
  return { ...holder, [step]: merged(holder[step], rest, value) };
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
