# shellcheck shell=bash
# shellcheck disable=SC2034  # variables are read by the other files
# Messages, places, locks and waiting: what every other file here uses.

STATE_ROOT="${TMPDIR:-/tmp}/messenger-operator-cluster"
CACHE_ROOT="${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/messenger-operator"

# Progress and errors go to stderr: stdout belongs to what a caller reads.
say() { printf '%s\n' "$*" >&2; }

die() {
  printf 'cluster: %s\n' "$*" >&2
  exit 1
}

state_dir() { printf '%s/%s\n' "$STATE_ROOT" "$1"; }

# A name becomes part of paths and of interface names.
check_name() {
  [[ $1 =~ ^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$ ]] ||
    die "the name '$1' must be 1 to 40 lower-case letters, digits and dashes"
}

# lock FD FILE: holds FILE's lock on FD until the script ends or closes FD. A lock file may have been removed by the
# one who held it; then the lock is on a file nobody else sees, so it is taken again.
lock() {
  local fd=$1 file=$2
  mkdir -p "$(dirname "$file")"
  while :; do
    eval "exec $fd>>\"\$file\""
    if ! flock --nonblock "$fd"; then
      say "waiting for another run to finish ($file)"
      flock "$fd"
    fi
    [[ "$(stat -c %i "$file" 2>/dev/null)" == "$(stat -L -c %i "/proc/$$/fd/$fd")" ]] && return
  done
}

# The one who holds a lock may remove its file; whoever waits for it notices (see lock).
remove_unused_lock() {
  [[ ! -f $1 ]] || (
    exec 6>>"$1"
    flock --nonblock 6 && rm -f "$1"
  ) || true
}

unlock() { eval "exec $1>&-"; }

# wait_until SECONDS COMMAND...: runs COMMAND until it succeeds; fails when SECONDS have gone by.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# show_log FILE: which log to read, and how it ends.
show_log() {
  say "read $1; it ends with:"
  tail -n 15 "$1" 2>/dev/null | cut -c1-400 | sed 's/^/    /' >&2 || true
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "this needs root: $*"
  fi
}
