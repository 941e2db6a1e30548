resource "aws_guardduty_detector" "guard_duty_detector" {
  enable                       = true
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}

resource "aws_guardduty_detector_feature" "feature" {
  for_each = toset(["S3_DATA_EVENTS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"])

  detector_id = aws_guardduty_detector.guard_duty_detector.id
  name        = each.key
  status      = "ENABLED"
}

resource "aws_securityhub_account" "security_hub" {
  enable_default_standards = true
  auto_enable_controls     = true

  depends_on = [aws_config_configuration_recorder.config_recorder]
}

resource "aws_macie2_account" "macie_session" {
  status = "ENABLED"
}

resource "aws_detective_graph" "detective_graph" {
  depends_on = [aws_guardduty_detector.guard_duty_detector]
}

resource "aws_accessanalyzer_analyzer" "external_access_analyzer" {
  analyzer_name = "external-access"
  type          = "ACCOUNT"
}

resource "aws_accessanalyzer_analyzer" "unused_access_analyzer" {
  analyzer_name = "unused-access"
  type          = "ACCOUNT_UNUSED_ACCESS"

  configuration {
    unused_access {
      unused_access_age = 90
    }
  }
}

# Somebody is told.

resource "aws_sns_topic" "security_topic" {
  name              = "${local.name}-security"
  kms_master_key_id = aws_kms_key.audit_key.key_id
}

resource "aws_sns_topic_subscription" "operator_email" {
  topic_arn = aws_sns_topic.security_topic.arn
  protocol  = "email"
  endpoint  = var.operator_email
}

resource "aws_sns_topic_subscription" "operator_phone" {
  topic_arn = aws_sns_topic.security_topic.arn
  protocol  = "sms"
  endpoint  = var.operator_phone
}

resource "aws_sns_topic_policy" "security_topic_policy" {
  arn = aws_sns_topic.security_topic.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.security_topic.arn
      },
      {
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.security_topic.arn
        Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
      },
    ]
  })
}

resource "aws_cloudwatch_event_rule" "findings_rule" {
  description = "Severe findings of GuardDuty, and findings of Security Hub, Macie and Access Analyzer"
  event_pattern = jsonencode({
    source = ["aws.guardduty", "aws.securityhub", "aws.macie", "aws.access-analyzer"]
    detail-type = [
      "GuardDuty Finding",
      "Security Hub Findings - Imported",
      "Macie Finding",
      "Access Analyzer Finding",
    ]
  })
}

resource "aws_cloudwatch_event_target" "operator" {
  rule      = aws_cloudwatch_event_rule.findings_rule.name
  target_id = "operator"
  arn       = aws_sns_topic.security_topic.arn
}

resource "aws_cloudwatch_log_metric_filter" "root_use_filter" {
  name           = "RootUse"
  log_group_name = aws_cloudwatch_log_group.trail_log_group.name
  pattern        = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }"

  metric_transformation {
    namespace = "Security"
    name      = "RootUse"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "root_use_alarm" {
  alarm_name          = "root-use"
  alarm_description   = "Somebody uses the root user"
  namespace           = "Security"
  metric_name         = "RootUse"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.security_topic.arn]
}

resource "aws_cloudwatch_log_metric_filter" "denied_calls_filter" {
  name           = "DeniedCalls"
  log_group_name = aws_cloudwatch_log_group.trail_log_group.name
  pattern        = "{ $.errorCode = \"*UnauthorizedOperation\" || $.errorCode = \"AccessDenied*\" }"

  metric_transformation {
    namespace = "Security"
    name      = "DeniedCalls"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "denied_calls_alarm" {
  alarm_name          = "denied-calls"
  alarm_description   = "Many calls are denied"
  namespace           = "Security"
  metric_name         = "DeniedCalls"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 10
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.security_topic.arn]
}

resource "aws_cloudwatch_log_metric_filter" "trail_changes_filter" {
  name           = "TrailChanges"
  log_group_name = aws_cloudwatch_log_group.trail_log_group.name
  pattern        = "{ $.eventName = \"StopLogging\" || $.eventName = \"DeleteTrail\" || $.eventName = \"UpdateTrail\" }"

  metric_transformation {
    namespace = "Security"
    name      = "TrailChanges"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "trail_changes_alarm" {
  alarm_name          = "trail-changes"
  alarm_description   = "Somebody changes or stops the trail"
  namespace           = "Security"
  metric_name         = "TrailChanges"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.security_topic.arn]
}

resource "aws_budgets_budget" "monthly_budget" {
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
}
