import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib/core';

const HONMARU = fileURLToPath(new URL('../../../bin/honmaru.js', import.meta.url));

export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Attachment {
  readonly resource: string;
  readonly state: string;
  readonly because: { readonly en: string };
}

export interface Assessment {
  readonly safeguards: readonly { readonly id: string; readonly attachments: readonly Attachment[] }[];
  readonly risks: readonly {
    readonly rule: string;
    readonly current: { readonly low: number; readonly high: number };
  }[];
}

/** Synthesizes an app in a folder of its own, hands it over with its templates, and removes the folder. */
export function synthesized<T>(build: (app: App) => void, use: (made: Synthesized) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-cdk-'));
  try {
    const app = new App({ outdir: join(folder, 'cdk.out'), analyticsReporting: false });
    build(app);
    app.synth();
    return use(new Synthesized(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a synthesis wrote. */
export class Synthesized {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** All templates by file name, those of nested stacks included. */
  get templates(): ReadonlyMap<string, Template> {
    const out = join(this.folder, 'cdk.out');
    const names = readdirSync(out).filter((name) => name.endsWith('.template.json'));
    return new Map(names.map((name) => [name, JSON.parse(readFileSync(join(out, name), 'utf8'))]));
  }

  /** What `honmaru assess` says of it, as somebody would call it. */
  assess(scope: 'application' | 'account'): Assessment {
    writeFileSync(
      join(this.folder, 'honmaru.yaml'),
      `schema: honmaru.declaration/1\nname: synthesized\nscope: ${scope}\n`,
    );
    const report = join(this.folder, 'report.json');
    const words = [HONMARU, 'assess', this.folder, '--format', 'json', '--out', report, '--no-store'];
    const ran = spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 60_000 });
    if (ran.status !== 0) throw new Error(ran.stderr || ran.stdout);
    return JSON.parse(readFileSync(report, 'utf8'));
  }
}

/** The resources of a type in all templates, by logical id. */
export function ofType(made: Synthesized, type: string): readonly [string, TemplateResource][] {
  return [...made.templates.values()].flatMap(({ Resources }) =>
    Object.entries(Resources).filter(([, resource]) => resource.Type === type),
  );
}
