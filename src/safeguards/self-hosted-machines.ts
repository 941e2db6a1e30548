import { secretVariables } from '../environment/self-hosted/secrets.ts';
import {
  COMPOSE_DATABASE,
  COMPOSE_SERVICE,
  HOST,
  isLoopback,
  networksOf,
  publishedPorts,
  serviceWays,
} from '../environment/self-hosted/topology.ts';
import { text } from '../kernel/texts.ts';
import { isTrue } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { get, itemsOf, numberFrom, stringFrom, type Value } from '../model/value.ts';
import { notApplicable, off, on, partial, rollUp, unsure } from './presence.ts';
import type { Presence } from './safeguard.ts';
import type { SelfHostedExtension } from './self-hosted-extension.ts';

const COMPOSE = [COMPOSE_SERVICE, COMPOSE_DATABASE];
const ASK = text('find out with: honmaru collect --host', '確認するには honmaru collect --host');

const STORED = { id: 'stored', name: text('kept apart', '保管') } as const;
const ROTATION = { id: 'rotation', name: text('rotation', 'ローテーション') } as const;

/** Secrets of services: written into the file, handed in by the environment, or mounted as secrets. */
export const secrets: SelfHostedExtension = {
  id: 'secrets-manager',
  name: text('Secrets kept apart (Compose secrets)', '秘密情報の分離(Composeのsecrets)'),
  attachesTo: COMPOSE,
  presence: (_, place) => {
    const { written, handedIn, mounted } = secretVariables(place);
    if (written.length + handedIn.length + mounted.length === 0) return undefined;
    return rollUp([
      { facet: STORED, presence: stored(written, handedIn, mounted) },
      {
        facet: ROTATION,
        presence: unsure(
          text(
            'no file shows whether secrets are changed',
            '秘密情報が変更されているかはファイルから分かりません',
          ),
        ),
        informative: true,
      },
    ]);
  },
  remedy: () =>
    text(
      'move it to the top-level secrets of the Compose file and read it through …_FILE; keep the file out of the repository',
      'Composeファイルの secrets に移して …_FILE で読み込み、そのファイルはリポジトリに入れない',
    ),
};

function stored(written: readonly Value[], handedIn: readonly Value[], mounted: readonly Value[]): Presence {
  const [first] = written;
  if (first)
    return off(text('a secret is written into the file', '秘密情報がファイルに書かれています'), first);
  if (handedIn.length === 0)
    return on(text('secrets are mounted as files', '秘密情報はファイルとして渡されます'), mounted[0]);
  return partial(
    text(
      'secrets come from the environment of whoever starts it; they can be read from the running container',
      '秘密情報は起動時の環境変数から渡され、稼働中のコンテナから読み取れます',
    ),
    handedIn[0],
  );
}

const INSTALL = { id: 'install', name: text('installs patches', 'パッチの適用') } as const;

/** Security updates of a host. */
export const patching: SelfHostedExtension = {
  id: 'patch-manager',
  name: text('Security updates', 'セキュリティ更新'),
  attachesTo: [HOST],
  presence: (_, place) => {
    const packages = get(place.properties, 'Packages');
    const waiting = numberFrom(get(packages, 'security'));
    const unattended = get(place.properties, 'Unattended');
    return rollUp([
      { facet: INSTALL, presence: updates(waiting, isTrue(unattended).is, packages, unattended) },
    ]);
  },
  remedy: () =>
    text(
      'apt-get install unattended-upgrades && dpkg-reconfigure -plow unattended-upgrades',
      'apt-get install unattended-upgrades && dpkg-reconfigure -plow unattended-upgrades',
    ),
};

function updates(
  waiting: number | undefined,
  installs: string,
  packages: Value,
  unattended: Value,
): Presence {
  if (installs === 'yes' && waiting === 0)
    return on(
      text('updates install themselves, and none waits', '更新は自動で適用され、未適用のものはありません'),
      unattended,
    );
  if (installs === 'yes' && waiting !== undefined)
    return partial(
      text(
        `updates install themselves; ${waiting} security updates wait`,
        `更新は自動ですが、セキュリティ更新${waiting}件が未適用です`,
      ),
      packages,
    );
  if (installs === 'no') {
    const rest =
      waiting === undefined
        ? text('', '')
        : text(`; ${waiting} security updates wait`, `。セキュリティ更新${waiting}件が未適用です`);
    return off(
      text(`updates do not install themselves${rest.en}`, `更新は自動で適用されません${rest.ja}`),
      unattended,
    );
  }
  return unsure(ASK, [installs === 'yes' ? packages : unattended]);
}

/** Encryption of the disks of a host. */
export const encryption: SelfHostedExtension = {
  id: 'encryption-at-rest',
  name: text('Disk encryption', 'ディスク暗号化'),
  attachesTo: [HOST],
  presence: (_, place) => {
    const disks = get(place.properties, 'Disks');
    if (disks.kind !== 'list') return unsure(ASK, [disks]);
    const plain = disks.items.filter((disk) => isTrue(get(disk, 'encrypted')).is === 'no');
    const [first] = plain;
    if (disks.items.length === 0) return unsure(ASK, [disks]);
    if (!first)
      return on(
        text('every file system lies on an encrypted disk', 'すべてのファイルシステムが暗号化されています'),
        disks,
      );
    const mount = stringFrom(get(first, 'mount')) ?? '?';
    const because = text(
      `${mount} lies on a disk that is not encrypted by the system (the provider may)`,
      `${mount} はOSでは暗号化されていません(事業者側の暗号化は分かりません)`,
    );
    return plain.length === disks.items.length ? off(because, first) : partial(because, first);
  },
  remedy: () =>
    text(
      'set the machine up anew with LUKS, or order the provider’s encrypted volumes',
      'LUKSで構築し直すか、事業者の暗号化ボリュームを使う',
    ),
};

const RETENTION = { id: 'retention', name: text('backups', 'バックアップ') } as const;

/** Backups of databases: timers and jobs of the host, or a service whose image makes them. */
export const backup: SelfHostedExtension = {
  id: 'backup',
  name: text('Backups', 'バックアップ'),
  attachesTo: [COMPOSE_DATABASE],
  presence: (graph, place) => {
    const service = graph
      .ofType(COMPOSE_SERVICE)
      .find((each) => BACKUP.test(stringFrom(get(each.properties, 'Image')) ?? ''));
    const jobs = graph.ofType(HOST).map((host) => get(host.properties, 'Backups'));
    return rollUp([{ facet: RETENTION, presence: backups(place, service, jobs) }]);
  },
  remedy: () =>
    text(
      'run a dump every day (pg_dump, mysqldump) and send it with restic to another place; try a restore',
      '毎日ダンプ(pg_dump、mysqldump)を取り、resticなどで別の場所に送り、復元を試す',
    ),
};

const BACKUP = /backup|restic|borg|wal-g|pgbackrest|kopia|duplicity/i;

function backups(place: Resource, service: Resource | undefined, jobs: readonly Value[]): Presence {
  if (service)
    return partial(
      text(
        `${service.name} makes backups; whether of ${place.name}, and whether they can be restored, no file shows`,
        `${service.name}がバックアップを行いますが、${place.name}が対象か、復元できるかは分かりません`,
      ),
    );
  const [first] = jobs;
  if (!first) return unsure(ASK);
  const found = jobs.flatMap((each) => itemsOf(each));
  if (found.length > 0)
    return partial(
      text(
        'the host has a job that looks like a backup; whether it can be restored, nobody knows here',
        'バックアップらしき定期処理がありますが、復元できるかは分かりません',
      ),
      found[0],
    );
  if (jobs.some((each) => each.kind !== 'list')) return unsure(ASK, [first]);
  return off(
    text(
      'neither a job of the host nor a service makes backups',
      'バックアップを行う定期処理もサービスもありません',
    ),
    first,
  );
}

const EXPOSURE = { id: 'internet', name: text('from the internet', 'インターネットから') } as const;

/** What listens towards the internet although nobody out there needs it. */
export const exposure: SelfHostedExtension = {
  id: 'network-least-privilege',
  name: text('Ports and firewall', 'ポートとファイアウォール'),
  attachesTo: [...COMPOSE, HOST],
  presence: (graph, place) => {
    const presence =
      place.type === HOST
        ? hostExposure(place)
        : portExposure(
            place,
            serviceWays(graph).some(({ front, service }) => front !== place && service === place),
          );
    return presence && rollUp([{ facet: EXPOSURE, presence }]);
  },
  remedy: (place) =>
    place.type === HOST
      ? text(
          'let only the web ports in (nft, ufw), and SSH from your addresses only',
          'Webのポートだけを許可し(nft、ufw)、SSHは自社のアドレスからに限る',
        )
      : text(
          "publish on the loopback address ('127.0.0.1:5432:5432'), or leave ports away: services reach each other without",
          "ループバックに公開する('127.0.0.1:5432:5432')か、ports を消す(サービス間の通信には不要)",
        ),
};

function portExposure(place: Resource, isBehindSite: boolean): Presence | undefined {
  const [port] = publishedPorts(place);
  if (place.type === COMPOSE_DATABASE) {
    return port
      ? off(
          text(
            `the database's port ${port.published ?? '?'} is published on every address of the host`,
            `データベースのポート${port.published ?? '?'}がホストの全アドレスで公開されています`,
          ),
          port.at,
        )
      : on(text('no port is published', 'ポートは公開されていません'));
  }
  if (!port) return on(text('no port is published', 'ポートは公開されていません'));
  if (isBehindSite)
    return off(
      text(
        `port ${port.published ?? '?'} leads past the web server`,
        `ポート${port.published ?? '?'}がWebサーバを経由せずに届きます`,
      ),
      port.at,
    );
  return notApplicable(text('it is the public entry', '公開の入口です'));
}

const WEB = [80, 443];

function hostExposure(place: Resource): Presence {
  const sockets = get(place.properties, 'Sockets');
  const firewall = get(place.properties, 'Firewall');
  if (sockets.kind !== 'list') return unsure(ASK, [sockets]);
  const open = sockets.items.find((socket) => {
    const port = numberFrom(get(socket, 'port')) ?? 0;
    return (
      !isLoopback(stringFrom(get(socket, 'address')) ?? '') &&
      !WEB.includes(port) &&
      !isClosed(firewall, port)
    );
  });
  if (!open) return on(text('only the web ports are open', 'Webのポートだけが開いています'), sockets);
  const port = numberFrom(get(open, 'port'));
  if (firewall.kind === 'unknown')
    return unsure(
      text(
        `port ${port} listens; the firewall could not be asked`,
        `ポート${port}が待ち受けていますが、ファイアウォールを確認できません`,
      ),
      [firewall],
    );
  return off(text(`port ${port} is open to everybody`, `ポート${port}が全員に開かれています`), open);
}

/** Whether the host's firewall drops what comes in on a port. */
export function isClosed(firewall: Value, port: number): boolean {
  if (isTrue(get(firewall, 'dropsByDefault')).is !== 'yes') return false;
  return !itemsOf(get(firewall, 'openPorts')).some((each) => numberFrom(each) === port);
}

/** Databases on a network of their own. */
export const segmentation: SelfHostedExtension = {
  id: 'segmentation',
  name: text('Networks of their own', 'ネットワークの分離'),
  attachesTo: [COMPOSE_DATABASE],
  presence: (graph, place) => {
    const own = new Set(networksOf(place));
    const entries = new Set(serviceWays(graph).map(({ hops }) => hops[1]?.resource));
    const shared = graph
      .ofType(COMPOSE_SERVICE)
      .find(
        (service) =>
          entries.has(service.id) &&
          service.stack === place.stack &&
          networksOf(service).some((name) => own.has(name)),
      );
    return shared
      ? off(
          text(
            `it shares a network with ${shared.name}, which the internet reaches`,
            `インターネットから届く${shared.name}と同じネットワークにあります`,
          ),
          get(place.properties, 'Networks'),
        )
      : on(
          text(
            'no service that the internet reaches is on its networks',
            'インターネットから届くサービスとは別のネットワークにあります',
          ),
        );
  },
  remedy: () =>
    text(
      'give the proxy and the application one network, the application and the database another (internal: true)',
      'プロキシとアプリケーション、アプリケーションとデータベースを別のネットワーク(後者は internal: true)に分ける',
    ),
};
