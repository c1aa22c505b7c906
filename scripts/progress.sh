# shellcheck shell=bash
# Source this file for two ways to run a step and see how it goes:
#   step NAME COMMAND…    output goes to a log, shown only when the command fails
#   stage NAME COMMAND…   output is shown as it comes (test runners)
# Both print the name, the time it took and the outcome. A step that runs longer than two seconds shows
# its elapsed time: in place on a terminal, else one line after two seconds and every half minute.

progress_log_dir="${progress_log_dir:-.cache/logs}"

progress_now() { date +%s%N; }

progress_seconds() { # since a progress_now
  local tenths=$((($(progress_now) - $1) / 100000000))
  printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

progress_watch() { # PID NAME STARTED
  local quiet_s=2 waited_s=0
  while sleep 1 && kill -0 "$1" 2>/dev/null; do
    waited_s=$((waited_s + 1))
    if [ -t 1 ]; then
      [ "$waited_s" -ge "$quiet_s" ] && printf '\r   %s … %s ' "$2" "$(progress_seconds "$3")"
    elif [ "$waited_s" -eq "$quiet_s" ] || [ $((waited_s % 30)) -eq 0 ]; then
      printf '   %s … %s\n' "$2" "$(progress_seconds "$3")"
    fi
  done
}

step() {
  local name="$1" started log status=0
  shift
  started="$(progress_now)"
  mkdir -p "$progress_log_dir"
  log="$progress_log_dir/$(printf '%s' "$name" | tr -cs 'A-Za-z0-9\n' '-').log"
  "$@" >"$log" 2>&1 </dev/null &
  local pid=$!
  progress_watch "$pid" "$name" "$started" &
  local watcher=$!
  wait "$pid" || status=$?
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  [ -t 1 ] && printf '\r\033[K'
  if [ "$status" -eq 0 ]; then
    printf 'ok %s (%s)\n' "$name" "$(progress_seconds "$started")"
  else
    printf 'FAILED %s (%s, status %d), the end of %s:\n' "$name" "$(progress_seconds "$started")" "$status" "$log"
    tail -n 60 "$log" | sed 's/^/   | /'
    return "$status"
  fi
}

stage() {
  local name="$1" started status=0
  shift
  started="$(progress_now)"
  printf -- '-- %s\n' "$name"
  "$@" </dev/null || status=$?
  if [ "$status" -eq 0 ]; then
    printf 'ok %s (%s)\n' "$name" "$(progress_seconds "$started")"
  else
    printf 'FAILED %s (%s, status %d)\n' "$name" "$(progress_seconds "$started")" "$status"
    return "$status"
  fi
}
