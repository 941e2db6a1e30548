import {
  COMPOSE_DATABASE,
  imageName,
  reaches,
  type ServiceWay,
  SITES,
  serviceWays,
} from '../../environment/self-hosted/topology.ts';
import { text } from '../../kernel/texts.ts';
import { all, any, isTrue } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import type { AttackPath } from '../../model/risk.ts';
import { get, itemsOf, stringFrom } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath } from '../paths.ts';
import type { Candidate } from '../rule.ts';
import { threat } from '../threat.ts';
import { ASSUMED_FLAW } from '../web.ts';

/** Stores that no SQL reaches. */
const NO_SQL = /^(?:redis|valkey|memcached|mongo(?:db)?|elasticsearch|opensearch|couchdb|neo4j|influxdb)$/;

function applicationWays(context: RiskContext): readonly ServiceWay[] {
  return serviceWays(context.graph).filter(({ service }) => service.type !== COMPOSE_DATABASE);
}

/** SQL injection: internet → published port → site → application → database. */
export function injection(context: RiskContext): readonly Candidate[] {
  const databases = context.graph
    .ofType(COMPOSE_DATABASE)
    .filter((database) => !NO_SQL.test(imageName(stringFrom(get(database.properties, 'Image')) ?? '')));
  return databases.flatMap((database) => {
    const paths = applicationWays(context).flatMap((way): AttackPath[] => {
      const inner = reaches(way.service, database);
      if (inner.is === 'no') return [];
      const query = at(
        database,
        text(`injected SQL runs in ${database.name}`, `${database.name}で注入されたSQLが実行される`),
      );
      const guards = context.guard('waf', way.front, 'hinder', 'sqli');
      return [attackPath([...way.hops, query], guards, all([way.answer, inner]))];
    });
    if (paths.length === 0) return [];
    return [
      {
        resources: [database.id],
        statement: {
          cause: text(
            `The application that the internet reaches passes input into SQL ${ASSUMED_FLAW.en}`,
            `インターネットから届くアプリケーションが、入力をSQLにそのまま渡す${ASSUMED_FLAW.ja}`,
          ),
          event: text(
            `an attacker injects SQL and reads or changes ${database.name}`,
            `攻撃者がSQLを注入し、${database.name}の内容を読み取る・書き換える`,
          ),
          effect: text('the data in it is disclosed or falsified', '保存された情報が流出または改ざんされる'),
        },
        reaches: [database],
        threat: threat(3),
        paths,
      },
    ];
  });
}

/** A flaw of the application is used: what runs there is the attacker's. */
export function exploit(context: RiskContext): readonly Candidate[] {
  const byService = Map.groupBy(applicationWays(context), ({ service }) => service);
  return [...byService].map(([service, ways]) => ({
    resources: [service.id],
    statement: {
      cause: text(
        `${service.name} has a flaw that a request can use ${ASSUMED_FLAW.en}`,
        `${service.name}にリクエストから悪用できる欠陥がある${ASSUMED_FLAW.ja}`,
      ),
      event: text('an attacker runs code in it', '攻撃者がその中でコードを実行する'),
      effect: text(
        'what the service may read and reach is theirs',
        'サービスが読める情報と届く先がすべて攻撃者のものになる',
      ),
    },
    reaches: [service],
    threat: threat(3),
    paths: ways.map((way) =>
      attackPath(way.hops, context.guard('waf', way.front, 'hinder', 'common'), way.answer),
    ),
  }));
}

/** A flood of requests: there is one machine, and nothing limits what arrives. */
export function flood(context: RiskContext): readonly Candidate[] {
  const byService = Map.groupBy(applicationWays(context), ({ service }) => service);
  return [...byService].map(([service, ways]) => ({
    resources: [service.id],
    statement: {
      cause: text(
        `${service.name} runs once, on one machine`,
        `${service.name}は1台のマシンで1つだけ動いている`,
      ),
      event: text('a flood of requests keeps it busy', '大量のリクエストで処理が埋まる'),
      effect: text('nobody reaches the application', 'アプリケーションが利用できなくなる'),
    },
    reaches: [service],
    threat: threat(3),
    paths: ways.map((way) =>
      attackPath(way.hops, context.guard('waf', way.front, 'hinder', 'rate'), way.answer),
    ),
  }));
}

/** A site that answers over plain HTTP without sending everybody to HTTPS. */
export function plainHttp(context: RiskContext): readonly Candidate[] {
  const plain = serviceWays(context.graph).filter(
    ({ front, tls }) =>
      !tls && isSite(front) && isTrue(get(front.properties, 'RedirectsToHttps')).is !== 'yes',
  );
  return [...Map.groupBy(plain, ({ front }) => front)].map(([front, ways]) => ({
    resources: [front.id],
    statement: {
      cause: text(`${front.name} carries plain HTTP`, `${front.name}が暗号化されていないHTTPを扱う`),
      event: text(
        'somebody on the way (a shared Wi-Fi, a provider) reads or changes requests and answers',
        '経路上の第三者(共用Wi-Fi、回線事業者など)が通信を盗み見る・書き換える',
      ),
      effect: text(
        'passwords, session cookies and personal data of users are disclosed',
        '利用者のパスワード、セッションCookie、個人情報が漏れる',
      ),
    },
    reaches: ways.map(({ service }) => service),
    threat: threat(2, text('the attacker must stand on the way', '攻撃者が通信経路上にいる必要がある')),
    paths: ways.map((way) =>
      attackPath(way.hops, context.guard('tls', front, 'block', 'listener'), way.answer),
    ),
  }));
}

/** A site that accepts versions of TLS that are broken. */
export function oldTls(context: RiskContext): readonly Candidate[] {
  const ways = serviceWays(context.graph).filter(({ front, tls }) => tls && isSite(front));
  return [...Map.groupBy(ways, ({ front }) => front)].flatMap(([front, found]) => {
    const guards = context.guard('tls', front, 'block', 'policy');
    if (guards.every(({ state }) => state === 'on')) return [];
    return [
      {
        resources: [front.id],
        statement: {
          cause: text(`${front.name} accepts old versions of TLS`, `${front.name}が古いTLSを受け付ける`),
          event: text('somebody on the way breaks the encryption', '経路上の第三者が暗号を破る'),
          effect: text('what users send is read', '利用者の送信内容が読み取られる'),
        },
        reaches: found.map(({ service }) => service),
        threat: threat(1),
        paths: found.map((way) => attackPath(way.hops, guards, any([way.answer]))),
      },
    ];
  });
}

function isSite(front: Resource): boolean {
  return (
    (SITES as readonly string[]).includes(front.type) && itemsOf(get(front.properties, 'Listen')).length > 0
  );
}
