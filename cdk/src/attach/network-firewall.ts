import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnFirewall,
  CfnFirewallPolicy,
  CfnLoggingConfiguration,
  CfnRuleGroup,
} from 'aws-cdk-lib/aws-networkfirewall';
import { Fn, Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Lets visitors in on web ports and servers out to AWS over TLS; everything else is dropped. */
export const DEFAULT_FIREWALL_RULES = [
  'pass tcp $EXTERNAL_NET any -> $HOME_NET [80,443] (msg:"visitors"; flow:to_server; sid:1; rev:1;)',
  'pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; dotprefix; content:".amazonaws.com"; endswith; msg:"AWS"; flow:to_server; sid:2; rev:1;)',
].join('\n');

export interface NetworkFirewallProps {
  readonly vpcId: string;
  /** One subnet per zone that holds nothing but the firewall's endpoint. */
  readonly subnetIds: readonly string[];
  /** Suricata rules in strict order. Default {@link DEFAULT_FIREWALL_RULES}. */
  readonly rules?: string;
}

/**
 * A Network Firewall between the internet gateway and a VPC, which drops what no rule lets pass.
 *
 * - Stops: servers that talk to strangers (mining, data carried away), and ports that were opened by mistake.
 * - Attaches to: a VPC with a firewall subnet per zone; routes must lead through it both ways ({@link endpointOf}).
 * - Costs: about $290 per zone and month, $0.065 per GB.
 * - Limits: blind inside HTTPS. It cannot be slid under an existing VPC without changing its routes, so that
 *   `Safeguards.attachTo` never adds it; `WebApp` builds it in with `networkFirewall: true`.
 */
export class NetworkFirewall extends Construct {
  readonly firewall: CfnFirewall;

  constructor(scope: Construct, id: string, props: NetworkFirewallProps) {
    super(scope, id);
    const name = Names.uniqueResourceName(this, { maxLength: 100 });
    const rules = new CfnRuleGroup(this, 'Rules', {
      ruleGroupName: `${name}-rules`,
      type: 'STATEFUL',
      capacity: 100,
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
        rulesSource: { rulesString: props.rules ?? DEFAULT_FIREWALL_RULES },
      },
    });
    const policy = new CfnFirewallPolicy(this, 'Policy', {
      firewallPolicyName: `${name}-policy`,
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER' },
        statefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
        statefulRuleGroupReferences: [{ resourceArn: rules.ref, priority: 1 }],
      },
    });
    this.firewall = new CfnFirewall(this, 'Firewall', {
      firewallName: `${name}-border`,
      firewallPolicyArn: policy.ref,
      vpcId: props.vpcId,
      deleteProtection: true,
      subnetMappings: props.subnetIds.map((subnetId) => ({ subnetId })),
    });
    const logs = new CfnLogGroup(this, 'Logs', { retentionInDays: 90 });
    new CfnLoggingConfiguration(this, 'Logging', {
      firewallArn: this.firewall.ref,
      loggingConfiguration: {
        logDestinationConfigs: [
          { logType: 'ALERT', logDestinationType: 'CloudWatchLogs', logDestination: { logGroup: logs.ref } },
        ],
      },
    });
  }

  /** The endpoint of the subnet with an index, for `vpcEndpointId` of a route. */
  endpointOf(index: number): string {
    return Fn.select(1, Fn.split(':', Fn.select(index, this.firewall.attrEndpointIds)));
  }
}
