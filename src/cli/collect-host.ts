import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HonmaruError, InputError, UsageError } from '../kernel/errors.ts';
import { printable } from '../kernel/text-width.ts';
import { text } from '../kernel/texts.ts';
import type { HostFacts } from '../sources/host/host.ts';
import type { Invocation, OptionDefinition, Terminal } from './command.ts';
import { systemWords } from './file-trouble.ts';

/** Options of `collect` for a machine instead of an account. */
export const HOST_OPTIONS = {
  host: {
    type: 'boolean',
    help: text(
      'read a machine instead of an account: this one',
      'アカウントではなくマシンを調べる(既定:このマシン)',
    ),
  },
  ssh: {
    type: 'string',
    value: 'USER@HOST',
    help: text('with --host: another machine, through ssh', '--host と併用:sshで別のマシンを調べる'),
  },
} satisfies Record<string, OptionDefinition>;

/** Reads a machine, changing nothing, into a file that assess reads. */
export async function collectHost(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { language } = invocation;
  const target = invocation.option('ssh');
  if (invocation.flag('print-policy')) {
    const { hostScript } = await import('../sources/host/script.ts');
    terminal.out(hostScript());
    return 0;
  }
  const out = invocation.option('out');
  if (out === undefined)
    throw usage(
      'collect-out',
      text('collect needs a file to write: --out FILE', 'collect には保存先が必要です:--out FILE'),
    );
  if (target !== undefined && !/^(?:[\w.-]+@)?[\w[][\w.:[\]-]*$/.test(target))
    throw usage(
      'collect-ssh',
      text(
        `"${printable(target)}" is no USER@HOST`,
        `「${printable(target)}」は USER@HOST の形ではありません`,
      ),
    );
  const path = resolve(terminal.cwd, out);
  refuseForeign(path, out);
  const { askHost } = await import('../sources/host/ask-host.ts');
  const { hostAnswers } = await import('../sources/host/script.ts');
  const { hostFacts } = await import('../sources/host/facts.ts');
  const facts = hostFacts(hostAnswers(await askHost(target)), terminal.now().toISOString());
  write(path, facts);
  const done = text(
    `facts of ${facts.name} written to ${out}`,
    `${facts.name} の情報を ${out} に保存しました`,
  );
  terminal.error(`${printable(done[language])}\n`);
  for (const { what, error } of facts.gaps) {
    const gap = text(`${what} was not answered: ${error}`, `${what} は回答がありませんでした:${error}`);
    terminal.error(`  ? ${printable(gap[language])}\n`);
  }
  terminal.out(`honmaru assess ${out}\n`);
  return 0;
}

/** Only facts of a host are written over: a wrong --out costs nobody a file. */
function refuseForeign(path: string, shown: string): void {
  if (!existsSync(path)) return;
  if (/^\s*\{\s*"schema":\s*"honmaru\.host\//.test(readFileSync(path, 'utf8').slice(0, 200))) return;
  throw new InputError({
    code: 'out-exists',
    message: text(
      `${shown} is there and holds no facts of a host`,
      `${shown} は既に存在し、ホストの情報ではありません`,
    ),
    remedy: text('name another file with --out', '--out で別のファイルを指定してください'),
  });
}

function write(path: string, facts: HostFacts): void {
  // Two runs at once do not write into each other's file.
  const beside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(beside, `${JSON.stringify(facts, undefined, 1)}\n`, { mode: 0o600 });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    const why = systemWords(error);
    throw new HonmaruError({
      code: 'out-file',
      message: text(`the facts cannot be written: ${why.en}`, `情報を書き込めません:${why.ja}`),
    });
  }
}

function usage(code: string, message: ReturnType<typeof text>): UsageError {
  return new UsageError({
    code,
    message,
    remedy: text(
      'for example honmaru collect --host --ssh deploy@web-1 --out host.json',
      '例:honmaru collect --host --ssh deploy@web-1 --out host.json',
    ),
  });
}
