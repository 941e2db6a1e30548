# Custom key stores in Terraform's AWS provider.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "endpoint" { type = string }
variable "cluster" { type = string }
# A connected key store in which a key is made; empty: the key store itself is made.
variable "store" {
  type    = string
  default = ""
}
variable "certificate" { type = string }
variable "password" {
  type      = string
  sensitive = true
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
  endpoints {
    kms = var.endpoint
    sts = var.endpoint
  }
}

resource "aws_kms_custom_key_store" "vault" {
  count                    = var.store == "" ? 1 : 0
  custom_key_store_name    = "vault"
  cloud_hsm_cluster_id     = var.cluster
  key_store_password       = var.password
  trust_anchor_certificate = file(var.certificate)
}

data "aws_kms_custom_key_store" "vault" {
  custom_key_store_id = var.store == "" ? aws_kms_custom_key_store.vault[0].id : var.store
}

resource "aws_kms_key" "inside" {
  count                   = var.store == "" ? 0 : 1
  custom_key_store_id     = var.store
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "inside" {
  count         = length(aws_kms_key.inside)
  name          = "alias/inside"
  target_key_id = aws_kms_key.inside[0].key_id
}

output "state" {
  value = data.aws_kms_custom_key_store.vault.connection_state
}
