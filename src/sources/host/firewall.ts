import type { HostFacts } from './host.ts';
import type { HostAnswer } from './script.ts';

/**
 * The firewall for what comes in, from the first tool that answers with rules: ufw, nftables, iptables.
 * None of them there is no firewall; there and not answering is a gap.
 */
export function firewallFrom(
  answers: ReadonlyMap<string, HostAnswer>,
  gaps: { what: string; error: string }[],
): HostFacts['firewall'] {
  const ufw = answers.get('ufw');
  if (ufw?.code === 0 && /^Status: active/m.test(ufw.text)) return fromUfw(ufw.text);
  const nftables = answers.get('nftables');
  if (nftables?.code === 0 && /hook input/.test(nftables.text)) return fromNftables(nftables.text);
  const iptables = answers.get('iptables');
  if (iptables?.code === 0 && iptables.text.trim() !== '') return fromIptables(iptables.text);
  const asked = [ufw, nftables, iptables];
  if (nftables?.code === 0 || asked.every((each) => each?.code === 127)) {
    return { kind: 'none', dropsByDefault: false, openPorts: [] };
  }
  gaps.push({ what: 'firewall', error: 'its rules were not shown' });
  return null;
}

/** `22/tcp ALLOW IN Anywhere`; rules for certain addresses open nothing to everybody. */
function fromUfw(text: string): HostFacts['firewall'] {
  const openPorts = text
    .split('\n')
    .flatMap((line) => /^(\d{1,5})(?:\/tcp)?\s+ALLOW(?: IN)?\s+Anywhere/.exec(line)?.[1] ?? []);
  return {
    kind: 'ufw',
    dropsByDefault: /^Default: (?:deny|reject) \(incoming\)/m.test(text),
    openPorts: numbers(openPorts),
  };
}

function fromNftables(text: string): HostFacts['firewall'] {
  const dropsByDefault = /hook input [^}]*?policy drop;/.test(text);
  const openPorts = text
    .split('\n')
    .filter((line) => /\baccept\b/.test(line) && !/\bsaddr\b/.test(line))
    .flatMap((line) => /\btcp dport (?:\{([^}]*)\}|(\d{1,5}))/.exec(line)?.slice(1) ?? [])
    .flatMap((ports) => (ports ?? '').match(/\d{1,5}/g) ?? []);
  return { kind: 'nftables', dropsByDefault, openPorts: numbers(openPorts) };
}

function fromIptables(text: string): HostFacts['firewall'] {
  const lines = text.split('\n');
  const endsInDrop = /-j (?:DROP|REJECT)\b/.test(lines.filter((line) => line.startsWith('-A')).at(-1) ?? '');
  const openPorts = lines
    .filter((line) => /-j ACCEPT\b/.test(line) && !/\s-s\s/.test(line))
    .flatMap((line) => /--dports? ([\d,]+)/.exec(line)?.[1]?.split(',') ?? []);
  return {
    kind: 'iptables',
    dropsByDefault: /^-P INPUT DROP/m.test(text) || endsInDrop,
    openPorts: numbers(openPorts),
  };
}

function numbers(words: readonly string[]): readonly number[] {
  return [...new Set(words.map(Number))].sort((a, b) => a - b);
}
