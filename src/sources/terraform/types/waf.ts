import { block, blocks, type Fields, tags } from '../translate/fields.ts';
import { type } from '../translate/type-mapping.ts';

/** `allow {}`, `count {}` and their like: an empty map under the action's name. */
const ACTION: Fields = Object.fromEntries(
  ['allow', 'block', 'count', 'captcha', 'challenge', 'none'].map((word) => [
    word,
    block(word.charAt(0).toUpperCase() + word.slice(1), {}),
  ]),
);

const FIELD_TO_MATCH: Fields = {
  all_query_arguments: block('AllQueryArguments', {}),
  body: block('Body', { oversize_handling: 'OversizeHandling' }),
  json_body: block('JsonBody', { oversize_handling: 'OversizeHandling', match_scope: 'MatchScope' }),
  query_string: block('QueryString', {}),
  uri_path: block('UriPath', {}),
  method: block('Method', {}),
  single_header: block('SingleHeader', { name: 'Name' }),
  single_query_argument: block('SingleQueryArgument', { name: 'Name' }),
};

const TRANSFORMATIONS = blocks('TextTransformations', { priority: 'Priority', type: 'Type' });

const DEEPEST_STATEMENT = 4;

/** Web ACL statements nest; the provider allows three levels. */
function statement(depth: number): Fields {
  const inner = depth > 0 ? statement(depth - 1) : {};
  const nested = block('Statement', inner);
  return {
    managed_rule_group_statement: block('ManagedRuleGroupStatement', {
      name: 'Name',
      vendor_name: 'VendorName',
      version: 'Version',
      rule_action_override: blocks('RuleActionOverrides', {
        name: 'Name',
        action_to_use: block('ActionToUse', ACTION),
      }),
      scope_down_statement: block('ScopeDownStatement', inner),
    }),
    rule_group_reference_statement: block('RuleGroupReferenceStatement', { arn: 'Arn' }),
    rate_based_statement: block('RateBasedStatement', {
      limit: 'Limit',
      aggregate_key_type: 'AggregateKeyType',
      evaluation_window_sec: 'EvaluationWindowSec',
      scope_down_statement: block('ScopeDownStatement', inner),
    }),
    sqli_match_statement: block('SqliMatchStatement', {
      sensitivity_level: 'SensitivityLevel',
      field_to_match: block('FieldToMatch', FIELD_TO_MATCH),
      text_transformation: TRANSFORMATIONS,
    }),
    xss_match_statement: block('XssMatchStatement', {
      field_to_match: block('FieldToMatch', FIELD_TO_MATCH),
      text_transformation: TRANSFORMATIONS,
    }),
    byte_match_statement: block('ByteMatchStatement', {
      search_string: 'SearchString',
      positional_constraint: 'PositionalConstraint',
      field_to_match: block('FieldToMatch', FIELD_TO_MATCH),
      text_transformation: TRANSFORMATIONS,
    }),
    regex_match_statement: block('RegexMatchStatement', {
      regex_string: 'RegexString',
      field_to_match: block('FieldToMatch', FIELD_TO_MATCH),
      text_transformation: TRANSFORMATIONS,
    }),
    size_constraint_statement: block('SizeConstraintStatement', {
      comparison_operator: 'ComparisonOperator',
      size: 'Size',
      field_to_match: block('FieldToMatch', FIELD_TO_MATCH),
      text_transformation: TRANSFORMATIONS,
    }),
    geo_match_statement: block('GeoMatchStatement', { country_codes: 'CountryCodes' }),
    ip_set_reference_statement: block('IPSetReferenceStatement', { arn: 'Arn' }),
    label_match_statement: block('LabelMatchStatement', { scope: 'Scope', key: 'Key' }),
    and_statement: block('AndStatement', { statement: blocks('Statements', inner) }),
    or_statement: block('OrStatement', { statement: blocks('Statements', inner) }),
    not_statement: block('NotStatement', { statement: nested }),
  };
}

const VISIBILITY: Fields = {
  cloudwatch_metrics_enabled: 'CloudWatchMetricsEnabled',
  metric_name: 'MetricName',
  sampled_requests_enabled: 'SampledRequestsEnabled',
};

const RULE: Fields = {
  name: 'Name',
  priority: 'Priority',
  action: block('Action', ACTION),
  override_action: block('OverrideAction', ACTION),
  statement: block('Statement', statement(DEEPEST_STATEMENT)),
  visibility_config: block('VisibilityConfig', VISIBILITY),
};

const WEB_ACL: Fields = {
  name: 'Name',
  scope: 'Scope',
  default_action: block('DefaultAction', ACTION),
  rule: blocks('Rules', RULE),
  visibility_config: block('VisibilityConfig', VISIBILITY),
  tags: tags(),
};

export const WAF_TYPES = [
  type('aws_wafv2_web_acl', 'AWS::WAFv2::WebACL', WEB_ACL, { attributes: { arn: 'Arn' } }),
  type(
    'aws_wafv2_rule_group',
    'AWS::WAFv2::RuleGroup',
    {
      name: 'Name',
      scope: 'Scope',
      capacity: 'Capacity',
      rule: blocks('Rules', RULE),
      visibility_config: block('VisibilityConfig', VISIBILITY),
    },
    { attributes: { arn: 'Arn' } },
  ),
  type(
    'aws_wafv2_ip_set',
    'AWS::WAFv2::IPSet',
    {
      name: 'Name',
      scope: 'Scope',
      ip_address_version: 'IPAddressVersion',
      addresses: 'Addresses',
    },
    { attributes: { arn: 'Arn' } },
  ),
  type('aws_wafv2_web_acl_association', 'AWS::WAFv2::WebACLAssociation', {
    resource_arn: 'ResourceArn',
    web_acl_arn: 'WebACLArn',
  }),
  type('aws_wafv2_web_acl_logging_configuration', 'AWS::WAFv2::LoggingConfiguration', {
    resource_arn: 'ResourceArn',
    log_destination_configs: 'LogDestinationConfigs',
  }),
  type('aws_waf_web_acl', 'AWS::WAF::WebACL', { name: 'Name', metric_name: 'MetricName' }),
  type('aws_wafregional_web_acl', 'AWS::WAFRegional::WebACL', { name: 'Name', metric_name: 'MetricName' }),
  type('aws_wafregional_web_acl_association', 'AWS::WAFRegional::WebACLAssociation', {
    resource_arn: 'ResourceArn',
    web_acl_id: 'WebACLId',
  }),
  type('aws_shield_protection', 'AWS::Shield::Protection', { name: 'Name', resource_arn: 'ResourceArn' }),
  type('aws_shield_protection_group', 'AWS::Shield::ProtectionGroup', {
    protection_group_id: 'ProtectionGroupId',
    aggregation: 'Aggregation',
    pattern: 'Pattern',
    members: 'Members',
  }),
  type('aws_shield_subscription', 'Account::ShieldSubscription', { auto_renew: 'AutoRenew' }),
];
