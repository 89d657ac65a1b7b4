# What building Ligne, and running its tests, needs on a computer. Sourced by Tools/test and Tools/demo.
#
#   require build    Swift, git, libgit2, SQLite
#   require tests    the same, and the programs tests speak with
#
# Where everything is there, nothing is done and nothing is said. On Debian and its relatives the rest is installed
# with apt; elsewhere it is named, with where to get it. What is said goes to standard error.

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "$@"
  exit 1
}

# Servers stand where an ordinary PATH does not look.
has() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1; }

has_certificates() {
  local place
  for place in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    [ ! -e "$place" ] || return 0
  done
  return 1
}

# Debian's own Python is the one that finds Debian's packages.
has_python_module() { /usr/bin/python3 -c "import $1" >/dev/null 2>&1; }

# Where Debian, and others, keep what lighttpd loads.
has_web_module() {
  compgen -G "/usr/lib*/lighttpd/mod_$1.so" >/dev/null || compgen -G "/usr/lib*/*/lighttpd/mod_$1.so" >/dev/null
}

has_dictionary() { [ -e "/usr/share/hunspell/$1.dic" ]; }

require() {
  has swift || stop "Swift is needed, 6.2 or newer: https://www.swift.org/install/linux/"

  local missing=()
  has git || missing+=(git)
  # Packages are fetched over https.
  has_certificates || missing+=(ca-certificates)
  has pkg-config || missing+=(pkg-config)
  has pkg-config && pkg-config --exists 'libgit2 >= 1.5' || missing+=(libgit2-dev)
  has pkg-config && pkg-config --exists 'sqlite3 >= 3.34' || missing+=(libsqlite3-dev)
  if [ "$1" = tests ]; then
    has ssh && has ssh-keygen || missing+=(openssh-client)
    has sshd || missing+=(openssh-server)
    has lighttpd || missing+=(lighttpd)
    has_web_module openssl || missing+=(lighttpd-mod-openssl)
    has openssl || missing+=(openssl)
    has python3 || missing+=(python3)
    has_python_module icalendar || missing+=(python3-icalendar)
    has strace || missing+=(strace)
    has unshare || missing+=(util-linux)
    has hunspell || missing+=(hunspell)
    has_dictionary fr_CA || missing+=(hunspell-fr)
    has_dictionary en_CA || missing+=(hunspell-en-ca)
  fi
  [ ${#missing[@]} -gt 0 ] || return 0
  has apt-get || stop "Missing here, by the names Debian gives them: ${missing[*]}"

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || stop "Missing here: ${missing[*]}. As root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing with apt: ${missing[*]}"
  install_quietly "${missing[@]}"
}

# Installs packages; what apt writes is shown only if it fails.
#
# Tests start an ssh and a web server of their own, on ports of their own. Those of the computer were not asked for: where
# they were not there before, they stay off.
install_quietly() {
  local log policy=/usr/sbin/policy-rc.d has_own_policy=no unasked=()
  log=$(mktemp)
  [[ " $* " != *" openssh-server "* ]] || unasked+=(ssh.service ssh.socket)
  [[ " $* " != *" lighttpd "* ]] || unasked+=(lighttpd.service)
  if [ -d /run/systemd/system ] && [ ${#unasked[@]} -gt 0 ] && [ ! -e $policy ]; then
    has_own_policy=yes
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
    "${as_root[@]}" chmod +x $policy
  fi
  local status=0
  "${as_root[@]}" apt-get update -q >"$log" 2>&1 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends "$@" >>"$log" 2>&1 || status=$?
  if [ $has_own_policy = yes ]; then
    "${as_root[@]}" rm -f $policy
    "${as_root[@]}" systemctl disable --quiet "${unasked[@]}" 2>/dev/null || true
  fi
  [ $status -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  [ $status -eq 0 ] || stop "apt could not install them; its own words stand above."
}
