# Flow logs, and a bucket that takes access logs of load balancers and buckets.

locals {
  logs_wanted = contains(local.wanted, "logging")
  flow_logs   = local.logs_wanted ? var.vpcs : {}
}

resource "aws_s3_bucket" "logs" {
  count = local.logs_wanted ? 1 : 0

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "logs" {
  count = local.logs_wanted ? 1 : 0

  bucket                  = aws_s3_bucket.logs[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  count = local.logs_wanted ? 1 : 0

  bucket = aws_s3_bucket.logs[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "logs" {
  count = local.logs_wanted ? 1 : 0

  bucket = aws_s3_bucket.logs[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_notification" "logs" {
  count = local.logs_wanted ? 1 : 0

  bucket      = aws_s3_bucket.logs[0].id
  eventbridge = true
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  count = local.logs_wanted ? 1 : 0

  bucket = aws_s3_bucket.logs[0].id

  rule {
    id     = "expire"
    status = "Enabled"
    filter {}

    expiration {
      days = 365
    }
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  count = local.logs_wanted ? 1 : 0

  bucket = aws_s3_bucket.logs[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "LoadBalancers"
        Effect    = "Allow"
        Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource = [
          "${aws_s3_bucket.logs[0].arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/*",
          "${aws_s3_bucket.logs[0].arn}/*/AWSLogs/${data.aws_caller_identity.current.account_id}/*",
        ]
      },
      {
        Sid       = "Buckets"
        Effect    = "Allow"
        Principal = { Service = "logging.s3.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.logs[0].arn}/*"
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
      },
      {
        Sid       = "DenyPlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.logs[0].arn, "${aws_s3_bucket.logs[0].arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "flow" {
  for_each = local.flow_logs

  name              = "/${var.name}/flow-logs/${each.key}"
  retention_in_days = 90
}

resource "aws_iam_role" "flow" {
  count = length(local.flow_logs) > 0 ? 1 : 0

  name = "${var.name}-flow-logs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "flow" {
  count = length(local.flow_logs) > 0 ? 1 : 0

  name = "write-flow-logs"
  role = aws_iam_role.flow[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = [for group in aws_cloudwatch_log_group.flow : "${group.arn}:*"]
    }]
  })
}

resource "aws_flow_log" "vpc" {
  for_each = local.flow_logs

  vpc_id          = each.value
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.flow[each.key].arn
  iam_role_arn    = aws_iam_role.flow[0].arn
}

# Nobody uses the default group on purpose; what is put into it by mistake reaches nothing.
resource "aws_default_security_group" "closed" {
  for_each = contains(local.wanted, "network-least-privilege") ? var.vpcs : {}

  vpc_id = each.value
}
