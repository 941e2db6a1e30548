# Which safeguards are attached: the names of `honmaru assess`, the same as in the CDK constructs.

locals {
  # On unless named in `off`.
  on_by_default = toset([
    "waf",
    "tls",
    "acm",
    "backup",
    "encryption-at-rest",
    "kms",
    "imdsv2",
    "logging",
    "network-least-privilege",
    "patch-manager",
    "redundancy",
    "s3-block-public-access",
    "secrets-manager",
    "segmentation",
    "access-analyzer",
    "budget",
    "cloudtrail",
    "cloudwatch-alarms",
    "config",
    "detective",
    "eventbridge",
    "guardduty",
    "inspector",
    "macie",
    "security-hub",
  ])

  # Off unless named in `on`: they take something away, or cost hundreds of dollars a month.
  off_by_default = toset([
    "mfa",
    "iam-least-privilege",
    "network-firewall",
    "shield",
  ])

  # Attached once in an account, by `account`.
  of_account = toset([
    "access-analyzer",
    "budget",
    "cloudtrail",
    "cloudwatch-alarms",
    "config",
    "detective",
    "eventbridge",
    "guardduty",
    "inspector",
    "macie",
    "security-hub",
  ])

  known  = setunion(local.on_by_default, local.off_by_default)
  wanted = setsubtract(var.only == null ? setunion(local.on_by_default, var.on) : toset(var.only), var.off)
}
