import { secretVariables } from '../../environment/self-hosted/secrets.ts';
import {
  COMPOSE_DATABASE,
  COMPOSE_SERVICE,
  HOST,
  internetReaches,
  isLoopback,
  serviceWays,
} from '../../environment/self-hosted/topology.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom, stringFrom, type Value } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, startHop } from '../paths.ts';
import type { Candidate } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** A database whose port the host publishes. */
export function publicDatabase(context: RiskContext): readonly Candidate[] {
  const ways = serviceWays(context.graph).filter(({ service }) => service.type === COMPOSE_DATABASE);
  return [...Map.groupBy(ways, ({ service }) => service)].map(([database, found]) => {
    const guards = context.guard('network-least-privilege', database, 'block', 'internet');
    return {
      resources: [database.id],
      statement: {
        cause: text(
          `the port of ${database.name} is published on every address of the host`,
          `${database.name}のポートがホストの全アドレスで公開されている`,
        ),
        event: text(
          'a stranger tries passwords on it, or uses a flaw of it',
          '第三者がパスワードを試す、または欠陥を悪用する',
        ),
        effect: text(
          'the data in it is disclosed, falsified or held to ransom',
          '保存された情報が流出・改ざんされ、身代金を要求される',
        ),
      },
      reaches: [database],
      threat: threat(3),
      paths: found.map((way) => attackPath(way.hops, guards, way.answer)),
      avoid: {
        guards,
        reason: text(
          'nobody outside needs the port: do not publish it',
          '外部からこのポートを使う必要はない。公開をやめればリスク自体がなくなる',
        ),
      },
    };
  });
}

/** SSH that everybody may knock at. */
export function administration(context: RiskContext): readonly Candidate[] {
  const open = internetReaches(context.graph);
  return context.graph.ofType(HOST).flatMap((host) => {
    const socket = sshSocket(host);
    if (!socket) return [];
    const guards = context.guard('network-least-privilege', host, 'block', 'internet');
    const password = stringFrom(get(host.properties, 'Sshd', 'passwordauthentication'));
    const way =
      password === 'no'
        ? text('SSH takes keys only', 'SSHは鍵認証のみ')
        : text('SSH takes passwords', 'SSHがパスワード認証を受け付ける');
    const knock = at(
      host,
      text(
        `port ${numberFrom(get(socket, 'port'))} of ${host.name} listens; ${way.en}`,
        `${host.name}のポート${numberFrom(get(socket, 'port'))}が待ち受け、${way.ja}`,
      ),
      socket,
    );
    return [
      {
        resources: [host.id],
        statement: {
          cause: text(
            `administration of ${host.name} is open to the internet`,
            `${host.name}の管理用ポートがインターネットに開かれている`,
          ),
          event: text(
            'an attacker signs in with a guessed or stolen credential',
            '攻撃者が推測または盗んだ認証情報でログインする',
          ),
          effect: text(
            'the machine and everything on it is theirs',
            'マシンとその上のすべてが攻撃者のものになる',
          ),
        },
        reaches: [host, ...context.graph.ofType(COMPOSE_DATABASE)],
        threat: threat(password === 'no' ? 2 : 3),
        paths: [attackPath([startHop(), knock], guards, open)],
      },
    ];
  });
}

function sshSocket(host: Resource): Value | undefined {
  const port = Number(stringFrom(get(host.properties, 'Sshd', 'port')) ?? 22);
  return itemsOf(get(host.properties, 'Sockets')).find(
    (socket) =>
      numberFrom(get(socket, 'port')) === port && !isLoopback(stringFrom(get(socket, 'address')) ?? ''),
  );
}

/** A host that the internet reaches and that does not install security updates. */
export function unpatchedHost(context: RiskContext): readonly Candidate[] {
  const open = internetReaches(context.graph);
  return context.graph.ofType(HOST).flatMap((host) => {
    const guards = context.guard('patch-manager', host, 'hinder');
    if (guards.length === 0 || guards.every(({ state }) => state === 'on')) return [];
    const packages = get(host.properties, 'Packages');
    const waiting = numberFrom(get(packages, 'security'));
    const what = text(
      waiting === undefined
        ? `a known flaw of ${host.name} is used`
        : `one of ${waiting} flaws with a waiting update is used on ${host.name}`,
      waiting === undefined
        ? `${host.name}の既知の欠陥が悪用される`
        : `${host.name}で、更新が未適用の欠陥(${waiting}件)のいずれかが悪用される`,
    );
    return [
      {
        resources: [host.id],
        statement: {
          cause: text(
            `security updates of ${host.name} are not installed in time`,
            `${host.name}のセキュリティ更新が適用されない`,
          ),
          event: text('an attacker uses a flaw that is publicly known', '攻撃者が公知の欠陥を悪用する'),
          effect: text(
            'the machine and everything on it is theirs',
            'マシンとその上のすべてが攻撃者のものになる',
          ),
        },
        reaches: [host, ...context.graph.ofType(COMPOSE_DATABASE)],
        threat: threat(3),
        paths: [attackPath([startHop(), at(host, what, packages)], guards, open)],
      },
    ];
  });
}

/** A secret that stands in the Compose file in the clear. */
export function writtenSecret(context: RiskContext): readonly Candidate[] {
  return context.graph.ofType(COMPOSE_SERVICE, COMPOSE_DATABASE).flatMap((service) => {
    const [first] = secretVariables(service).written;
    if (!first) return [];
    const guards = context.guard('secrets-manager', service, 'block', 'stored');
    const what = text(
      `a secret of ${service.name} stands in the file in the clear`,
      `${service.name}の秘密情報がファイルに平文で書かれている`,
    );
    return [
      {
        resources: [service.id],
        statement: {
          cause: text(
            `a password of ${service.name} stands in the Compose file`,
            `${service.name}のパスワードがComposeファイルに書かれている`,
          ),
          event: text(
            'somebody who may read the repository or the server finds it',
            'リポジトリやサーバを読める者が見つける',
          ),
          effect: text(
            'a stranger signs in with it; nobody can tell who used it',
            '第三者がそれを使って接続し、誰が使ったのかも分からない',
          ),
        },
        reaches: [service],
        threat: threat(2),
        paths: [factPath(service, { what, at: first }, guards)],
      },
    ];
  });
}

/** A database without a backup that is known to work. */
export function noBackup(context: RiskContext): readonly Candidate[] {
  return context.graph.ofType(COMPOSE_DATABASE).flatMap((database) => {
    const guards = context.guard('backup', database, 'block', 'retention');
    if (guards.every(({ state }) => state === 'on')) return [];
    const what = text(
      `the data of ${database.name} lies in one volume of one machine`,
      `${database.name}のデータは1台のマシンの1つのボリュームにある`,
    );
    return [
      {
        resources: [database.id],
        statement: {
          cause: text(
            `nothing shows that ${database.name} can be restored`,
            `${database.name}を復元できる裏付けがない`,
          ),
          event: text(
            'a mistake, a broken disk or ransomware destroys the data',
            '操作ミス、ディスク故障、ランサムウェアでデータが失われる',
          ),
          effect: text('the data is lost for good', 'データが永久に失われる'),
        },
        reaches: [database],
        threat: threat(2),
        paths: [factPath(database, { what }, guards)],
      },
    ];
  });
}

/** Disks that anybody reads who gets hold of them. */
export function plainDisks(context: RiskContext): readonly Candidate[] {
  return context.graph.ofType(HOST).flatMap((host) => {
    const guards = context.guard('encryption-at-rest', host, 'block');
    if (guards.every(({ state }) => state === 'on')) return [];
    const what = text(
      `a disk, an image or a snapshot of ${host.name} is read elsewhere`,
      `${host.name}のディスク・イメージ・スナップショットが別の場所で読み取られる`,
    );
    return [
      {
        resources: [host.id],
        statement: {
          cause: text(
            `disks of ${host.name} are not known to be encrypted`,
            `${host.name}のディスクが暗号化されている裏付けがない`,
          ),
          event: text(
            'a medium is stolen, thrown away, or copied by the provider',
            '媒体が盗難・廃棄・複製される',
          ),
          effect: text('what lies on it is disclosed', '保存された情報が流出する'),
        },
        reaches: [host, ...context.graph.ofType(COMPOSE_DATABASE)],
        threat: threat(1),
        paths: [factPath(host, { what, at: get(host.properties, 'Disks') }, guards)],
      },
    ];
  });
}
