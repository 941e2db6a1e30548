variable "name" {
  description = "A name for what the module makes; unique in the account and region"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "name: lower-case letters, digits and hyphens, 2 to 31 of them, beginning with a letter."
  }
}

variable "off" {
  description = "Safeguards to leave out, by name"
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.off, local.known)) == 0
    error_message = "off: no such safeguard: ${join(", ", setsubtract(var.off, local.known))}."
  }
}

variable "on" {
  description = "Safeguards to add to those that are on by default, by name"
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.on, local.known)) == 0
    error_message = "on: no such safeguard: ${join(", ", setsubtract(var.on, local.known))}."
  }

  validation {
    condition     = !contains(var.on, "network-firewall") || var.firewall != null
    error_message = "on: network-firewall needs firewall, its VPC and subnets."
  }
}

variable "only" {
  description = "Only these safeguards, whatever the defaults say"
  type        = set(string)
  default     = null

  validation {
    condition     = var.only == null ? true : length(setsubtract(var.only, local.known)) == 0
    error_message = "only: there is a name that no safeguard has."
  }

  validation {
    condition     = var.only == null || var.account != null ? true : length(setintersection(var.only, local.of_account)) == 0
    error_message = "only: a safeguard of the account needs account, who is told."
  }
}

variable "domain" {
  description = "The name under which the application is reached, and its public zone in Route 53; without it no HTTPS"
  type = object({
    name           = string
    hosted_zone_id = string
  })
  default = null
}

variable "load_balancers" {
  description = "Application load balancers without listeners: each gets a web ACL, and with a domain an HTTPS listener that forwards to its target group and an HTTP listener that forwards to HTTPS"
  type = map(object({
    arn              = string
    target_group_arn = string
  }))
  default = {}
}

variable "web_acl_places" {
  description = "ARNs of further places for the web ACL: REST API stages, AppSync APIs, Cognito user pools, App Runner services"
  type        = map(string)
  default     = {}
}

variable "rate_limit" {
  description = "Requests of one address in five minutes before it is blocked"
  type        = number
  default     = 2000
}

variable "vpcs" {
  description = "Ids of VPCs: each gets flow logs, and its default security group is closed"
  type        = map(string)
  default     = {}
}

variable "buckets" {
  description = "Buckets by name of your own. A bucket has one policy: give the statements of yours, the module adds the one that denies plain HTTP. Set encrypt to false where a distribution or another account reads it"
  type = map(object({
    id         = string
    arn        = string
    encrypt    = optional(bool, true)
    statements = optional(list(any), [])
  }))
  default = {}
}

variable "databases" {
  description = "Databases by name of your own: each gets a parameter group that needs TLS. Use the output database_settings in their resources"
  type = map(object({
    engine         = string
    engine_version = string
    cluster        = optional(bool, false)
  }))
  default = {}

  validation {
    condition = alltrue([
      for each in values(var.databases) :
      contains(["mysql", "mariadb", "postgres", "aurora-mysql", "aurora-postgresql"], each.engine)
    ])
    error_message = "databases: the engine is one of mysql, mariadb, postgres, aurora-mysql, aurora-postgresql."
  }
}

variable "backup_days" {
  description = "Days for which database backups are kept"
  type        = number
  default     = 14
}

variable "server_roles" {
  description = "Names of the roles of servers: they may be managed by Systems Manager and use the data key"
  type        = map(string)
  default     = {}
}

variable "patch_schedule" {
  description = "When patches are installed and a restart is allowed (Systems Manager's cron, UTC)"
  type        = string
  default     = "cron(0 18 ? * SAT *)"
}

variable "patch_operating_system" {
  description = "The servers' system for a patch baseline of your own, such as AMAZON_LINUX_2023; without it AWS's baseline holds"
  type        = string
  default     = null
}

variable "firewall" {
  description = "Beside on = [\"network-firewall\"] (about $290 a month per zone): the VPC, one subnet per zone that holds nothing else, and Suricata rules in strict order"
  type = object({
    vpc_id     = string
    subnet_ids = list(string)
    rules = optional(string, <<-EOT
      pass tcp $EXTERNAL_NET any -> $HOME_NET [80,443] (msg:"visitors"; flow:to_server; sid:1; rev:1;)
      pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; dotprefix; content:".amazonaws.com"; endswith; msg:"AWS"; flow:to_server; sid:2; rev:1;)
    EOT
    )
  })
  default = null
}

variable "shield_advanced" {
  description = "Exactly: I accept $3,000 per month for at least twelve months. Beside on = [\"shield\"]; without these words nothing of Shield Advanced is added"
  type        = string
  default     = null
}

variable "account" {
  description = "The safeguards that an account needs once (trail, alarms, GuardDuty, Security Hub, Inspector, Macie, …). Leave it out where they are on already"
  type = object({
    operator_email         = string
    operator_phone         = optional(string)
    monthly_budget_dollars = optional(number, 600)
    macie_buckets          = optional(list(string), [])
    data_event_bucket_arns = optional(list(string), [])
    security_hub           = optional(string, "continuous")
    security_hub_schedule  = optional(string, "cron(0 0 1 * ? *)")
    inspector_scans        = optional(list(string), ["EC2", "ECR", "LAMBDA"])
    unused_access          = optional(bool, true)
    evidence_days          = optional(number, 365)
  })
  default = null
}
