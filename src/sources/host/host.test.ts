import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InputError } from '../../kernel/errors.ts';
import { get } from '../../model/value.ts';
import { hostFacts } from './facts.ts';
import { readHost } from './read-host.ts';
import { HOST_QUESTIONS, type HostAnswer, hostAnswers, hostScript } from './script.ts';

const AT = '2026-11-24T00:00:00.000Z';
const said = (answers: Readonly<Record<string, string | number>>) =>
  hostFacts(
    new Map(
      Object.entries(answers).map(([name, answer]): [string, HostAnswer] => [
        name,
        typeof answer === 'number' ? { code: answer, text: '' } : { code: 0, text: answer },
      ]),
    ),
    AT,
  );

describe('facts of a host', () => {
  test('the script only reads, and its output comes apart again', () => {
    const writing =
      /(?:^|[\s;|&(])(?:rm|mv|cp|tee|dd|kill|reboot|useradd|passwd|chmod|chown|mkdir|touch|systemctl (?:start|stop|restart|enable))\s/;
    for (const [name, command] of Object.entries(HOST_QUESTIONS)) {
      assert.ok(!writing.test(command), name);
      assert.ok(!/(?<!2)>(?!\/dev\/null)/.test(command.replaceAll('2>/dev/null', '')), name);
    }
    assert.ok(hostScript().includes('@@honmaru ask sockets'));
    const answers = hostAnswers(
      'noise\n@@honmaru ask name\nvm\n@@honmaru end 0\n@@honmaru ask sshd\n@@honmaru end 1\n@@honmaru ask users\ncut',
    );
    assert.deepEqual(
      [...answers],
      [
        ['name', { code: 0, text: 'vm\n' }],
        ['sshd', { code: 1, text: '' }],
      ],
    );
  });

  test('sockets, users, disks, updates, jobs', () => {
    const facts = said({
      name: 'web-1\n',
      system: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n',
      addresses: '2: eth0    inet 203.0.113.7/24 brd …\n2: eth0    inet6 2001:db8::7/64 scope global\n',
      installed: 'a\nb\n',
      updates:
        'Reading package lists...\nInst openssl [1] (2 Debian-Security:12/stable-security [amd64])\nInst vim [1] (2 Debian:12/stable [amd64])\nConf openssl\n',
      unattended: 'unattended-upgrades 2.9\nAPT::Periodic::Unattended-Upgrade "1";\n',
      sockets:
        'LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=1,fd=3))\nLISTEN 0 5 [::1]:631 [::]:*\nLISTEN 0 1 *:80 *:*\n',
      users:
        'root:x:0:0::/root:/bin/bash\ndeploy:x:1000:1000::/home/deploy:/bin/sh\nwww:x:33:33::/:/usr/sbin/nologin\n',
      groups: 'sudo:x:27:deploy\n',
      passwordless: '# x ALL=NOPASSWD\ndeploy ALL=(ALL) NOPASSWD: ALL\n',
      sshd: 'Port 22\nPasswordAuthentication yes\nMatch User x\nPermitRootLogin yes\n',
      disks:
        '{"blockdevices":[{"name":"sda","type":"disk","mountpoint":null,"children":[{"name":"sda1","type":"part","mountpoint":"/boot"},{"name":"c","type":"crypt","mountpoint":"/"}]}]}',
      timers:
        'Mon … restic-backup.timer restic-backup.service\nMon … dpkg-db-backup.timer dpkg-db-backup.service\n',
      nftables:
        'table inet filter {\n chain input {\n type filter hook input priority 0; policy drop;\n tcp dport { 80, 443 } accept\n ip saddr 10.0.0.0/8 tcp dport 22 accept\n }\n}\n',
    });
    assert.deepEqual(facts.addresses, ['203.0.113.7', '2001:db8::7']);
    assert.deepEqual(facts.packages, { installed: 2, security: 1, names: ['openssl'] });
    assert.equal(facts.unattended, true);
    assert.deepEqual(facts.sockets, [
      { address: '0.0.0.0', port: 22, process: 'sshd' },
      { address: '::1', port: 631, process: null },
      { address: '0.0.0.0', port: 80, process: null },
    ]);
    assert.deepEqual(facts.users, [
      { name: 'root', sudo: true, passwordless: false },
      { name: 'deploy', sudo: true, passwordless: true },
    ]);
    assert.deepEqual(facts.sshd, { port: '22', passwordauthentication: 'yes' });
    assert.deepEqual(facts.disks, [
      { mount: '/boot', encrypted: false },
      { mount: '/', encrypted: true },
    ]);
    assert.deepEqual(facts.backups, ['restic-backup.timer', 'restic-backup.service']);
    assert.deepEqual(facts.firewall, { kind: 'nftables', dropsByDefault: true, openPorts: [80, 443] });
  });

  test('ufw and iptables; none where no tool is there; a gap where one does not answer', () => {
    const firewall = (answers: Readonly<Record<string, string | number>>) => said(answers).firewall;
    assert.deepEqual(
      firewall({
        ufw: 'Status: active\nDefault: deny (incoming), allow (outgoing)\n22/tcp ALLOW IN Anywhere\n5432/tcp ALLOW IN 10.0.0.0/8\n',
      }),
      { kind: 'ufw', dropsByDefault: true, openPorts: [22] },
    );
    assert.deepEqual(
      firewall({ nftables: 127, iptables: '-P INPUT DROP\n-A INPUT -p tcp -m tcp --dport 443 -j ACCEPT\n' }),
      {
        kind: 'iptables',
        dropsByDefault: true,
        openPorts: [443],
      },
    );
    assert.deepEqual(firewall({ ufw: 127, nftables: 127, iptables: 127 })?.kind, 'none');
    const refused = said({ ufw: 1, nftables: 1, iptables: 4 });
    assert.equal(refused.firewall, null);
    assert.ok(refused.gaps.some(({ what }) => what === 'firewall'));
  });

  test('silence is unknown, and a newer file is refused', () => {
    const facts = said({ name: 'web-1' });
    const text = JSON.stringify(facts);
    const { resource, notes } = readHost({ path: 'host.json', text });
    assert.equal(get(resource.properties, 'Sockets').kind, 'unknown');
    assert.ok(notes.length > 5);
    assert.throws(
      () => readHost({ path: 'host.json', text: text.replace('host/1', 'host/2') }),
      (error) => error instanceof InputError && error.code === 'host-version',
    );
    assert.throws(() => readHost({ path: 'host.json', text: text.slice(0, 80) }), InputError);
  });
});
