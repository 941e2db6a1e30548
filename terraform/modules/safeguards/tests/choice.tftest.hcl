# `terraform test`: plans with a mocked provider, so that no account is needed.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "ap-northeast-1" }
  }
}

variables {
  name           = "webapp"
  load_balancers = { web = { arn = "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/web/0", target_group_arn = "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:targetgroup/web/0" } }
  vpcs           = { main = "vpc-0123456789abcdef0" }
  buckets        = { uploads = { id = "uploads", arn = "arn:aws:s3:::uploads" } }
  databases      = { main = { engine = "mysql", engine_version = "8.4.6" }, reports = { engine = "postgres", engine_version = "17.6" } }
  server_roles   = { web = "webapp-servers" }
}

run "defaults" {
  command = plan

  assert {
    condition     = length(aws_wafv2_web_acl_association.place) == 1
    error_message = "the load balancer has no web ACL"
  }
  assert {
    condition     = length(module.account) == 0
    error_message = "the account's safeguards came unasked"
  }
  assert {
    condition     = length(aws_shield_protection.load_balancer) == 0 && length(aws_networkfirewall_firewall.this) == 0
    error_message = "something that costs hundreds of dollars came unasked"
  }
  assert {
    condition     = aws_db_parameter_group.tls["main"].family == "mysql8.4" && aws_db_parameter_group.tls["reports"].family == "postgres17"
    error_message = "a parameter group has the wrong family"
  }
  assert {
    condition     = output.database_settings["main"].backup_retention_period == 14 && output.database_settings["main"].multi_az
    error_message = "the settings of databases are not the defaults"
  }
}

run "each_is_turned_off_by_its_name" {
  command = plan
  variables {
    off = ["waf", "logging", "backup"]
  }

  assert {
    condition     = length(aws_wafv2_web_acl_association.place) == 0 && length(aws_flow_log.vpc) == 0
    error_message = "off is not off"
  }
  assert {
    condition     = output.database_settings["main"].backup_retention_period == null
    error_message = "backups are not left alone"
  }
  assert {
    condition     = length(aws_s3_bucket_public_access_block.bucket) == 1
    error_message = "something else went off too"
  }
}

run "only_the_named_ones" {
  command = plan
  variables {
    only = ["waf"]
  }

  assert {
    condition     = length(aws_wafv2_web_acl_association.place) == 1 && length(aws_flow_log.vpc) == 0 && length(aws_kms_key.data) == 0
    error_message = "only is not only"
  }
}

run "a_misspelt_name_is_refused" {
  command = plan
  variables {
    off = ["wafff"]
  }
  expect_failures = [var.off]
}

run "a_firewall_needs_its_subnets" {
  command = plan
  variables {
    on = ["network-firewall"]
  }
  expect_failures = [var.on]
}

run "shield_advanced_needs_the_words_of_its_commitment" {
  command = plan
  variables {
    on              = ["shield"]
    shield_advanced = "yes"
  }

  assert {
    condition     = length(aws_shield_protection.load_balancer) == 0
    error_message = "a yearly commitment came without its words"
  }
}

run "shield_advanced_with_its_words" {
  command = plan
  variables {
    on              = ["shield"]
    shield_advanced = "I accept $3,000 per month for at least twelve months"
  }

  assert {
    condition     = length(aws_shield_protection.load_balancer) == 1
    error_message = "the protection is missing"
  }
}
