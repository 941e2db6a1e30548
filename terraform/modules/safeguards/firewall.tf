# Off by default: a Network Firewall at the border of a VPC. Its routes are yours, by the output firewall_endpoints.

locals {
  firewall = contains(local.wanted, "network-firewall") && var.firewall != null ? 1 : 0
}

resource "aws_networkfirewall_rule_group" "this" {
  count = local.firewall

  name     = "${var.name}-rules"
  type     = "STATEFUL"
  capacity = 100

  rule_group {
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
    rules_source {
      rules_string = var.firewall.rules
    }
  }
}

resource "aws_networkfirewall_firewall_policy" "this" {
  count = local.firewall

  name = "${var.name}-policy"

  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
    stateful_default_actions           = ["aws:drop_established", "aws:alert_established"]

    stateful_engine_options {
      rule_order = "STRICT_ORDER"
    }
    stateful_rule_group_reference {
      resource_arn = aws_networkfirewall_rule_group.this[0].arn
      priority     = 1
    }
  }
}

resource "aws_networkfirewall_firewall" "this" {
  count = local.firewall

  name                = "${var.name}-border"
  firewall_policy_arn = aws_networkfirewall_firewall_policy.this[0].arn
  vpc_id              = var.firewall.vpc_id
  delete_protection   = true

  dynamic "subnet_mapping" {
    for_each = var.firewall.subnet_ids
    content {
      subnet_id = subnet_mapping.value
    }
  }
}

output "firewall_endpoints" {
  description = "The firewall's endpoint of each zone, for routes of the public subnets and of the internet gateway"
  value = {
    for state in flatten(flatten(aws_networkfirewall_firewall.this[*].firewall_status)[*].sync_states) :
    state.availability_zone => state.attachment[0].endpoint_id
  }
}
