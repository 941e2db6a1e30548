import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Terminal } from '../command.ts';

export const DEFAULT_PROFILE = 'honmaru';
const NAME = /^[A-Za-z0-9._-]{1,64}$/;

/** What a profile holds; keys that are not given stay as they are. */
export interface AwsProfile {
  readonly name: string;
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
}

/**
 * Writes a named profile into the files of the AWS command line. Other profiles and comments stay; the
 * default profile is never touched, so that a forgotten shell does not send here what was meant for AWS.
 * Source: AWS CLI User Guide, "Configuration and credential file settings".
 *
 * @returns the files that were written.
 * @throws UsageError `profile-name`.
 */
export function writeAwsProfile(
  profile: AwsProfile,
  { environment }: Pick<Terminal, 'environment'>,
): readonly string[] {
  const { name } = profile;
  if (!NAME.test(name) || name === 'default') {
    throw new UsageError({
      code: 'profile-name',
      message: text(
        `"${name}" cannot be the name of a profile for Honmaru`,
        `「${name}」はHonmaru用のプロファイル名に使えません`,
      ),
      remedy: text('choose a name of its own, such as honmaru', 'honmaru のような専用の名前を選んでください'),
    });
  }
  const home = join(environment.HOME ?? homedir(), '.aws');
  const config = environment.AWS_CONFIG_FILE || join(home, 'config');
  const credentials = environment.AWS_SHARED_CREDENTIALS_FILE || join(home, 'credentials');
  writeSection(config, `profile ${name}`, { region: profile.region, endpoint_url: profile.endpoint });
  if (profile.accessKeyId === undefined || profile.secretAccessKey === undefined) return [config];
  writeSection(credentials, name, {
    aws_access_key_id: profile.accessKeyId,
    aws_secret_access_key: profile.secretAccessKey,
  });
  return [config, credentials];
}

function writeSection(path: string, section: string, settings: Readonly<Record<string, string>>): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const written = withSection(contentOf(path), section, settings);
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, written, { mode: 0o600 });
  renameSync(temporary, path);
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The text of an INI file with the settings of one section replaced; the rest stays byte for byte. */
export function withSection(
  content: string,
  section: string,
  settings: Readonly<Record<string, string>>,
): string {
  const lines = content.split('\n');
  const header = `[${section}]`;
  const at = lines.findIndex((line) => line.trim() === header);
  const own = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  if (at < 0) {
    const before = content === '' || content.endsWith('\n') ? content : `${content}\n`;
    return `${before}${before === '' ? '' : '\n'}${header}\n${own.join('\n')}\n`;
  }
  const next = lines.findIndex((line, index) => index > at && line.trimStart().startsWith('['));
  const end = next < 0 ? lines.length : next;
  const kept = lines
    .slice(at + 1, end)
    .filter((line) => !Object.hasOwn(settings, line.split('=', 1)[0]?.trim() ?? ''));
  return [...lines.slice(0, at + 1), ...own, ...kept, ...lines.slice(end)].join('\n');
}
