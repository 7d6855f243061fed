# shellcheck shell=bash
# The cluster's DNS: dnsmasq on the node's address, fed from the Services by lib/dns-server.

start_dns() {
  start_process "$1" dns "${RUN[@]}" "$CLUSTER_LIB/dns-server" "$(state_dir "$1")" "$DNS_ADDRESS"
}

# add_dns_records CLUSTER NAME=ADDRESS...; "host" as ADDRESS means this machine, as pods see it.
add_dns_records() {
  local name=$1 dir record address
  dir=$(state_dir "$name")
  shift
  mkdir -p "$dir/dns"
  touch "$dir/dns/records"
  for record in "$@"; do
    address=${record#*=}
    [[ $address != host ]] || address=$HOST_ADDRESS
    grep -qxF "$address ${record%%=*}" "$dir/dns/records" || echo "$address ${record%%=*}" >>"$dir/dns/records"
  done
}
