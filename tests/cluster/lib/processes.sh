# shellcheck shell=bash
# Processes are recorded as "<pid> <start time>", so a pid that was given to somebody else is never touched.

process_start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  # State Z: dead, only not yet collected by its parent.
  [[ ${stat%% *} != Z ]] || return 1
  cut -d' ' -f20 <<<"$stat"
}

# start_process CLUSTER PART COMMAND...: runs COMMAND in the background, in a session of its own, with its own log.
start_process() {
  local dir part=$2
  dir=$(state_dir "$1")
  shift 2
  mkdir -p "$dir/pids" "$dir/logs"
  setsid "$@" >>"$dir/logs/$part.log" 2>&1 </dev/null 7>&- 8>&- 9>&- &
  record_process "$dir" "$part" $!
  # Otherwise bash reports its end on stderr.
  disown
}

record_process() {
  local dir=$1 part=$2 pid=$3
  printf '%s %s\n' "$pid" "$(process_start_time "$pid" || echo gone)" >"$dir/pids/$part"
}

# is_running CLUSTER PART
is_running() {
  local pid started
  read -r pid started 2>/dev/null <"$(state_dir "$1")/pids/$2" || return 1
  [[ "$(process_start_time "$pid")" == "$started" ]]
}

# kill_recorded CLUSTER: everything here is thrown away with its data, so there is nothing to end gracefully.
kill_recorded() {
  local dir file part pid started
  dir=$(state_dir "$1")
  # The watchdog may be the one who called.
  for file in "$dir"/pids/*; do
    part=${file##*/}
    [[ -e $file && $part != watchdog ]] || continue
    if is_running "$1" "$part"; then
      read -r pid started <"$file"
      kill -KILL "$pid" 2>/dev/null || true
    fi
  done
  for file in "$dir"/pids/*; do
    part=${file##*/}
    [[ -e $file && $part != watchdog ]] || continue
    wait_until 10 is_gone "$1" "$part" || die "$part of cluster $1 does not end"
    rm -f "$file"
  done
}

is_gone() { ! is_running "$1" "$2"; }

# require_running CLUSTER PART...: says which part died and why.
require_running() {
  local name=$1 part
  shift
  for part in "$@"; do
    is_running "$name" "$part" && continue
    say "cluster $name: $part is not running"
    show_log "$(state_dir "$name")/logs/$part.log"
    return 1
  done
}

# start_watchdog CLUSTER PARENT: takes the cluster down when PARENT dies, however it dies.
start_watchdog() {
  local started
  started=$(process_start_time "$2") || die "--parent-pid $2: no such process"
  start_process "$1" watchdog "$CLUSTER_SCRIPT" watch-parent --name "$1" --pid "$2" --started "$started"
}

watch_parent() {
  local name=$1 pid=$2 started=$3
  while [[ "$(process_start_time "$pid")" == "$started" ]]; do
    [[ -d $(state_dir "$name") ]] || return 0
    sleep 1
  done
  "$CLUSTER_SCRIPT" down --name "$name"
}
