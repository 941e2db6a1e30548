resource "aws_networkfirewall_rule_group" "firewall_rules" {
  name     = "${local.name}-rules"
  type     = "STATEFUL"
  capacity = 100

  rule_group {
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
    rules_source {
      rules_string = <<-EOT
        pass tcp $EXTERNAL_NET any -> $HOME_NET [80,443] (msg:"visitors"; flow:to_server; sid:1; rev:1;)
        pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; dotprefix; content:".amazonaws.com"; endswith; msg:"AWS"; flow:to_server; sid:2; rev:1;)
      EOT
    }
  }
}

resource "aws_networkfirewall_firewall_policy" "firewall_policy" {
  name = "${local.name}-policy"

  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
    stateful_default_actions           = ["aws:drop_established", "aws:alert_established"]

    stateful_engine_options {
      rule_order = "STRICT_ORDER"
    }
    stateful_rule_group_reference {
      resource_arn = aws_networkfirewall_rule_group.firewall_rules.arn
      priority     = 1
    }
  }
}

resource "aws_networkfirewall_firewall" "firewall" {
  name                = "${local.name}-border"
  firewall_policy_arn = aws_networkfirewall_firewall_policy.firewall_policy.arn
  vpc_id              = aws_vpc.vpc.id
  delete_protection   = true

  subnet_mapping {
    subnet_id = aws_subnet.firewall_subnet_a.id
  }
  subnet_mapping {
    subnet_id = aws_subnet.firewall_subnet_c.id
  }
}

locals {
  # The firewall's endpoint of each zone.
  firewall_endpoints = {
    for state in aws_networkfirewall_firewall.firewall.firewall_status[0].sync_states :
    state.availability_zone => state.attachment[0].endpoint_id
  }
}
