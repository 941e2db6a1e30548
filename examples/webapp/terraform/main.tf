# The reference environment, as a developer first builds it: a web application on one server behind a
# load balancer, with a MySQL database and a bucket for uploads. No safeguard is attached yet.
# The same resources as ../template.yaml; WebServer there is web_server here.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "database_user" {
  type    = string
  default = "admin"
}

variable "database_password" {
  type      = string
  sensitive = true

  validation {
    condition     = length(var.database_password) >= 8
    error_message = "The password needs at least 8 characters."
  }
}

variable "image_id" {
  description = "The machine image of the web server"
  type        = string
}

data "aws_availability_zones" "available" {
  state = "available"
}

output "address" {
  description = "Where the application answers"
  value       = "http://${aws_lb.load_balancer.dns_name}/"
}
