# The trail and the recorded configurations, in buckets that nobody reads or erases by mistake.

resource "aws_kms_key" "audit" {
  description         = "Evidence: the trail, recorded configurations and notifications"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "DelegateToIam"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Trail"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
      },
      {
        Sid       = "Notifications"
        Effect    = "Allow"
        Principal = { Service = ["events.amazonaws.com", "cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
      },
      {
        Sid       = "LogGroups"
        Effect    = "Allow"
        Principal = { Service = "logs.${local.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:*"
          }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# Nobody erases the trail, not even with the rights of the application or of an administrator.
module "trail_bucket" {
  source = "../evidence-bucket"
  count  = local.has["cloudtrail"]

  key_arn   = aws_kms_key.audit.arn
  lock_days = var.evidence_days
  statements = [
    {
      service    = "cloudtrail.amazonaws.com"
      actions    = ["s3:GetBucketAcl"]
      below      = ""
      conditions = { "aws:SourceArn" = local.trail_arn }
    },
    {
      service    = "cloudtrail.amazonaws.com"
      actions    = ["s3:PutObject"]
      below      = "/AWSLogs/${local.account_id}/*"
      conditions = { "s3:x-amz-acl" = "bucket-owner-full-control", "aws:SourceArn" = local.trail_arn }
    },
  ]
}

resource "aws_cloudwatch_log_group" "trail" {
  count = local.has["cloudtrail"]

  name              = "/${var.name}/trail"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.audit.arn
}

resource "aws_iam_role" "trail" {
  count = local.has["cloudtrail"]

  name = "${var.name}-trail"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "trail" {
  count = local.has["cloudtrail"]

  name = "write-trail"
  role = aws_iam_role.trail[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.trail[0].arn}:*"
    }]
  })
}

resource "aws_cloudtrail" "this" {
  count = local.has["cloudtrail"]

  name                          = local.trail_name
  s3_bucket_name                = module.trail_bucket[0].id
  kms_key_id                    = aws_kms_key.audit.arn
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.trail[0].arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.trail[0].arn

  event_selector {
    read_write_type           = "All"
    include_management_events = true

    dynamic "data_resource" {
      for_each = length(var.data_event_bucket_arns) > 0 ? [1] : []
      content {
        type   = "AWS::S3::Object"
        values = [for arn in var.data_event_bucket_arns : "${arn}/"]
      }
    }
  }

  depends_on = [module.trail_bucket]
}

# AWS Config does not deliver into a bucket with a default retention.
module "config_bucket" {
  source = "../evidence-bucket"
  count  = local.has["config"]

  key_arn = aws_kms_key.audit.arn
  statements = [
    {
      service    = "config.amazonaws.com"
      actions    = ["s3:GetBucketAcl", "s3:ListBucket"]
      below      = ""
      conditions = { "aws:SourceAccount" = local.account_id }
    },
    {
      service    = "config.amazonaws.com"
      actions    = ["s3:PutObject"]
      below      = "/AWSLogs/${local.account_id}/Config/*"
      conditions = { "s3:x-amz-acl" = "bucket-owner-full-control", "aws:SourceAccount" = local.account_id }
    },
  ]
}

resource "aws_iam_role" "config" {
  count = local.has["config"]

  name = "${var.name}-config"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "config" {
  count = local.has["config"]

  role       = aws_iam_role.config[0].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AWS_ConfigRole"
}

resource "aws_iam_role_policy" "config" {
  count = local.has["config"]

  name = "deliver"
  role = aws_iam_role.config[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "${module.config_bucket[0].arn}/AWSLogs/${local.account_id}/Config/*"
      },
      { Effect = "Allow", Action = "s3:GetBucketAcl", Resource = module.config_bucket[0].arn },
      { Effect = "Allow", Action = ["kms:GenerateDataKey", "kms:Decrypt"], Resource = aws_kms_key.audit.arn },
    ]
  })
}

resource "aws_config_configuration_recorder" "this" {
  count = local.has["config"]

  name     = var.name
  role_arn = aws_iam_role.config[0].arn

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_delivery_channel" "this" {
  count = local.has["config"]

  name           = var.name
  s3_bucket_name = module.config_bucket[0].id

  depends_on = [aws_config_configuration_recorder.this, module.config_bucket]
}

resource "aws_config_configuration_recorder_status" "this" {
  count = local.has["config"]

  name       = aws_config_configuration_recorder.this[0].name
  is_enabled = true

  depends_on = [aws_config_delivery_channel.this]
}
