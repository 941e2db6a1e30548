# Security Hub for one day a month: enable, collect for 24 hours, export the findings to a bucket, disable. It steps
# back when Security Hub is enabled already: then it belongs to somebody who wants it. If the export fails, Security Hub
# stays enabled, so that nothing is lost.

module "findings_bucket" {
  source = "../evidence-bucket"
  count  = local.economical

  key_arn = aws_kms_key.audit.arn
}

resource "aws_iam_role" "security_hub" {
  count = local.economical

  name = "${var.name}-security-hub-day"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "states.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "security_hub" {
  count = local.economical

  name = "run"
  role = aws_iam_role.security_hub[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["securityhub:EnableSecurityHub", "securityhub:DisableSecurityHub", "securityhub:GetFindings"]
        Resource = "arn:${local.partition}:securityhub:${local.region}:${local.account_id}:hub/default"
      },
      {
        Effect   = "Allow"
        Action   = "iam:CreateServiceLinkedRole"
        Resource = "arn:${local.partition}:iam::*:role/aws-service-role/securityhub.amazonaws.com/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "${module.findings_bucket[0].arn}/security-hub/*"
      },
      { Effect = "Allow", Action = ["kms:GenerateDataKey", "kms:Decrypt"], Resource = aws_kms_key.audit.arn },
    ]
  })
}

locals {
  active_findings = { RecordState = [{ Value = "ACTIVE", Comparison = "EQUALS" }] }
  try_again       = [{ ErrorEquals = ["States.TaskFailed"], IntervalSeconds = 60, MaxAttempts = 3, BackoffRate = 2 }]

  # Pages of ten findings stay far below what a step may hold (256 KB).
  security_hub_day = {
    Comment = "Security Hub for one day: enable, collect for 24 hours, export the findings, disable"
    StartAt = "Enable"
    States = {
      Enable = {
        Type       = "Task"
        Resource   = "arn:${local.partition}:states:::aws-sdk:securityhub:enableSecurityHub"
        Parameters = { EnableDefaultStandards = true }
        ResultPath = null
        Catch      = [{ ErrorEquals = ["SecurityHub.ResourceConflictException"], Next = "AlreadyEnabled" }]
        Next       = "Collect"
      }
      AlreadyEnabled = { Type = "Succeed", Comment = "Somebody enabled it: it is theirs and stays as it is" }
      Collect        = { Type = "Wait", Seconds = 86400, Next = "First" }
      First = {
        Type       = "Task"
        Resource   = "arn:${local.partition}:states:::aws-sdk:securityhub:getFindings"
        Parameters = { Filters = local.active_findings, MaxResults = 10 }
        ResultPath = "$.page"
        Retry      = local.try_again
        Next       = "Store"
      }
      Store = {
        Type     = "Task"
        Resource = "arn:${local.partition}:states:::aws-sdk:s3:putObject"
        Parameters = {
          Bucket      = one(module.findings_bucket[*].id)
          "Key.$"     = "States.Format('security-hub/{}/{}.json', $$.Execution.Name, States.UUID())"
          ContentType = "application/json"
          "Body.$"    = "$.page.Findings"
        }
        ResultPath = null
        Retry      = local.try_again
        Next       = "More"
      }
      More = {
        Type    = "Choice"
        Choices = [{ Variable = "$.page.NextToken", IsPresent = true, Next = "Following" }]
        Default = "Disable"
      }
      Following = {
        Type     = "Task"
        Resource = "arn:${local.partition}:states:::aws-sdk:securityhub:getFindings"
        Parameters = {
          Filters       = local.active_findings
          MaxResults    = 10
          "NextToken.$" = "$.page.NextToken"
        }
        ResultPath = "$.page"
        Retry      = local.try_again
        Next       = "Store"
      }
      Disable = {
        Type       = "Task"
        Resource   = "arn:${local.partition}:states:::aws-sdk:securityhub:disableSecurityHub"
        Parameters = {}
        Retry      = local.try_again
        End        = true
      }
    }
  }
}

resource "aws_sfn_state_machine" "security_hub" {
  count = local.economical

  name       = "${var.name}-security-hub-day"
  role_arn   = aws_iam_role.security_hub[0].arn
  definition = jsonencode(local.security_hub_day)

  depends_on = [aws_iam_role_policy.security_hub]
}

resource "aws_iam_role" "schedule" {
  count = local.economical

  name = "${var.name}-security-hub-schedule"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "schedule" {
  count = local.economical

  name = "start"
  role = aws_iam_role.schedule[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "states:StartExecution"
      Resource = aws_sfn_state_machine.security_hub[0].arn
    }]
  })
}

resource "aws_scheduler_schedule" "security_hub" {
  count = local.economical

  name                = "${var.name}-security-hub-day"
  schedule_expression = var.security_hub_schedule

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.security_hub[0].arn
    role_arn = aws_iam_role.schedule[0].arn
  }
}
