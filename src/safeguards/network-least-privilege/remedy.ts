import type { ResourceGraph } from '../../environment/graph.ts';
import { DATABASE_TYPES, databasePort, placementOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { itemsOf } from '../../model/value.ts';
import { ref, runCommand, setProperty } from '../edits.ts';
import { property } from '../values.ts';
import { type Admission, admissionsOf } from './admission.ts';
import { EXPOSURE, exposureRemedy } from './exposure.ts';

/** Narrows the rules of a group, of a server's groups, or of a database's. */
export function networkRemedy(graph: ResourceGraph, place: Resource, facets: readonly string[] = []): Remedy {
  if (place.type === 'AWS::Lambda::Url') {
    return {
      summary: text(
        'Require a permission of IAM to call the function.',
        '関数の呼び出しにIAMの権限を必須にします。',
      ),
      edits: [setProperty(place, 'AuthType', 'AWS_IAM')],
      needs: [text('callers that sign their requests', 'リクエストに署名する呼び出し元')],
    };
  }
  const database = databaseBehind(graph, place);
  if (database) return databaseRemedy(graph, database);
  const groups =
    place.type === 'AWS::EC2::SecurityGroup'
      ? [place]
      : placementOf(graph, place).groups.map(({ resource }) => resource);
  const wantsClosed = facets.includes(EXPOSURE);
  if (!wantsClosed) return serverRemedy(graph, groups);
  const closed = exposureRemedy(graph, groups);
  return facets.length === 1 ? closed : joined(serverRemedy(graph, groups), closed);
}

/**
 * The database that the place is, or that alone uses the group: taking the rules of such a group away would
 * cut the application off. A group that servers share with a database keeps its other rules.
 */
function databaseBehind(graph: ResourceGraph, place: Resource): Resource | undefined {
  if (isDatabase(place)) return place;
  if (place.type !== 'AWS::EC2::SecurityGroup') return undefined;
  const users = graph
    .referrers(place)
    .map(({ resource }) => resource)
    .filter(({ type }) => !type.startsWith('AWS::EC2::SecurityGroup'));
  return users.every(isDatabase) ? users[0] : undefined;
}

function isDatabase({ type }: Resource): boolean {
  return DATABASE_TYPES.some((each) => each === type);
}

/** Both remedies; what both would do to the same rule is done as the second says. */
function joined(one: Remedy, other: Remedy): Remedy {
  const key = (edit: Edit) =>
    'path' in edit ? `${edit.resource} ${edit.path.slice(0, 2).join('.')}` : JSON.stringify(edit);
  const taken = new Set(other.edits.map(key));
  return {
    summary: text(`${one.summary.en} ${other.summary.en}`, `${one.summary.ja}${other.summary.ja}`),
    edits: [...other.edits, ...one.edits.filter((edit) => !taken.has(key(edit)))],
    needs: [...new Set([...(one.needs ?? []), ...(other.needs ?? [])])],
  };
}

/** Everybody's administration ports go away; people connect through Session Manager instead. */
function serverRemedy(graph: ResourceGraph, groups: readonly Resource[]): Remedy {
  const edits = groups.flatMap((group) => withoutWideRules(graph, group));
  return {
    summary: text(
      'Remove the rules that admit everybody (other than to web ports) or the whole network; use Session Manager to sign in to servers.',
      '誰にでも(Webのポート以外を)開いたルールやネットワーク全体を許可するルールを削除し、サーバーへの接続にはSession Managerを使います。',
    ),
    edits: edits.length > 0 ? edits : [runCommand('aws ec2 describe-security-groups')],
    needs: [
      text('who still needs the closed ports, and from where', '閉じるポートを使っている人と接続元の確認'),
    ],
  };
}

function withoutWideRules(graph: ResourceGraph, group: Resource): readonly Edit[] {
  const wide = new Set(
    admissionsOf(graph, group)
      .filter((each) => each.width === 'network' || (each.width === 'internet' && !isWeb(each)))
      .map((each) => each.at),
  );
  const inline = itemsOf(property(group, 'SecurityGroupIngress'));
  const indexes = inline.flatMap((rule, index) => (wide.has(rule) ? [index] : []));
  // From the last to the first, so that the indexes before stay true.
  return indexes.reverse().map((index) => ({
    kind: 'remove-property' as const,
    resource: group.id,
    path: ['SecurityGroupIngress', String(index)],
  }));
}

function isWeb({ ports }: Admission): boolean {
  return ports.from === ports.to && [80, 443].includes(ports.from);
}

/** Admits the security groups of the servers that use the database, and nobody else. */
function databaseRemedy(graph: ResourceGraph, database: Resource): Remedy {
  const port = databasePort(graph, database) ?? 3306;
  const group = placementOf(graph, database).groups.map(({ resource }) => resource)[0];
  const sources = clientGroups(graph, database);
  return {
    summary: text(
      'Admit only the security group of the application to the database.',
      'データベースへの接続を、アプリケーションのセキュリティグループだけに許可します。',
    ),
    edits:
      group?.type === 'AWS::EC2::SecurityGroup' && sources.length > 0
        ? [
            setProperty(
              group,
              'SecurityGroupIngress',
              sources.map((source) => ({
                IpProtocol: 'tcp',
                FromPort: port,
                ToPort: port,
                SourceSecurityGroupId: ref(source),
              })),
            ),
          ]
        : [],
    needs:
      sources.length > 0
        ? []
        : [text('the security group of the application', 'アプリケーションのセキュリティグループ')],
  };
}

/** The groups of the servers that name the database, else of all servers that stand in its VPC. */
function clientGroups(graph: ResourceGraph, database: Resource): readonly Resource[] {
  const naming = graph.referrersOfType(
    database,
    'AWS::EC2::Instance',
    'AWS::EC2::LaunchTemplate',
    'AWS::ECS::TaskDefinition',
    'AWS::Lambda::Function',
  );
  const groups = naming
    .flatMap((client) => placementOf(graph, client).groups.map(({ resource }) => resource))
    .filter((group) => group.type === 'AWS::EC2::SecurityGroup');
  return [...new Map(groups.map((group) => [group.id, group])).values()];
}
