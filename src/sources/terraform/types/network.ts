import { block, blocks, type Field, fieldsOf, json, renamed, tags, written } from '../translate/fields.ts';
import { MAIN_TABLE_TYPE } from '../translate/main-tables.ts';
import { join, type } from '../translate/type-mapping.ts';
import {
  deriveAclParts,
  deriveGatewayAttachment,
  deriveRoutes,
  internetGatewayEdges,
} from './derived-network.ts';
import { egressRules, groupRule, ingressRules, POINT_RULE, withSelf } from './security-group-rules.ts';

const ROUTE_TARGETS = {
  destination_cidr_block: 'DestinationCidrBlock',
  destination_ipv6_cidr_block: 'DestinationIpv6CidrBlock',
  destination_prefix_list_id: 'DestinationPrefixListId',
  gateway_id: 'GatewayId',
  nat_gateway_id: 'NatGatewayId',
  egress_only_gateway_id: 'EgressOnlyInternetGatewayId',
  transit_gateway_id: 'TransitGatewayId',
  vpc_peering_connection_id: 'VpcPeeringConnectionId',
  vpc_endpoint_id: 'VpcEndpointId',
  network_interface_id: 'NetworkInterfaceId',
};

const VPC = {
  cidr_block: 'CidrBlock',
  enable_dns_support: 'EnableDnsSupport',
  enable_dns_hostnames: 'EnableDnsHostnames',
  instance_tenancy: 'InstanceTenancy',
  tags: tags(),
};

const SUBNET = {
  vpc_id: 'VpcId',
  cidr_block: 'CidrBlock',
  ipv6_cidr_block: 'Ipv6CidrBlock',
  availability_zone: 'AvailabilityZone',
  availability_zone_id: 'AvailabilityZoneId',
  map_public_ip_on_launch: 'MapPublicIpOnLaunch',
  assign_ipv6_address_on_creation: 'AssignIpv6AddressOnCreation',
  tags: tags(),
};

const RULE_GROUP = { resource_arn: 'ResourceArn', priority: 'Priority' };

/** A flow log names what it watches by one of several arguments. */
function flowsOf(resourceType: string): Field {
  return (value, target) => {
    target.set('ResourceId', value);
    target.set('ResourceType', { kind: 'known', value: resourceType, span: value.span });
  };
}

export const NETWORK_TYPES = [
  type('aws_vpc', 'AWS::EC2::VPC', VPC, {
    attributes: {
      default_security_group_id: 'DefaultSecurityGroup',
      default_network_acl_id: 'DefaultNetworkAcl',
      default_route_table_id: 'DefaultRouteTable',
      main_route_table_id: 'DefaultRouteTable',
    },
  }),
  type('aws_default_vpc', 'AWS::EC2::VPC', VPC, { constants: { IsDefault: true } }),
  type('aws_vpc_ipv4_cidr_block_association', 'AWS::EC2::VPCCidrBlock', {
    vpc_id: 'VpcId',
    cidr_block: 'CidrBlock',
  }),
  type('aws_subnet', 'AWS::EC2::Subnet', SUBNET),
  type('aws_default_subnet', 'AWS::EC2::Subnet', SUBNET, {
    defaults: { MapPublicIpOnLaunch: true },
  }),
  type(
    'aws_internet_gateway',
    'AWS::EC2::InternetGateway',
    { tags: tags() },
    { derive: deriveGatewayAttachment },
  ),
  type('aws_internet_gateway_attachment', 'AWS::EC2::VPCGatewayAttachment', {
    internet_gateway_id: 'InternetGatewayId',
    vpc_id: 'VpcId',
  }),
  type('aws_egress_only_internet_gateway', 'AWS::EC2::EgressOnlyInternetGateway', { vpc_id: 'VpcId' }),
  type('aws_nat_gateway', 'AWS::EC2::NatGateway', {
    subnet_id: 'SubnetId',
    allocation_id: 'AllocationId',
    connectivity_type: 'ConnectivityType',
    tags: tags(),
  }),
  type(
    'aws_eip',
    'AWS::EC2::EIP',
    { domain: 'Domain', instance: 'InstanceId', tags: tags() },
    {
      attributes: { allocation_id: 'AllocationId', public_ip: 'PublicIp', id: 'AllocationId' },
    },
  ),
  type('aws_eip_association', 'AWS::EC2::EIPAssociation', {
    allocation_id: 'AllocationId',
    instance_id: 'InstanceId',
    network_interface_id: 'NetworkInterfaceId',
  }),
  type(
    'aws_route_table',
    'AWS::EC2::RouteTable',
    { vpc_id: 'VpcId', tags: tags() },
    { derive: deriveRoutes },
  ),
  type(
    'aws_default_route_table',
    'AWS::EC2::RouteTable',
    { default_route_table_id: 'DefaultRouteTableId', tags: tags() },
    {
      constants: { IsDefault: true },
      derive: deriveRoutes,
    },
  ),
  type('aws_main_route_table_association', MAIN_TABLE_TYPE, {
    vpc_id: 'VpcId',
    route_table_id: 'RouteTableId',
  }),
  type('aws_route', 'AWS::EC2::Route', { route_table_id: 'RouteTableId', ...ROUTE_TARGETS }),
  type(
    'aws_route_table_association',
    'AWS::EC2::SubnetRouteTableAssociation',
    { subnet_id: 'SubnetId', route_table_id: 'RouteTableId' },
    {
      derive: internetGatewayEdges,
      derivedOnly: (resource) => written(resource.attributes.get('gateway_id')) !== undefined,
    },
  ),
  type(
    'aws_network_acl',
    'AWS::EC2::NetworkAcl',
    { vpc_id: 'VpcId', tags: tags() },
    { derive: deriveAclParts },
  ),
  type(
    'aws_default_network_acl',
    'AWS::EC2::NetworkAcl',
    { default_network_acl_id: 'DefaultNetworkAclId', tags: tags() },
    {
      constants: { IsDefault: true },
      derive: deriveAclParts,
    },
  ),
  type('aws_network_acl_association', 'AWS::EC2::SubnetNetworkAclAssociation', {
    network_acl_id: 'NetworkAclId',
    subnet_id: 'SubnetId',
  }),
  type('aws_network_acl_rule', 'AWS::EC2::NetworkAclEntry', {
    network_acl_id: 'NetworkAclId',
    rule_number: 'RuleNumber',
    egress: 'Egress',
    protocol: renamed('Protocol', { all: -1, tcp: 6, udp: 17, icmp: 1 }),
    rule_action: 'RuleAction',
    cidr_block: 'CidrBlock',
    ipv6_cidr_block: 'Ipv6CidrBlock',
    from_port: 'PortRange.From',
    to_port: 'PortRange.To',
  }),
  type(
    'aws_security_group',
    'AWS::EC2::SecurityGroup',
    {
      name: 'GroupName',
      description: 'GroupDescription',
      vpc_id: 'VpcId',
      ingress: ingressRules,
      egress: egressRules,
      tags: tags(),
    },
    { attributes: { name: 'GroupName' }, prepare: withSelf },
  ),
  type(
    'aws_default_security_group',
    'AWS::EC2::SecurityGroup',
    { vpc_id: 'VpcId', ingress: ingressRules, egress: egressRules, tags: tags() },
    { constants: { GroupName: 'default' }, prepare: withSelf },
  ),
  type(
    'aws_security_group_rule',
    'AWS::EC2::SecurityGroupIngress',
    {},
    { derive: groupRule, derivedOnly: () => true },
  ),
  type('aws_vpc_security_group_ingress_rule', 'AWS::EC2::SecurityGroupIngress', {
    ...POINT_RULE,
    referenced_security_group_id: 'SourceSecurityGroupId',
    prefix_list_id: 'SourcePrefixListId',
  }),
  type('aws_vpc_security_group_egress_rule', 'AWS::EC2::SecurityGroupEgress', {
    ...POINT_RULE,
    referenced_security_group_id: 'DestinationSecurityGroupId',
    prefix_list_id: 'DestinationPrefixListId',
  }),
  type('aws_network_interface', 'AWS::EC2::NetworkInterface', {
    subnet_id: 'SubnetId',
    security_groups: 'GroupSet',
    source_dest_check: 'SourceDestCheck',
    private_ip: 'PrivateIpAddress',
    tags: tags(),
  }),
  type('aws_vpc_endpoint', 'AWS::EC2::VPCEndpoint', {
    vpc_id: 'VpcId',
    service_name: 'ServiceName',
    vpc_endpoint_type: 'VpcEndpointType',
    policy: json('PolicyDocument'),
    route_table_ids: 'RouteTableIds',
    subnet_ids: 'SubnetIds',
    security_group_ids: 'SecurityGroupIds',
    private_dns_enabled: 'PrivateDnsEnabled',
  }),
  type('aws_vpc_peering_connection', 'AWS::EC2::VPCPeeringConnection', {
    vpc_id: 'VpcId',
    peer_vpc_id: 'PeerVpcId',
    peer_owner_id: 'PeerOwnerId',
    peer_region: 'PeerRegion',
  }),
  type('aws_ec2_transit_gateway', 'AWS::EC2::TransitGateway', {
    auto_accept_shared_attachments: 'AutoAcceptSharedAttachments',
    default_route_table_association: 'DefaultRouteTableAssociation',
    tags: tags(),
  }),
  type('aws_ec2_transit_gateway_vpc_attachment', 'AWS::EC2::TransitGatewayAttachment', {
    transit_gateway_id: 'TransitGatewayId',
    vpc_id: 'VpcId',
    subnet_ids: 'SubnetIds',
  }),
  type('aws_flow_log', 'AWS::EC2::FlowLog', {
    vpc_id: flowsOf('VPC'),
    subnet_id: flowsOf('Subnet'),
    eni_id: flowsOf('NetworkInterface'),
    traffic_type: 'TrafficType',
    log_destination: 'LogDestination',
    log_destination_type: 'LogDestinationType',
    log_group_name: 'LogGroupName',
    iam_role_arn: 'DeliverLogsPermissionArn',
  }),
  type('aws_vpc_block_public_access_options', 'AWS::EC2::VPCBlockPublicAccessOptions', {
    internet_gateway_block_mode: 'InternetGatewayBlockMode',
  }),
  type('aws_ec2_managed_prefix_list', 'AWS::EC2::PrefixList', {
    name: 'PrefixListName',
    address_family: 'AddressFamily',
    max_entries: 'MaxEntries',
    entry: blocks('Entries', { cidr: 'Cidr', description: 'Description' }),
  }),
  type(
    'aws_networkfirewall_firewall',
    'AWS::NetworkFirewall::Firewall',
    {
      name: 'FirewallName',
      firewall_policy_arn: 'FirewallPolicyArn',
      vpc_id: 'VpcId',
      delete_protection: 'DeleteProtection',
      subnet_change_protection: 'SubnetChangeProtection',
      firewall_policy_change_protection: 'FirewallPolicyChangeProtection',
      subnet_mapping: blocks('SubnetMappings', { subnet_id: 'SubnetId' }),
      tags: tags(),
    },
    { attributes: { id: 'Ref', arn: 'Ref', firewall_status: 'EndpointIds' } },
  ),
  type(
    'aws_networkfirewall_firewall_policy',
    'AWS::NetworkFirewall::FirewallPolicy',
    {
      name: 'FirewallPolicyName',
      firewall_policy: block('FirewallPolicy', {
        stateless_default_actions: 'StatelessDefaultActions',
        stateless_fragment_default_actions: 'StatelessFragmentDefaultActions',
        stateful_default_actions: 'StatefulDefaultActions',
        stateful_engine_options: block('StatefulEngineOptions', { rule_order: 'RuleOrder' }),
        stateful_rule_group_reference: blocks('StatefulRuleGroupReferences', RULE_GROUP),
        stateless_rule_group_reference: blocks('StatelessRuleGroupReferences', RULE_GROUP),
        tls_inspection_configuration_arn: 'TLSInspectionConfigurationArn',
      }),
      tags: tags(),
    },
    { attributes: { arn: 'Ref' } },
  ),
  type(
    'aws_networkfirewall_rule_group',
    'AWS::NetworkFirewall::RuleGroup',
    {
      name: 'RuleGroupName',
      type: 'Type',
      capacity: 'Capacity',
      rules: 'RuleGroup.RulesSource.RulesString',
      rule_group: block('RuleGroup', {
        rules_source: block('RulesSource', {
          rules_string: 'RulesString',
          rules_source_list: block('RulesSourceList', {
            generated_rules_type: 'GeneratedRulesType',
            target_types: 'TargetTypes',
            targets: 'Targets',
          }),
          stateful_rule: blocks('StatefulRules', { action: 'Action' }),
          stateless_rules_and_custom_actions: block('StatelessRulesAndCustomActions', {
            stateless_rule: blocks('StatelessRules', { priority: 'Priority' }),
          }),
        }),
      }),
      tags: tags(),
    },
    { attributes: { arn: 'Ref' } },
  ),
];

/** One entry of a prefix list that is declared on its own. */
const ENTRY = { cidr: 'Cidr', description: 'Description' };

export const NETWORK_JOINS = [
  join(
    'aws_ec2_managed_prefix_list_entry',
    ['prefix_list_id', 'AWS::EC2::PrefixList'],
    {},
    {
      merge: (attributes, target, span) =>
        target.append('Entries', fieldsOf({ kind: 'map', entries: attributes, span }, ENTRY)),
    },
  ),
];
