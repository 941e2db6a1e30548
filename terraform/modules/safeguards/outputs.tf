output "certificate_arn" {
  description = "The validated certificate of the domain, for listeners of your own"
  value       = one(aws_acm_certificate_validation.this[*].certificate_arn)
}

output "ssl_policy" {
  description = "The policy for HTTPS listeners of your own"
  value       = local.ssl_policy
}

output "web_acl_arn" {
  description = "The web ACL, for further associations"
  value       = one(module.web_firewall[*].arn)
}

output "log_bucket" {
  description = "The bucket for access_logs of load balancers"
  value       = one(aws_s3_bucket.logs[*].id)

  # A load balancer checks that it may write when its logs are turned on.
  depends_on = [aws_s3_bucket_policy.logs]
}

output "data_key_arn" {
  description = "The key for data of the application"
  value       = one(aws_kms_key.data[*].arn)
}

output "database_settings" {
  description = "What belongs into the resources of the databases. Setting storage_encrypted or kms_key_id on a database that exists replaces it: copy a snapshot with the key and restore from it first"
  value       = local.database_settings
}

output "server_tags" {
  description = "Tags by which servers are patched, to be propagated to instances"
  value       = contains(local.wanted, "patch-manager") ? { PatchedBy = "weekly", PatchGroup = "weekly" } : {}
}

output "http_tokens" {
  description = "For metadata_options of servers and launch templates"
  value       = contains(local.wanted, "imdsv2") ? "required" : "optional"
}

output "minimum_servers" {
  description = "For min_size of Auto Scaling groups and desired_count of services"
  value       = contains(local.wanted, "redundancy") ? 2 : 1
}

output "mfa_configuration" {
  description = "For mfa_configuration of Cognito user pools"
  value       = contains(local.wanted, "mfa") ? "ON" : "OPTIONAL"
}

output "permissions_boundary_arn" {
  description = "For permissions_boundary of roles"
  value       = one(aws_iam_policy.boundary[*].arn)
}
