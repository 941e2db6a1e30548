# Off by default: a permissions boundary for workloads, and protections of Shield Advanced.

resource "aws_iam_policy" "boundary" {
  count = contains(local.wanted, "iam-least-privilege") ? 1 : 0

  name        = "${var.name}-boundary"
  description = "Workloads change no rights and switch off no evidence"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "WhatPoliciesGrant", Effect = "Allow", Action = "*", Resource = "*" },
      {
        Sid    = "Never"
        Effect = "Deny"
        Action = [
          "iam:Create*",
          "iam:Put*",
          "iam:Attach*",
          "iam:Update*",
          "iam:Delete*",
          "iam:SetDefaultPolicyVersion",
          "iam:AddUserToGroup",
          "iam:PassRole",
          "organizations:*",
          "account:*",
          "cloudtrail:StopLogging",
          "cloudtrail:DeleteTrail",
          "cloudtrail:UpdateTrail",
          "guardduty:Delete*",
          "guardduty:Disassociate*",
          "guardduty:Stop*",
          "securityhub:Disable*",
          "config:DeleteConfigurationRecorder",
          "config:StopConfigurationRecorder",
          "kms:ScheduleKeyDeletion",
          "kms:DisableKey",
        ]
        Resource = "*"
      },
    ]
  })
}

locals {
  commitment = "I accept $3,000 per month for at least twelve months"
  shielded   = contains(local.wanted, "shield") && var.shield_advanced == local.commitment ? var.load_balancers : {}
}

resource "aws_shield_protection" "load_balancer" {
  for_each = local.shielded

  name         = "${var.name}-${each.key}"
  resource_arn = each.value.arn
}
