import { firewallFrom } from './firewall.ts';
import { HOST_SCHEMA, type HostFacts } from './host.ts';
import type { HostAnswer } from './script.ts';

/**
 * The facts of a host from what its commands printed. A command that failed, or that the host has not,
 * leaves a gap; nothing is concluded from silence.
 *
 * @param at ISO 8601: when it was asked.
 */
export function hostFacts(answers: ReadonlyMap<string, HostAnswer>, at: string): HostFacts {
  const gaps: { what: string; error: string }[] = [];
  const ask = <T>(what: string, read: (text: string) => T): T | null => {
    const answer = answers.get(what);
    if (answer?.code === 0) return read(answer.text);
    gaps.push({ what, error: reasonOf(answer) });
    return null;
  };
  const installed = ask('installed', (text) => linesOf(text).length);
  const waiting = ask('updates', securityUpdates);
  const users = ask('users', (text) => text);
  const groups = ask('groups', administratorsIn);
  const passwordless = ask('passwordless', (text) => text);
  const timers = ask('timers', (text) => text);
  return {
    schema: HOST_SCHEMA,
    collectedAt: at,
    name: ask('name', (text) => text.trim()) || 'host',
    system: ask('system', (text) => /^PRETTY_NAME="?([^"\n]{1,200})"?$/m.exec(text)?.[1] ?? null),
    addresses: ask('addresses', addressesIn),
    packages:
      installed === null
        ? null
        : { installed, security: waiting?.length ?? null, names: (waiting ?? []).slice(0, MOST_NAMES) },
    unattended: unattendedIn(answers.get('unattended')),
    sockets: ask('sockets', socketsIn),
    firewall: firewallFrom(answers, gaps),
    users: users === null ? null : usersIn(users, groups, passwordless),
    sshd: ask('sshd', sshdSettings),
    disks: ask('disks', disksIn),
    backups: timers === null ? null : backupsIn(`${timers}\n${answers.get('cron')?.text ?? ''}`),
    gaps,
  };
}

const MOST_NAMES = 50;
const NOT_FOUND = 127;

function reasonOf(answer: HostAnswer | undefined): string {
  if (!answer) return 'no answer';
  return answer.code === NOT_FOUND ? 'the command is not there' : `exit code ${answer.code}`;
}

export function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** `Inst openssl [3.0.1] (3.0.2 Debian-Security:12/stable-security [amd64])`, or dnf's advisories. */
function securityUpdates(text: string): readonly string[] {
  const simulated = linesOf(text).filter((line) => line.startsWith('Inst ') && /security/i.test(line));
  if (/^(?:Inst|Conf|Reading package lists)/m.test(text))
    return simulated.map((line) => line.split(' ')[1] ?? '');
  return linesOf(text).flatMap((line) => /\/Sec\.?\s+(\S+)$/.exec(line)?.[1] ?? []);
}

function unattendedIn(answer: HostAnswer | undefined): boolean | null {
  if (!answer) return null;
  if (answer.code !== 0) return answer.code === NOT_FOUND ? null : false;
  return /Unattended-Upgrade "[1-9a-z]/.test(answer.text) || /^enabled/m.test(answer.text);
}

function addressesIn(text: string): readonly string[] {
  return linesOf(text).flatMap((line) => /\binet6? ([0-9a-f:.]+)\//i.exec(line)?.[1] ?? []);
}

/** `LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=1,fd=3))`. */
function socketsIn(text: string): NonNullable<HostFacts['sockets']> {
  return linesOf(text).flatMap((line) => {
    const local = line.split(/\s+/)[3] ?? '';
    const match = /^(.*):(\d{1,5})$/.exec(local);
    if (!match) return [];
    const address = (match[1] ?? '').replace(/^\[|\]$/g, '').replace(/%.*$/, '');
    const process = /\(\("([^"]{1,64})"/.exec(line)?.[1] ?? null;
    return [{ address: address === '*' ? '0.0.0.0' : address, port: Number(match[2]), process }];
  });
}

const ADMINISTRATORS = ['sudo', 'wheel', 'admin'];

function administratorsIn(text: string): ReadonlySet<string> {
  const members = linesOf(text)
    .map((line) => line.split(':'))
    .filter(([name = '']) => ADMINISTRATORS.includes(name))
    .flatMap((fields) => (fields[3] ?? '').split(','));
  return new Set(members.filter(Boolean));
}

/** People who can sign in: a shell that is one, and whether they become root, with or without a password. */
function usersIn(
  text: string,
  administrators: ReadonlySet<string> | null,
  sudoers: string | null,
): NonNullable<HostFacts['users']> {
  const lines = linesOf(sudoers ?? '').filter((line) => !line.startsWith('#'));
  return linesOf(text)
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7 && !/(?:nologin|false|sync|halt|shutdown)$/.test(fields[6] ?? ''))
    .map(([name = '', , uid]) => {
      const sudo = uid === '0' || (administrators?.has(name) ?? false);
      const named = lines.some(
        (line) => line.startsWith(`${name} `) || (sudo && /^%(?:sudo|wheel|admin)\s/.test(line)),
      );
      return { name, sudo: sudo || named, passwordless: sudoers === null ? null : named };
    });
}

const SSHD_SETTINGS = [
  'port',
  'permitrootlogin',
  'passwordauthentication',
  'pubkeyauthentication',
  'permitemptypasswords',
  'kbdinteractiveauthentication',
];

/** The settings that matter; of several the first one counts (sshd_config(5)). */
function sshdSettings(text: string): Readonly<Record<string, string>> {
  const settings = new Map<string, string>();
  for (const line of linesOf(text)) {
    if (/^match\s/i.test(line)) break;
    const [key = '', value = ''] = line.split(/[\s=]+/);
    const name = key.toLowerCase();
    if (SSHD_SETTINGS.includes(name) && !settings.has(name)) settings.set(name, value.toLowerCase());
  }
  return Object.fromEntries(settings);
}

interface BlockDevice {
  readonly type?: unknown;
  readonly mountpoint?: unknown;
  readonly children?: unknown;
}

/** Every mounted file system, and whether an encrypting device lies below it. */
function disksIn(text: string): NonNullable<HostFacts['disks']> {
  const found = new Map<string, boolean>();
  const visit = (devices: unknown, encrypted: boolean, depth: number): void => {
    if (!Array.isArray(devices) || depth > 16) return;
    for (const device of devices as readonly BlockDevice[]) {
      const isEncrypted = encrypted || device.type === 'crypt';
      if (typeof device.mountpoint === 'string' && device.mountpoint.startsWith('/'))
        found.set(device.mountpoint, isEncrypted);
      visit(device.children, isEncrypted, depth + 1);
    }
  };
  visit(parsed(text), false, 0);
  return [...found].map(([mount, encrypted]) => ({ mount, encrypted }));
}

function parsed(text: string): unknown {
  try {
    return (JSON.parse(text) as { blockdevices?: unknown } | null)?.blockdevices;
  } catch {
    return undefined;
  }
}

/** Names of jobs that look like backups; nothing of what they run is kept. */
function backupsIn(text: string): readonly string[] {
  const names =
    text.match(/[\w@.-]*(?:backup|restic|borg|pgbackrest|wal-g|duplicity|kopia|snapper)[\w@.-]*/gi) ?? [];
  // Debian keeps copies of its own lists of packages and users by this timer and this job.
  return [...new Set(names)].filter((name) => !/^dpkg-db-backup/.test(name));
}
