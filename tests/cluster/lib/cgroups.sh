# shellcheck shell=bash
# One control group per cluster, above all that the kubelet makes, so that down finds them.

cgroup_name() { printf 'messenger-operator-%s\n' "$1"; }

# The top of each hierarchy: one with cgroup v2, one per controller with v1.
cgroup_hierarchies() {
  if [[ -f /sys/fs/cgroup/cgroup.controllers ]]; then
    echo /sys/fs/cgroup
  else
    printf '%s\n' /sys/fs/cgroup/*/
  fi
}

make_cgroups() {
  local top group file controller
  while read -r top; do
    top=${top%/}
    group=$top/$(cgroup_name "$1")
    if [[ -f $top/cgroup.controllers && $top == /sys/fs/cgroup ]]; then
      for controller in cpuset cpu io memory hugetlb pids; do
        echo "+$controller" >"$top/cgroup.subtree_control" 2>/dev/null || true
      done
    fi
    mkdir -p "$group" 2>/dev/null || continue
    # A cpuset of v1 starts empty, and nothing can run in an empty one.
    for file in cpuset.cpus cpuset.mems; do
      [[ $top == /sys/fs/cgroup || ! -f $group/$file ]] || cat "$top/$file" >"$group/$file"
    done
  done < <(cgroup_hierarchies)
}

remove_cgroups() {
  local top group
  while read -r top; do
    group=${top%/}/$(cgroup_name "$1")
    [[ -d $group ]] || continue
    wait_until 10 remove_cgroup "$group" || say "some control groups are still in use: $group"
  done < <(cgroup_hierarchies)
}

remove_cgroup() {
  find "$1" -depth -type d -exec rmdir {} + 2>/dev/null
  [[ ! -d $1 ]]
}
