# One key for the data of the application; IAM decides who uses it, and it rotates every year.

resource "aws_kms_key" "data" {
  count = contains(local.wanted, "kms") ? 1 : 0

  description         = "Data of ${var.name}"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DelegateToIam"
      Effect    = "Allow"
      Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role_policy" "use_data_key" {
  for_each = contains(local.wanted, "kms") ? var.server_roles : {}

  name = "use-data-key"
  role = each.value
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = aws_kms_key.data[0].arn
    }]
  })
}
