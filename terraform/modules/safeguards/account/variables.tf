variable "name" {
  description = "A name for what the module makes"
  type        = string
}

variable "wanted" {
  description = "The safeguards to attach, by name; all of them by default"
  type        = set(string)
  default = [
    "access-analyzer",
    "budget",
    "cloudtrail",
    "cloudwatch-alarms",
    "config",
    "detective",
    "encryption-at-rest",
    "eventbridge",
    "guardduty",
    "imdsv2",
    "inspector",
    "macie",
    "s3-block-public-access",
    "security-hub",
  ]
}

variable "operator_email" {
  description = "Who is told about findings, alarms and costs; must confirm a message from AWS"
  type        = string
}

variable "operator_phone" {
  description = "The same person's phone for text messages, which need no confirmation"
  type        = string
  default     = null
}

variable "monthly_budget_dollars" {
  description = "What the account may cost a month before somebody is told"
  type        = number
  default     = 600
}

variable "macie_buckets" {
  description = "Names of buckets in which Macie looks for personal data, weekly"
  type        = list(string)
  default     = []
}

variable "data_event_bucket_arns" {
  description = "ARNs of buckets whose reads and writes of objects the trail records"
  type        = list(string)
  default     = []
}

variable "security_hub" {
  description = "continuous, or economical: once a month enabled, collecting for 24 hours, exported, disabled"
  type        = string
  default     = "continuous"

  validation {
    condition     = contains(["continuous", "economical"], var.security_hub)
    error_message = "security_hub is continuous or economical."
  }
}

variable "security_hub_schedule" {
  description = "When the economical mode begins"
  type        = string
  default     = "cron(0 0 1 * ? *)"
}

variable "inspector_scans" {
  description = "What Inspector scans: EC2, ECR, LAMBDA, LAMBDA_CODE"
  type        = list(string)
  default     = ["EC2", "ECR", "LAMBDA"]
}

variable "unused_access" {
  description = "Whether roles and keys that nobody uses are found too ($0.20 per role or user and month)"
  type        = bool
  default     = true
}

variable "evidence_days" {
  description = "Days for which the trail cannot be erased"
  type        = number
  default     = 365
}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.name
  trail_name = "${var.name}-trail"
  trail_arn  = "arn:${local.partition}:cloudtrail:${local.region}:${local.account_id}:trail/${local.trail_name}"

  has = { for id in [
    "access-analyzer",
    "budget",
    "cloudtrail",
    "cloudwatch-alarms",
    "config",
    "detective",
    "encryption-at-rest",
    "eventbridge",
    "guardduty",
    "imdsv2",
    "inspector",
    "macie",
    "s3-block-public-access",
    "security-hub",
  ] : id => contains(var.wanted, id) ? 1 : 0 }

  alarms     = local.has["cloudtrail"] * local.has["cloudwatch-alarms"]
  economical = var.security_hub == "economical" ? local.has["security-hub"] : 0
  continuous = var.security_hub == "continuous" ? local.has["security-hub"] : 0
}
