# Who is told: a topic that only AWS's services of this account may publish to, over HTTPS.

resource "aws_sns_topic" "operator" {
  name              = "${var.name}-security"
  kms_master_key_id = aws_kms_key.audit.key_id
}

resource "aws_sns_topic_subscription" "email" {
  topic_arn = aws_sns_topic.operator.arn
  protocol  = "email"
  endpoint  = var.operator_email
}

resource "aws_sns_topic_subscription" "phone" {
  count = var.operator_phone == null ? 0 : 1

  topic_arn = aws_sns_topic.operator.arn
  protocol  = "sms"
  endpoint  = var.operator_phone
}

resource "aws_sns_topic_policy" "operator" {
  arn = aws_sns_topic.operator.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # EventBridge publishes without a context that a condition could match.
      {
        Sid       = "Findings"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.operator.arn
      },
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.operator.arn
        Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
      },
      {
        Sid       = "HttpsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.operator.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

# Findings for which somebody should be woken; the rest waits in its console.
locals {
  routes = local.has["eventbridge"] == 0 ? {} : {
    guardduty = {
      says = "Findings of GuardDuty of medium severity and above"
      pattern = jsonencode({
        source      = ["aws.guardduty"]
        detail-type = ["GuardDuty Finding"]
        detail      = { severity = [{ numeric = [">=", 4] }] }
      })
    }
    security-hub = {
      says = "New high and critical findings of Security Hub"
      pattern = jsonencode({
        source      = ["aws.securityhub"]
        detail-type = ["Security Hub Findings - Imported"]
        detail = {
          findings = {
            Severity    = { Label = ["HIGH", "CRITICAL"] }
            Workflow    = { Status = ["NEW"] }
            RecordState = ["ACTIVE"]
          }
        }
      })
    }
    inspector = {
      says = "High and critical vulnerabilities that Inspector finds"
      pattern = jsonencode({
        source      = ["aws.inspector2"]
        detail-type = ["Inspector2 Finding"]
        detail      = { severity = ["HIGH", "CRITICAL"], status = ["ACTIVE"] }
      })
    }
    macie = {
      says    = "Personal data and keys that Macie finds in buckets"
      pattern = jsonencode({ source = ["aws.macie"], detail-type = ["Macie Finding"] })
    }
    access-analyzer = {
      says = "Access from outside that Access Analyzer proves"
      pattern = jsonencode({
        source      = ["aws.access-analyzer"]
        detail-type = ["Access Analyzer Finding"]
        detail      = { status = ["ACTIVE"] }
      })
    }
  }
}

resource "aws_cloudwatch_event_rule" "findings" {
  for_each = local.routes

  name          = "${var.name}-${each.key}"
  description   = each.value.says
  event_pattern = each.value.pattern
}

resource "aws_cloudwatch_event_target" "operator" {
  for_each = local.routes

  rule      = aws_cloudwatch_event_rule.findings[each.key].name
  target_id = "operator"
  arn       = aws_sns_topic.operator.arn
}
