terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "endpoint" { type = string }

provider "aws" {
  region                      = "us-east-1"
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = false
  skip_credentials_validation = false
  endpoints {
    iam           = var.endpoint
    sts           = var.endpoint
    organizations = var.endpoint
  }
}

resource "aws_organizations_organization" "castle" {
  feature_set                   = "ALL"
  aws_service_access_principals = ["guardduty.amazonaws.com"]
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"]
}

resource "aws_organizations_organizational_unit" "web" {
  name      = "web"
  parent_id = aws_organizations_organization.castle.roots[0].id
  tags      = { team = "web" }
}

resource "aws_organizations_account" "shop" {
  name      = "shop"
  email     = "shop@example.com"
  parent_id = aws_organizations_organizational_unit.web.id
  tags      = { stage = "production" }
}

resource "aws_organizations_policy" "no_leaving" {
  name = "no-leaving"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }]
  })
  depends_on = [aws_organizations_organization.castle]
}

resource "aws_organizations_policy" "own_buckets" {
  name = "own-buckets"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "*"
      Condition = {
        StringNotEqualsIfExists = { "aws:PrincipalOrgID" = aws_organizations_organization.castle.id }
        BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}

resource "aws_organizations_policy" "teams" {
  name = "teams"
  type = "TAG_POLICY"
  content = jsonencode({
    tags = {
      team = {
        tag_key      = { "@@assign" = "Team" }
        tag_value    = { "@@assign" = ["web", "shop-*"] }
        enforced_for = { "@@assign" = ["iam:policy", "kms:*"] }
      }
    }
  })
  depends_on = [aws_organizations_organization.castle]
}

resource "aws_organizations_policy_attachment" "teams" {
  policy_id = aws_organizations_policy.teams.id
  target_id = aws_organizations_organization.castle.roots[0].id
}

resource "aws_organizations_policy_attachment" "no_leaving" {
  policy_id = aws_organizations_policy.no_leaving.id
  target_id = aws_organizations_organizational_unit.web.id
}

resource "aws_organizations_policy_attachment" "own_buckets" {
  policy_id = aws_organizations_policy.own_buckets.id
  target_id = aws_organizations_account.shop.id
}

resource "aws_organizations_delegated_administrator" "guardduty" {
  account_id        = aws_organizations_account.shop.id
  service_principal = "guardduty.amazonaws.com"
  depends_on        = [aws_organizations_organization.castle]
}

resource "aws_organizations_resource_policy" "readers" {
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${aws_organizations_account.shop.id}:root" }
      Action    = ["organizations:DescribeOrganization", "organizations:ListAccounts"]
      Resource  = "*"
    }]
  })
}

data "aws_organizations_organization" "seen" {
  depends_on = [aws_organizations_account.shop]
}

output "accounts" { value = sort(data.aws_organizations_organization.seen.accounts[*].name) }
