# shellcheck shell=bash
# What the demo says: numbered stages with their times, and one reason when it fails.

STAGES=8
stage_number=0 stage_started=$SECONDS

# now: seconds since the epoch with a fraction.
now() { printf '%s' "$EPOCHREALTIME"; }

# since TIME: seconds from TIME until now, one decimal.
since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'; }

# stage TEXT: what begins now.
stage() {
  stage_number=$((stage_number + 1)) stage_started=$(now)
  printf '\n[%d/%d] %s\n' "$stage_number" "$STAGES" "$*"
}

# detail TEXT: one line of the stage.
detail() { printf '      %s\n' "$*"; }

# indented: its input as details.
indented() { sed 's/^/      /'; }

stage_done() { detail "done in $(since "$stage_started") s"; }

# fail REASON COMMAND: ends the demo with the reason and the command that shows more.
fail() {
  reason=$1 more=$2
  exit 1
}
