# The reference environment with every safeguard attached. The same resources as ../template.yaml (WebAcl
# there is web_acl here), and in account.tf what CloudFormation cannot declare. Shield Advanced is left out
# on purpose: Standard is free and enough here, Advanced costs thousands of dollars a month.

terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.95"
    }
  }

  # The state names everything; it is encrypted, and locked against two runs at once.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

variable "domain_name" {
  description = "The name under which the application is reached; you must own it"
  type        = string
}

variable "hosted_zone_id" {
  description = "The public hosted zone of that name"
  type        = string
}

variable "rotation_function_arn" {
  description = "The rotation function of the application's database user (SecretsManagerRDSMySQLRotationSingleUser of the Serverless Application Repository)"
  type        = string
}

variable "operator_email" {
  description = "Who is told about findings, alarms and costs; must confirm a message"
  type        = string
}

variable "operator_phone" {
  description = "The same person's phone, for text messages"
  type        = string
}

variable "monthly_budget_dollars" {
  type    = number
  default = 600
}

variable "image_id" {
  description = "The machine image of the web servers"
  type        = string
}

data "aws_availability_zones" "available" {
  state = "available"
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  name       = "webapp-hardened"
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  trail_arn  = "arn:${local.partition}:cloudtrail:${data.aws_region.current.name}:${local.account_id}:trail/${local.name}-trail"

  zone_a = data.aws_availability_zones.available.names[0]
  zone_c = data.aws_availability_zones.available.names[1]
}

output "address" {
  description = "Where the application answers"
  value       = "https://${var.domain_name}/"
}
