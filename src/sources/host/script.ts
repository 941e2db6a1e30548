/** The questions to a host, by name: each a command that only reads. */
export const HOST_QUESTIONS: Readonly<Record<string, string>> = {
  name: 'uname -n',
  system: 'cat /etc/os-release',
  addresses: 'ip -o addr show scope global',
  installed:
    "if command -v dpkg-query >/dev/null; then dpkg-query -W -f '${Package}\\n'; else rpm -qa --qf '%{NAME}\\n'; fi",
  // A simulation: it takes no lock, fetches nothing and changes nothing.
  updates:
    'if command -v apt-get >/dev/null; then LC_ALL=C apt-get -s -o Debug::NoLocking=true dist-upgrade; else LC_ALL=C dnf -q --cacheonly updateinfo list --security; fi',
  unattended:
    'if command -v apt-config >/dev/null; then dpkg-query -W unattended-upgrades && apt-config dump APT::Periodic::Unattended-Upgrade; else systemctl is-enabled dnf-automatic.timer; fi',
  sockets: 'ss -H -l -t -n -p',
  nftables: 'nft list ruleset',
  iptables: 'iptables -S INPUT',
  ufw: 'LC_ALL=C ufw status verbose',
  users: 'getent passwd',
  groups: 'getent group',
  passwordless: 'grep -hE "NOPASSWD" /etc/sudoers /etc/sudoers.d/*; test -r /etc/sudoers',
  sshd: 'sshd -T 2>/dev/null || cat /etc/ssh/sshd_config.d/*.conf /etc/ssh/sshd_config',
  disks: 'lsblk -J -o NAME,TYPE,MOUNTPOINT',
  timers: 'systemctl list-timers --all --no-legend --no-pager',
  cron: 'ls /etc/cron.d /etc/cron.daily /etc/cron.weekly',
};

const MARK = '@@honmaru';

/** One shell script that asks every question, each with a mark, its answer and its exit code. */
export function hostScript(): string {
  const asked = Object.entries(HOST_QUESTIONS).map(
    ([name, command]) => `echo '${MARK} ask ${name}'\n( ${command} ) 2>/dev/null\necho "${MARK} end $?"`,
  );
  return `PATH=/usr/local/sbin:/usr/sbin:/sbin:$PATH\n${asked.join('\n')}\n`;
}

/** What a host answered to one question. */
export interface HostAnswer {
  readonly code: number;
  readonly text: string;
}

/** Takes the output of the script apart; a question whose end is missing has no answer. */
export function hostAnswers(output: string): ReadonlyMap<string, HostAnswer> {
  const answers = new Map<string, HostAnswer>();
  for (const part of output.split(`${MARK} ask `).slice(1)) {
    const line = part.indexOf('\n');
    const name = part.slice(0, line).trim();
    const end = part.lastIndexOf(`${MARK} end `);
    if (end < 0 || !Object.hasOwn(HOST_QUESTIONS, name)) continue;
    const code = Number.parseInt(part.slice(end + MARK.length + 5), 10);
    answers.set(name, { code: Number.isNaN(code) ? 1 : code, text: part.slice(line + 1, end) });
  }
  return answers;
}
