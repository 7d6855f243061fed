# shellcheck shell=bash
# Free ports for clusters that live on 127.0.0.1. Below the range that the kernel hands to outgoing connections, and
# noted in the state directory, so that clusters which start at the same time never choose the same.

# take_ports CLUSTER COUNT: sets PORTS and notes them.
take_ports() {
  local dir port used tries=0
  dir=$(state_dir "$1")
  lock 7 "$STATE_ROOT/.ports.lock"
  used=$(ports_in_use)
  PORTS=()
  while ((${#PORTS[@]} < $2)); do
    ((++tries < 1000)) || die "no free ports between 20000 and 32000"
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    grep -qx "$port" <<<"$used" || PORTS+=("$port") used+=$'\n'"$port"
  done
  printf '%s\n' "${PORTS[@]}" >"$dir/ports"
  unlock 7
}

ports_in_use() {
  cat /dev/null "$STATE_ROOT"/*/ports 2>/dev/null || true
  # The second column is the local address and port in hexadecimal.
  awk 'FNR > 1 { sub(/.*:/, "", $2); print $2 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null | sort -u |
    while read -r port; do echo $((16#$port)); done
}
