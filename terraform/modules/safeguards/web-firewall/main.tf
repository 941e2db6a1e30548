# A web ACL that blocks, with a log of its decisions. For a distribution set scope to CLOUDFRONT and pass a provider of
# us-east-1, and name the output `arn` as the distribution's web_acl_id.

variable "name" {
  description = "The web ACL's name"
  type        = string
}

variable "scope" {
  description = "REGIONAL, or CLOUDFRONT with a provider of us-east-1"
  type        = string
  default     = "REGIONAL"

  validation {
    condition     = contains(["REGIONAL", "CLOUDFRONT"], var.scope)
    error_message = "scope is REGIONAL or CLOUDFRONT."
  }
}

variable "rate_limit" {
  description = "Requests of one address in five minutes before it is blocked"
  type        = number
  default     = 2000
}

variable "log_days" {
  description = "Days for which the log of decisions is kept"
  type        = number
  default     = 90
}

resource "aws_wafv2_web_acl" "this" {
  name  = var.name
  scope = var.scope

  default_action {
    allow {}
  }

  rule {
    name     = "rate-limit"
    priority = 0
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = var.rate_limit
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      sampled_requests_enabled   = true
      cloudwatch_metrics_enabled = true
      metric_name                = "rate-limit"
    }
  }

  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        vendor_name = "AWS"
        name        = "AWSManagedRulesCommonRuleSet"
      }
    }
    visibility_config {
      sampled_requests_enabled   = true
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
    }
  }

  rule {
    name     = "sql-injection"
    priority = 2
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        vendor_name = "AWS"
        name        = "AWSManagedRulesSQLiRuleSet"
      }
    }
    visibility_config {
      sampled_requests_enabled   = true
      cloudwatch_metrics_enabled = true
      metric_name                = "sql-injection"
    }
  }

  visibility_config {
    sampled_requests_enabled   = true
    cloudwatch_metrics_enabled = true
    metric_name                = var.name
  }
}

# AWS WAF takes only log groups whose names begin so.
resource "aws_cloudwatch_log_group" "decisions" {
  name              = "aws-waf-logs-${var.name}"
  retention_in_days = var.log_days
}

resource "aws_wafv2_web_acl_logging_configuration" "decisions" {
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.decisions.arn]

  redacted_fields {
    single_header {
      name = "authorization"
    }
  }

  redacted_fields {
    single_header {
      name = "cookie"
    }
  }
}

output "arn" {
  description = "The web ACL's ARN"
  value       = aws_wafv2_web_acl.this.arn
}
