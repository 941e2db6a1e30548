# What sees and tells.

resource "aws_guardduty_detector" "this" {
  count = local.has["guardduty"]

  enable                       = true
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}

resource "aws_guardduty_detector_feature" "this" {
  for_each = toset(local.has["guardduty"] == 1 ? ["S3_DATA_EVENTS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"] : [])

  detector_id = aws_guardduty_detector.this[0].id
  name        = each.key
  status      = "ENABLED"
}

resource "aws_securityhub_account" "this" {
  count = local.continuous

  enable_default_standards = true
  auto_enable_controls     = true

  depends_on = [aws_config_configuration_recorder_status.this]
}

resource "aws_detective_graph" "this" {
  count = local.has["detective"]

  depends_on = [aws_guardduty_detector.this]
}

resource "aws_accessanalyzer_analyzer" "external" {
  count = local.has["access-analyzer"]

  analyzer_name = "${var.name}-external-access"
  type          = "ACCOUNT"
}

resource "aws_accessanalyzer_analyzer" "unused" {
  count = var.unused_access ? local.has["access-analyzer"] : 0

  analyzer_name = "${var.name}-unused-access"
  type          = "ACCOUNT_UNUSED_ACCESS"

  configuration {
    unused_access {
      unused_access_age = 90
    }
  }
}

resource "aws_macie2_account" "this" {
  count = local.has["macie"]

  status = "ENABLED"
}

resource "aws_macie2_classification_job" "weekly" {
  count = length(var.macie_buckets) > 0 ? local.has["macie"] : 0

  name     = "${var.name}-weekly"
  job_type = "SCHEDULED"

  schedule_frequency {
    weekly_schedule = "MONDAY"
  }

  s3_job_definition {
    bucket_definitions {
      account_id = local.account_id
      buckets    = var.macie_buckets
    }
  }

  depends_on = [aws_macie2_account.this]
}

resource "aws_budgets_budget" "monthly" {
  count = local.has["budget"]

  name         = "${var.name}-monthly"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = var.monthly_budget_dollars
  limit_unit   = "USD"

  notification {
    notification_type          = "ACTUAL"
    comparison_operator        = "GREATER_THAN"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = [var.operator_email]
  }

  notification {
    notification_type          = "FORECASTED"
    comparison_operator        = "GREATER_THAN"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = [var.operator_email]
  }
}
