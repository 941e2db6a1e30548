# A web application with the safeguards module: two zones, a load balancer, servers in an Auto Scaling group, a database,
# a bucket. What the module cannot attach from outside, the resources take from its outputs.

terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.95"
    }
  }
}

locals {
  # A name that you own, its public zone, and who is told.
  domain_name    = "www.example.com"
  hosted_zone_id = "Z0123456789ABCDEFGHIJ"
  operator_email = "operator@example.com"
  operator_phone = "+819012345678"
}

data "aws_availability_zones" "available" {
  state = "available"
}

module "safeguards" {
  source = "../.."

  name   = "webapp"
  domain = { name = local.domain_name, hosted_zone_id = local.hosted_zone_id }

  load_balancers = { web = { arn = aws_lb.web.arn, target_group_arn = aws_lb_target_group.web.arn } }
  vpcs           = { main = aws_vpc.main.id }
  buckets        = { uploads = { id = aws_s3_bucket.uploads.id, arn = aws_s3_bucket.uploads.arn } }
  databases      = { main = { engine = "mysql", engine_version = "8.4.6" } }
  server_roles   = { web = aws_iam_role.web.name }

  patch_operating_system = "AMAZON_LINUX_2023"

  account = {
    operator_email         = local.operator_email
    operator_phone         = local.operator_phone
    macie_buckets          = [aws_s3_bucket.uploads.id]
    data_event_bucket_arns = [aws_s3_bucket.uploads.arn]
  }
}

locals {
  database = module.safeguards.database_settings["main"]
}
