# Patches every week on servers with the tag PatchedBy = weekly (output server_tags).

locals {
  patched = contains(local.wanted, "patch-manager") && length(var.server_roles) > 0
}

resource "aws_iam_role_policy_attachment" "managed" {
  for_each = contains(local.wanted, "patch-manager") ? var.server_roles : {}

  role       = each.value
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_ssm_association" "weekly_patches" {
  count = local.patched ? 1 : 0

  name                = "AWS-RunPatchBaseline"
  association_name    = "${var.name}-weekly-patches"
  schedule_expression = var.patch_schedule
  max_concurrency     = "1"
  max_errors          = "1"

  parameters = {
    Operation    = "Install"
    RebootOption = "RebootIfNeeded"
  }

  targets {
    key    = "tag:PatchedBy"
    values = ["weekly"]
  }
}

# Severe patches are approved after a week, so that they are in within a month even when one week is missed.
resource "aws_ssm_patch_baseline" "severe" {
  count = local.patched && var.patch_operating_system != null ? 1 : 0

  name             = "${var.name}-severe-within-a-month"
  operating_system = var.patch_operating_system

  approval_rule {
    approve_after_days  = 7
    compliance_level    = "CRITICAL"
    enable_non_security = false

    patch_filter {
      key    = "CLASSIFICATION"
      values = ["Security"]
    }
    patch_filter {
      key    = "SEVERITY"
      values = ["Critical", "Important"]
    }
  }
}

resource "aws_ssm_patch_group" "severe" {
  count = local.patched && var.patch_operating_system != null ? 1 : 0

  baseline_id = aws_ssm_patch_baseline.severe[0].id
  patch_group = "weekly"
}
