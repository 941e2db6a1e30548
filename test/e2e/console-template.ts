/** The reference template with a web ACL at the load balancer that holds the SQL injection rules. */
export function withSqlRules(source: string): string {
  const acl = `
  WebAcl:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: acl }
      Rules:
        - Name: sqli
          Priority: 1
          OverrideAction: { None: {} }
          Statement:
            ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesSQLiRuleSet }
          VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: sqli }
  WebAclAssociation:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      WebACLArn: !GetAtt WebAcl.Arn
      ResourceArn: !Ref LoadBalancer
`;
  const at = source.indexOf('\nOutputs:');
  return at < 0 ? `${source.trimEnd()}\n${acl}` : `${source.slice(0, at)}\n${acl}${source.slice(at)}`;
}

/** The rule of the reference environment that opens the administration port to everybody. */
const SSH_RULE = /^ +- \{[^\n]*FromPort: 22,[^\n]*\n/m;

/** The reference template without it. @throws Error when it has none */
export function withoutSsh(source: string): string {
  if (!SSH_RULE.test(source)) throw new Error('the template opens no administration port');
  return source.replace(SSH_RULE, '');
}
