# Other mergers, to be compared with. Sourced by Tools/replay and Tools/benchmark, after Tools/requirements.sh.
#
#   prepare_peers [NAME…]    fetches those named, or all, and sets LIGNE_PEERS_PYTHON to the Python that has them
#
# They are Python packages. The first time they are fetched into .build/peers; nothing else is touched.

# Results are compared from one time to the next, so the versions stay.
peers=(nbdime==4.0.4 automerge==1.0.0rc1 pycrdt==0.14.13 loro==1.17.1)

# Debian has the part of Python that makes environments in a package of its own.
require_python_environments() {
  ! python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || return 0
  has apt-get || stop "Python 3 with venv and pip is needed: https://www.python.org/downloads/"
  # The name that install_quietly looks for.
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || stop "Missing here: python3-venv. As root: apt-get install python3-venv"
    as_root=(sudo)
  fi
  say "Installing with apt: python3-venv"
  install_quietly python3-venv
}

is_there() {
  "$LIGNE_PEERS_PYTHON" - "$1" <<'END' 2>/dev/null
import importlib.metadata, sys
name, version = sys.argv[1].split("==")
sys.exit(importlib.metadata.version(name) != version)
END
}

prepare_peers() {
  export LIGNE_PEERS_PYTHON=$PWD/.build/peers/bin/python
  # An environment stops working when the Python it was made with goes.
  if ! "$LIGNE_PEERS_PYTHON" -m pip --version >/dev/null 2>&1; then
    require_python_environments
    python3 -m venv --clear .build/peers >&2
  fi
  local peer
  for peer in "${peers[@]}"; do
    [ $# -eq 0 ] || [[ " $* " == *" ${peer%%==*} "* ]] || continue
    ! is_there "$peer" || continue
    say "Fetching $peer…"
    # Built ones only: what is not built for this computer is left out instead of asking for a Rust compiler.
    "$LIGNE_PEERS_PYTHON" -m pip install --quiet --disable-pip-version-check --no-input \
      --only-binary="${peer%%==*}" "$peer" >&2 || say "Without $peer: pip's own words stand above."
  done
}
