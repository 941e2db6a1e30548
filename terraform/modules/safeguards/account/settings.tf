# Settings of the account and region.

resource "aws_s3_account_public_access_block" "this" {
  count = local.has["s3-block-public-access"]

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_ebs_encryption_by_default" "this" {
  count = local.has["encryption-at-rest"]

  enabled = true
}

resource "aws_ec2_instance_metadata_defaults" "this" {
  count = local.has["imdsv2"]

  http_tokens                 = "required"
  http_put_response_hop_limit = 2
}

resource "aws_iam_account_password_policy" "this" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  allow_users_to_change_password = true
}

resource "aws_inspector2_enabler" "this" {
  count = local.has["inspector"]

  account_ids    = [local.account_id]
  resource_types = var.inspector_scans
}
