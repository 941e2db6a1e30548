import type { Edit, EditValue } from '../../model/remedy.ts';
import {
  encodedFor,
  type Hcl,
  indented,
  isMap,
  literalOf,
  quoted,
  type ReferenceWriter,
} from './hcl-words.ts';

type AddResource = Extract<Edit, { readonly kind: 'add-resource' }>;
type Properties = { readonly [key: string]: EditValue };

/** A block of its own before it has its first and last line. */
export interface SpecialBlock {
  readonly type: string;
  readonly name: string;
  readonly inner: readonly string[];
}

/**
 * Added resources whose shape in Terraform is no renaming of CloudFormation's (Terraform AWS provider
 * documentation, the page of each resource): undefined where the table of the readers has the words.
 */
export function specialBlocks(
  edit: AddResource,
  name: string,
  write: ReferenceWriter,
): readonly SpecialBlock[] | undefined {
  const make = Object.hasOwn(SPECIAL, edit.type) ? SPECIAL[edit.type] : undefined;
  return make?.(new Writer(edit.properties, write), name);
}

class Writer {
  readonly properties: Properties;
  readonly #write: ReferenceWriter;

  constructor(properties: Properties, write: ReferenceWriter) {
    this.properties = properties;
    this.#write = write;
  }

  /** `argument = literal`; nothing where the property is not set, undefined where it has no words. */
  line(argument: string, value: EditValue | undefined): Hcl {
    if (value === undefined) return [];
    const literal = literalOf(value, this.#write);
    return literal === undefined ? undefined : [`${argument} = ${literal}`];
  }

  json(argument: string, value: EditValue): Hcl {
    return encodedFor(argument, value, this.#write);
  }

  block(name: string, ...parts: readonly Hcl[]): Hcl {
    const inner = lines(...parts);
    return inner && [`${name} {`, ...indented(inner), '}'];
  }
}

/** All lines, or undefined where some part has no words. */
function lines(...parts: readonly Hcl[]): Hcl {
  const all: string[] = [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    all.push(...part);
  }
  return all;
}

function made(type: string, name: string, ...parts: readonly Hcl[]): SpecialBlock | undefined {
  const inner = lines(...parts);
  return inner && { type, name, inner };
}

function whole(...blocks: readonly (SpecialBlock | undefined)[]): readonly SpecialBlock[] | undefined {
  const all = blocks.filter((block) => block !== undefined);
  return all.length === blocks.length ? all : undefined;
}

function mapOf(value: EditValue | undefined): Properties {
  return isMap(value) ? value : {};
}

function listOf(value: EditValue | undefined): readonly EditValue[] {
  return Array.isArray(value) ? value : [];
}

/** Terraform's attribute `arn` of a log group is what CloudFormation has to put together. */
function groupArn(value: EditValue): EditValue {
  const written = mapOf(value)['Fn::Sub'];
  const group = typeof written === 'string' ? /:log-group:\$\{(\w+)\}$/.exec(written)?.[1] : undefined;
  return group === undefined ? value : { 'Fn::GetAtt': [group, 'Arn'] };
}

type Maker = (writer: Writer, name: string) => readonly SpecialBlock[] | undefined;

const SPECIAL: Readonly<Record<string, Maker>> = {
  'AWS::CertificateManager::Certificate': certificate,
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::Budgets::Budget': budget,
  'AWS::Logs::MetricFilter': (w, name) =>
    whole(
      made(
        'aws_cloudwatch_log_metric_filter',
        name,
        [`name = ${quoted(name)}`],
        w.line('log_group_name', w.properties.LogGroupName),
        w.line('pattern', w.properties.FilterPattern),
        ...listOf(w.properties.MetricTransformations).map((each) =>
          w.block(
            'metric_transformation',
            w.line('name', mapOf(each).MetricName),
            w.line('namespace', mapOf(each).MetricNamespace),
            w.line('value', mapOf(each).MetricValue),
          ),
        ),
      ),
    ),
  'AWS::CloudWatch::Alarm': (w, name) =>
    whole(
      made(
        'aws_cloudwatch_metric_alarm',
        name,
        [`alarm_name = ${quoted(name)}`],
        ...ALARM.map(([property, argument]) => w.line(argument, w.properties[property])),
      ),
    ),
  'AWS::Config::ConfigurationRecorder': (w, name) =>
    whole(
      made(
        'aws_config_configuration_recorder',
        name,
        w.line('role_arn', w.properties.RoleARN),
        w.block(
          'recording_group',
          w.line('all_supported', mapOf(w.properties.RecordingGroup).AllSupported),
          w.line(
            'include_global_resource_types',
            mapOf(w.properties.RecordingGroup).IncludeGlobalResourceTypes,
          ),
        ),
      ),
      made('aws_config_configuration_recorder_status', name, [
        `name = aws_config_configuration_recorder.${name}.name`,
        'is_enabled = true',
        'depends_on = [aws_config_delivery_channel.config_delivery]',
      ]),
    ),
  'AWS::SNS::Topic': (w, name) =>
    whole(
      made('aws_sns_topic', name, w.line('kms_master_key_id', w.properties.KmsMasterKeyId)),
      ...listOf(w.properties.Subscription).map((each, index) =>
        made(
          'aws_sns_topic_subscription',
          index === 0 ? name : `${name}_${index + 1}`,
          [`topic_arn = aws_sns_topic.${name}.arn`],
          w.line('protocol', mapOf(each).Protocol),
          w.line('endpoint', mapOf(each).Endpoint),
        ),
      ),
    ),
  'AWS::SNS::TopicPolicy': (w, name) =>
    whole(
      made(
        'aws_sns_topic_policy',
        name,
        w.line('arn', listOf(w.properties.Topics)[0]),
        w.json('policy', w.properties.PolicyDocument ?? null),
      ),
    ),
  'AWS::Events::Rule': (w, name) =>
    whole(
      made('aws_cloudwatch_event_rule', name, w.json('event_pattern', w.properties.EventPattern ?? null)),
      ...listOf(w.properties.Targets).map((each, index) =>
        made(
          'aws_cloudwatch_event_target',
          index === 0 ? name : `${name}_${index + 1}`,
          [`rule = aws_cloudwatch_event_rule.${name}.name`],
          w.line('arn', mapOf(each).Arn),
        ),
      ),
    ),
  'AWS::WAFv2::LoggingConfiguration': (w, name) =>
    whole(
      made(
        'aws_wafv2_web_acl_logging_configuration',
        name,
        w.line('resource_arn', w.properties.ResourceArn),
        w.line('log_destination_configs', listOf(w.properties.LogDestinationConfigs).map(groupArn)),
        ...listOf(w.properties.RedactedFields).map((each) =>
          w.block(
            'redacted_fields',
            w.block('single_header', w.line('name', mapOf(mapOf(each).SingleHeader).Name)),
          ),
        ),
      ),
    ),
  'AWS::EC2::FlowLog': (w, name) =>
    w.properties.ResourceType === 'VPC'
      ? whole(
          made(
            'aws_flow_log',
            name,
            w.line('vpc_id', w.properties.ResourceId),
            w.line('traffic_type', w.properties.TrafficType),
            w.line('log_destination', arnOf(w.properties.LogGroupName)),
            w.line('iam_role_arn', w.properties.DeliverLogsPermissionArn),
          ),
        )
      : undefined,
  'AWS::SSM::Association': (w, name) =>
    whole(
      made(
        'aws_ssm_association',
        name,
        w.line('name', w.properties.Name),
        w.line('association_name', w.properties.AssociationName),
        w.line('schedule_expression', w.properties.ScheduleExpression),
        w.line('parameters', onlyFirst(mapOf(w.properties.Parameters))),
        ...listOf(w.properties.Targets).map((each) =>
          w.block('targets', w.line('key', mapOf(each).Key), w.line('values', mapOf(each).Values)),
        ),
      ),
    ),
  'AWS::IAM::Policy': (w, name) =>
    whole(
      ...listOf(w.properties.Roles).map((role, index) =>
        made(
          'aws_iam_role_policy',
          index === 0 ? name : `${name}_${index + 1}`,
          w.line('name', w.properties.PolicyName),
          w.line('role', role),
          w.json('policy', w.properties.PolicyDocument ?? null),
        ),
      ),
    ),
  'AWS::IAM::ManagedPolicy': (w, name) =>
    whole(
      made(
        'aws_iam_policy',
        name,
        w.line('description', w.properties.Description),
        w.json('policy', w.properties.PolicyDocument ?? null),
      ),
      ...listOf(w.properties.Roles).map((role, index) =>
        made(
          'aws_iam_role_policy_attachment',
          index === 0 ? name : `${name}_${index + 1}`,
          w.line('role', role),
          [`policy_arn = aws_iam_policy.${name}.arn`],
        ),
      ),
    ),
  'AWS::RDS::DBParameterGroup': (w, name) => parameterGroup('aws_db_parameter_group', w, name),
  'AWS::RDS::DBClusterParameterGroup': (w, name) =>
    parameterGroup('aws_rds_cluster_parameter_group', w, name),
};

const ALARM: readonly (readonly [property: string, argument: string])[] = [
  ['Namespace', 'namespace'],
  ['MetricName', 'metric_name'],
  ['Statistic', 'statistic'],
  ['Period', 'period'],
  ['EvaluationPeriods', 'evaluation_periods'],
  ['Threshold', 'threshold'],
  ['ComparisonOperator', 'comparison_operator'],
  ['TreatMissingData', 'treat_missing_data'],
  ['AlarmActions', 'alarm_actions'],
];

/** Terraform takes the group's ARN where CloudFormation takes its name. */
function arnOf(reference: EditValue | undefined): EditValue | undefined {
  const name = mapOf(reference).Ref;
  return typeof name === 'string' ? { 'Fn::GetAtt': [name, 'Arn'] } : reference;
}

/** Terraform has one value where CloudFormation has a list. */
function onlyFirst(parameters: Properties): EditValue {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, listOf(value)[0] ?? value]),
  );
}

function parameterGroup(type: string, w: Writer, name: string): readonly SpecialBlock[] | undefined {
  return whole(
    made(
      type,
      name,
      w.line('family', w.properties.Family),
      w.line('description', w.properties.Description),
      ...Object.entries(mapOf(w.properties.Parameters)).map(([key, value]) =>
        w.block('parameter', [`name = ${quoted(key)}`], w.line('value', value)),
      ),
    ),
  );
}

/** With a hosted zone the validation record is written as well, and the listener waits for it. */
function certificate(w: Writer, name: string): readonly SpecialBlock[] | undefined {
  const zone = listOf(w.properties.DomainValidationOptions).map((each) => mapOf(each).HostedZoneId)[0];
  const own = made(
    'aws_acm_certificate',
    name,
    w.line('domain_name', w.properties.DomainName),
    w.line('validation_method', w.properties.ValidationMethod),
    ['lifecycle {', '  create_before_destroy = true', '}'],
  );
  // It waits until the certificate is there: what uses one that is not yet validated cannot be made.
  const validated = (...fqdns: readonly string[]) =>
    made('aws_acm_certificate_validation', name, [
      `certificate_arn = aws_acm_certificate.${name}.arn`,
      ...fqdns,
    ]);
  if (zone === undefined) return whole(own, validated());
  const options = `tolist(aws_acm_certificate.${name}.domain_validation_options)[0]`;
  return whole(
    own,
    made('aws_route53_record', name, w.line('zone_id', zone), [
      `name = ${options}.resource_record_name`,
      `type = ${options}.resource_record_type`,
      `records = [${options}.resource_record_value]`,
      'ttl = 300',
    ]),
    validated(`validation_record_fqdns = [aws_route53_record.${name}.fqdn]`),
  );
}

function listener(w: Writer, name: string): readonly SpecialBlock[] | undefined {
  const certificateArn = mapOf(listOf(w.properties.Certificates)[0]).CertificateArn;
  return whole(
    made(
      'aws_lb_listener',
      name,
      w.line('load_balancer_arn', w.properties.LoadBalancerArn),
      w.line('port', w.properties.Port),
      w.line('protocol', w.properties.Protocol),
      w.line('ssl_policy', w.properties.SslPolicy),
      w.line('certificate_arn', certificateArn),
      ...listOf(w.properties.DefaultActions).map((each) => listenerAction(w, mapOf(each))),
    ),
  );
}

function listenerAction(w: Writer, action: Properties): Hcl {
  if (action.Type === 'forward') {
    return w.block(
      'default_action',
      w.line('type', 'forward'),
      w.line('target_group_arn', action.TargetGroupArn),
    );
  }
  if (action.Type !== 'fixed-response') return undefined;
  const response = mapOf(action.FixedResponseConfig);
  return w.block(
    'default_action',
    w.line('type', 'fixed-response'),
    w.block(
      'fixed_response',
      w.line('content_type', response.ContentType ?? 'text/plain'),
      w.line('status_code', response.StatusCode),
    ),
  );
}

function budget(w: Writer, name: string): readonly SpecialBlock[] | undefined {
  const about = mapOf(w.properties.Budget);
  const limit = mapOf(about.BudgetLimit);
  const amount = limit.Amount;
  return whole(
    made(
      'aws_budgets_budget',
      name,
      w.line('budget_type', about.BudgetType),
      w.line('time_unit', about.TimeUnit),
      w.line('limit_amount', typeof amount === 'number' ? String(amount) : amount),
      w.line('limit_unit', limit.Unit),
      ...listOf(w.properties.NotificationsWithSubscribers).map((each) => notification(w, mapOf(each))),
    ),
  );
}

function notification(w: Writer, each: Properties): Hcl {
  const about = mapOf(each.Notification);
  const addresses = listOf(each.Subscribers).map((subscriber) => mapOf(subscriber).Address ?? null);
  return w.block(
    'notification',
    w.line('notification_type', about.NotificationType),
    w.line('comparison_operator', about.ComparisonOperator),
    w.line('threshold', about.Threshold),
    w.line('threshold_type', 'PERCENTAGE'),
    w.line('subscriber_email_addresses', addresses),
  );
}
