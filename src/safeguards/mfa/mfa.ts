import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isOneOf } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { ACCOUNT_TYPE, type Resource } from '../../model/resource.ts';
import { get, itemsOf, referencesIn, stringFrom, type Value } from '../../model/value.ts';
import { accountFact } from '../account-service.ts';
import { runCommand, setProperty } from '../edits.ts';
import { statementsOf } from '../policies.ts';
import { on, partial, presenceOf, unsure } from '../presence.ts';
import { documentsOf } from '../roles.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

/**
 * A second factor for people. Sources: IAM user guide, "AWS Multi-factor authentication in IAM"; Amazon
 * Cognito developer guide, "Adding MFA to a user pool"; Elastic Load Balancing user guide, "Authenticate
 * users using an Application Load Balancer".
 */
export const definition = safeguard({
  id: 'mfa',
  name: text('Multi-factor authentication (MFA)', '多要素認証(MFA)'),
  alsoKnownAs: ['MFA', '多要素認証', '二要素認証', '2FA', 'multi-factor', 'ワンタイムパスワード', 'パスキー'],
  factor: 'credential-leak',
  effect: 'hinder',
  price: 'free',
  stops: text(
    'Signing in with a stolen or guessed password.',
    '盗まれた・推測されたパスワードによるサインイン。',
  ),
  doesNotStop: text(
    'Stolen sessions, access keys that need no second factor, and roles of servers.',
    '盗まれたセッション、第二要素の不要なアクセスキー、サーバーのロール。',
  ),
  confusedWith: text(
    'MFA proves who signs in; least privilege limits what they may do then.',
    'MFAはサインインする人を確かめ、最小権限はその後の操作を限定します。',
  ),
  attachesTo: [
    ACCOUNT_TYPE,
    'AWS::Cognito::UserPool',
    'AWS::IAM::User',
    'AWS::ElasticLoadBalancingV2::Listener',
  ],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  switch (place.type) {
    case ACCOUNT_TYPE:
      return ofAccount(graph);
    case 'AWS::Cognito::UserPool':
      return ofUserPool(place);
    case 'AWS::IAM::User':
      return ofUser(graph, place);
    default:
      return ofListener(graph, place);
  }
}

function ofAccount(graph: ResourceGraph): Presence {
  return accountFact(
    graph,
    'Account::MfaSummary',
    (fact) =>
      presenceOf(isOneOf(property(fact, 'AccountMFAEnabled'), ['1', 'true']), {
        on: text('the root user has a second factor', 'ルートユーザーにMFAが設定されています'),
        off: text('the root user has no second factor', 'ルートユーザーにMFAが設定されていません'),
        unknown: text(
          'whether the root user has a second factor is not decided',
          'ルートユーザーのMFAが未確定です',
        ),
      }),
    {
      what: text("the root user's second factor", 'ルートユーザーのMFA'),
      command: 'aws iam get-account-summary --query SummaryMap.AccountMFAEnabled',
    },
  );
}

function ofUserPool(pool: Resource): Presence {
  const value = property(pool, 'MfaConfiguration');
  if (stringFrom(value) === 'OPTIONAL') {
    return partial(text('each user may do without it', '利用者ごとに任意です'), value);
  }
  return presenceOf(
    isOneOf(value, ['ON']),
    {
      on: text('every user needs a second factor', 'すべての利用者に必須です'),
      off: text('passwords alone are enough', 'パスワードだけでサインインできます'),
      unknown: text('whether a second factor is needed is not decided', 'MFAが必須かどうかが未確定です'),
    },
    value,
  );
}

/** Only users with a console password sign in; their device may also have been set up by hand. */
function ofUser(graph: ResourceGraph, user: Resource): Presence | undefined {
  if (property(user, 'LoginProfile').kind === 'absent') return undefined;
  const devices = graph.referrersOfType(user, 'AWS::IAM::VirtualMFADevice');
  const sure = devices.find((device) => device.exists.is === 'yes');
  if (sure) return on(text(`${sure.name} is their device`, `MFAデバイス${sure.name}があります`));
  if (deniesWithout(graph, user)) {
    return on(
      text('without a second factor everything else is denied', 'MFAがなければ他の操作は拒否されます'),
    );
  }
  return unsure(
    text(
      'no device is declared; find out with: aws iam list-mfa-devices',
      'MFAデバイスの宣言がありません。確認するコマンド: aws iam list-mfa-devices',
    ),
    devices.flatMap((device) => (device.exists.is === 'unknown' ? device.exists.undecided : [])),
  );
}

function deniesWithout(graph: ResourceGraph, user: Resource): boolean {
  const groups = itemsOf(property(user, 'Groups')).flatMap((group) => graph.target(group) ?? []);
  return [user, ...groups]
    .flatMap((holder) => documentsOf(graph, holder))
    .flatMap(({ document }) => statementsOf(document))
    .some(
      (statement) =>
        statement.effect === 'Deny' &&
        stringFrom(firstOf(get(statement.condition, 'BoolIfExists', 'aws:MultiFactorAuthPresent'))) ===
          'false',
    );
}

function firstOf(value: Value): Value {
  return value.kind === 'list' ? get(value, 0) : value;
}

/** A listener that signs people in is as its identity provider; other listeners have no business here. */
function ofListener(graph: ResourceGraph, listener: Resource): Presence | undefined {
  const rules = graph.referrersOfType(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule');
  const actions = [
    property(listener, 'DefaultActions'),
    ...rules.map((rule) => property(rule, 'Actions')),
  ].flatMap(itemsOf);
  const cognito = actions.find((action) => stringFrom(get(action, 'Type')) === 'authenticate-cognito');
  if (cognito) {
    const arn = get(cognito, 'AuthenticateCognitoConfig', 'UserPoolArn');
    const pool = referencesIn(arn)
      .map(({ resource }) => graph.get(resource))
      .find((each) => each?.type === 'AWS::Cognito::UserPool');
    return pool
      ? ofUserPool(pool)
      : unsure(
          text('the user pool is not among what was read', 'ユーザープールが読み取り対象に含まれていません'),
          [arn],
        );
  }
  const oidc = actions.find((action) => stringFrom(get(action, 'Type')) === 'authenticate-oidc');
  return (
    oidc &&
    unsure(text('the identity provider decides', 'IDプロバイダー側の設定で決まります'), [
      get(oidc, 'AuthenticateOidcConfig', 'Issuer'),
    ])
  );
}

function remedyAt(_: ResourceGraph, place: Resource): Remedy {
  if (place.type === 'AWS::Cognito::UserPool') {
    return {
      summary: text('Require a second factor of every user.', 'すべての利用者にMFAを必須にします。'),
      edits: [
        setProperty(place, 'MfaConfiguration', 'ON'),
        setProperty(place, 'EnabledMfas', ['SOFTWARE_TOKEN_MFA']),
      ],
      needs: [text('users who set up an authenticator app', '利用者による認証アプリの設定')],
    };
  }
  return {
    summary: text(
      'Give every person who signs in a second factor.',
      'サインインするすべての人にMFAを設定します。',
    ),
    edits: [
      runCommand(
        'aws iam enable-mfa-device --user-name USER --serial-number DEVICE --authentication-code1 CODE1 --authentication-code2 CODE2',
      ),
    ],
    needs: [
      text(
        'a device or passkey of each person (the root user first)',
        '各自のデバイスまたはパスキー(まずルートユーザー)',
      ),
    ],
  };
}
