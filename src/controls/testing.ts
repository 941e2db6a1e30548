import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import type { Scope } from '../model/declaration.ts';
import type { FindingStatus } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';

/** One example of a control: what is written, and what the control says of it. */
export interface ControlCase {
  readonly name: string;
  readonly status: FindingStatus;
  /** The logical id judged, or `account` or `region`; default `Subject`. */
  readonly resource?: string;
  readonly scope?: Scope;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Properties of the one resource `Subject`, whose type stands at the head of the file. */
  readonly properties?: object;
  /** Or the resources of a template, */
  readonly resources?: object;
  /** or a whole template. */
  readonly template?: string | object;
}

export interface CaseFile {
  /** The control's id, from the file's name. */
  readonly control: string;
  readonly path: string;
  readonly type?: string;
  readonly cases: readonly ControlCase[];
}

/** Every `<ID>.cases.yaml` below a folder. */
export function caseFilesBelow(folder: string): readonly CaseFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.cases.yaml'))
    .sort()
    .map((path) => {
      const content = parse(readFileSync(join(folder, path), 'utf8')) as Omit<CaseFile, 'control' | 'path'>;
      return { ...content, path, control: path.replace(/^.*\//, '').replace('.cases.yaml', '') };
    });
}

/**
 * The environment of an example. Templates made here have a parameter `Choice` without a value and a
 * condition `Undecided` that depends on it, so that an example can leave something open.
 */
export function graphOfCase(file: CaseFile, example: ControlCase): ResourceGraph {
  const options = {
    ...(example.scope ? { scope: example.scope } : {}),
    ...(example.parameters ? { parameters: example.parameters } : {}),
  };
  if (example.template) return graphOf(example.template, options);
  const resources = example.resources ?? {
    Subject: { Type: file.type, Properties: example.properties ?? {} },
  };
  return graphOf(
    {
      Parameters: { Choice: { Type: 'String' } },
      Conditions: { Undecided: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
      Resources: resources,
    },
    options,
  );
}

/** The resource that an example is about. */
export function subjectOf(graph: ResourceGraph, example: ControlCase): Resource | undefined {
  const name = example.resource ?? 'Subject';
  if (name === 'account') return graph.account;
  if (name === 'region') return graph.region;
  return graph.resources.find((resource) => resource.name === name && !resource.external);
}
