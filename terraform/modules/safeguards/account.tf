# What an account needs once; `source = ".../safeguards/account"` uses it by itself.

module "account" {
  source = "./account"
  count  = var.account == null ? 0 : 1

  name                   = var.name
  wanted                 = local.wanted
  operator_email         = var.account.operator_email
  operator_phone         = var.account.operator_phone
  monthly_budget_dollars = var.account.monthly_budget_dollars
  macie_buckets          = var.account.macie_buckets
  data_event_bucket_arns = var.account.data_event_bucket_arns
  security_hub           = var.account.security_hub
  security_hub_schedule  = var.account.security_hub_schedule
  inspector_scans        = var.account.inspector_scans
  unused_access          = var.account.unused_access
  evidence_days          = var.account.evidence_days
}
