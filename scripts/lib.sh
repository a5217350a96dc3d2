# Shared by the scripts beside it; sourced, never run.

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Whether a command may run as root, without a password that nobody is there to type.
may_be_root() { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }; }

as_root() {
  may_be_root || die "root is needed here; please run: $*"
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs Debian packages. The services they bring (PostgreSQL, Apache) are kept from starting:
# the tests start their own, in private folders, and stop them again.
install_packages() {
  command -v apt-get >/dev/null || die "please install what these Debian packages hold, by your system's own means: $*"
  local apt=(apt-get -o DPkg::Lock::Timeout=600) guard=/usr/sbin/policy-rc.d own_guard=
  say "installing $*"
  as_root "${apt[@]}" update -qq
  if [ ! -e $guard ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee $guard >/dev/null
    as_root chmod 755 $guard
    own_guard=yes
  fi
  local rc=0
  as_root env DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y -qq --no-install-recommends "$@" </dev/null >/dev/null || rc=$?
  [ -z "$own_guard" ] || as_root rm -f $guard
  [ $rc = 0 ] || die "apt-get could not install: $*"
}
