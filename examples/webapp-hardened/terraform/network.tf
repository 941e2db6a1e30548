resource "aws_vpc" "vpc" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = {
    Name = "webapp"
  }
}

# The group that every VPC comes with lets nothing in or out; CloudFormation cannot change it.
resource "aws_default_security_group" "default" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_internet_gateway" "internet_gateway" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_subnet" "firewall_subnet_a" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.250.0/28"
  availability_zone = local.zone_a
}

resource "aws_subnet" "firewall_subnet_c" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.250.16/28"
  availability_zone = local.zone_c
}

resource "aws_subnet" "public_subnet_a" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = local.zone_a
}

resource "aws_subnet" "public_subnet_c" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = local.zone_c
}

resource "aws_subnet" "private_subnet_a" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.10.0/24"
  availability_zone = local.zone_a
}

resource "aws_subnet" "private_subnet_c" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.11.0/24"
  availability_zone = local.zone_c
}

resource "aws_subnet" "data_subnet_a" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.20.0/24"
  availability_zone = local.zone_a
}

resource "aws_subnet" "data_subnet_c" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.21.0/24"
  availability_zone = local.zone_c
}

# The firewall's own subnets lead to the internet.
resource "aws_route_table" "firewall_route_table" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route" "firewall_default_route" {
  route_table_id         = aws_route_table.firewall_route_table.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.internet_gateway.id
}

resource "aws_route_table_association" "firewall_subnet_a_routes" {
  subnet_id      = aws_subnet.firewall_subnet_a.id
  route_table_id = aws_route_table.firewall_route_table.id
}

resource "aws_route_table_association" "firewall_subnet_c_routes" {
  subnet_id      = aws_subnet.firewall_subnet_c.id
  route_table_id = aws_route_table.firewall_route_table.id
}

# The public subnets go out through the firewall of their zone.
resource "aws_route_table" "public_route_table_a" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route" "public_default_route_a" {
  route_table_id         = aws_route_table.public_route_table_a.id
  destination_cidr_block = "0.0.0.0/0"
  vpc_endpoint_id        = local.firewall_endpoints[local.zone_a]
}

resource "aws_route_table_association" "public_subnet_a_routes" {
  subnet_id      = aws_subnet.public_subnet_a.id
  route_table_id = aws_route_table.public_route_table_a.id
}

resource "aws_route_table" "public_route_table_c" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route" "public_default_route_c" {
  route_table_id         = aws_route_table.public_route_table_c.id
  destination_cidr_block = "0.0.0.0/0"
  vpc_endpoint_id        = local.firewall_endpoints[local.zone_c]
}

resource "aws_route_table_association" "public_subnet_c_routes" {
  subnet_id      = aws_subnet.public_subnet_c.id
  route_table_id = aws_route_table.public_route_table_c.id
}

# What comes in for them passes the same endpoint.
resource "aws_route_table" "edge_route_table" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route" "edge_route_a" {
  route_table_id         = aws_route_table.edge_route_table.id
  destination_cidr_block = aws_subnet.public_subnet_a.cidr_block
  vpc_endpoint_id        = local.firewall_endpoints[local.zone_a]
}

resource "aws_route" "edge_route_c" {
  route_table_id         = aws_route_table.edge_route_table.id
  destination_cidr_block = aws_subnet.public_subnet_c.cidr_block
  vpc_endpoint_id        = local.firewall_endpoints[local.zone_c]
}

resource "aws_route_table_association" "edge_routes" {
  gateway_id     = aws_internet_gateway.internet_gateway.id
  route_table_id = aws_route_table.edge_route_table.id
}

# The servers reach the outside through a NAT gateway of their zone.
resource "aws_eip" "nat_address_a" {
  domain = "vpc"
}

resource "aws_nat_gateway" "nat_gateway_a" {
  allocation_id = aws_eip.nat_address_a.id
  subnet_id     = aws_subnet.public_subnet_a.id
}

resource "aws_route_table" "private_route_table_a" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route" "private_default_route_a" {
  route_table_id         = aws_route_table.private_route_table_a.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat_gateway_a.id
}

resource "aws_route_table_association" "private_subnet_a_routes" {
  subnet_id      = aws_subnet.private_subnet_a.id
  route_table_id = aws_route_table.private_route_table_a.id
}

resource "aws_eip" "nat_address_c" {
  domain = "vpc"
}

resource "aws_nat_gateway" "nat_gateway_c" {
  allocation_id = aws_eip.nat_address_c.id
  subnet_id     = aws_subnet.public_subnet_c.id
}

resource "aws_route_table" "private_route_table_c" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route" "private_default_route_c" {
  route_table_id         = aws_route_table.private_route_table_c.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat_gateway_c.id
}

resource "aws_route_table_association" "private_subnet_c_routes" {
  subnet_id      = aws_subnet.private_subnet_c.id
  route_table_id = aws_route_table.private_route_table_c.id
}

# The data subnets have no way out at all.
resource "aws_route_table" "data_route_table" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route_table_association" "data_subnet_a_routes" {
  subnet_id      = aws_subnet.data_subnet_a.id
  route_table_id = aws_route_table.data_route_table.id
}

resource "aws_route_table_association" "data_subnet_c_routes" {
  subnet_id      = aws_subnet.data_subnet_c.id
  route_table_id = aws_route_table.data_route_table.id
}

resource "aws_cloudwatch_log_group" "flow_log_group" {
  retention_in_days = 90
}

resource "aws_iam_role" "flow_log_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "write_flow_logs" {
  role = aws_iam_role.flow_log_role.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = aws_cloudwatch_log_group.flow_log_group.arn
    }]
  })
}

resource "aws_flow_log" "flow_log" {
  vpc_id          = aws_vpc.vpc.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.flow_log_group.arn
  iam_role_arn    = aws_iam_role.flow_log_role.arn
}
