# shellcheck shell=bash
# What scripts/demo and scripts/demo-stop share; source it in the root.
# shellcheck disable=SC2034 # used by the scripts that source this
binary="$PWD/.build/release/martinet"
state="$PWD/demo/.state"
# shellcheck disable=SC2034
data="$state/lake"

demo_is_running() {
  local pid
  pid="$(cat "$state/serve.pid" 2>/dev/null)" || return 1
  # The number may belong to another program after a restart of the machine.
  [ -n "$pid" ] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$data"
}
