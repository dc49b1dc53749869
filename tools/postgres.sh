#!/usr/bin/env bash
# Install Debian's PostgreSQL (15 or newer) for the tests of a team's store, if it is missing and this user may. Nothing is
# started: the tests make a server of their own on 127.0.0.1, in a temporary folder, and remove it.
set -u
for initdb in /usr/lib/postgresql/*/bin/initdb; do
  version="${initdb#/usr/lib/postgresql/}"
  [ -x "$initdb" ] && [ "${version%%/*}" -ge 15 ] && exit 0
done
if ! command -v apt-get >/dev/null; then
  echo "No PostgreSQL 15 or newer in /usr/lib/postgresql: the tests of a team's store are skipped."
  exit 0
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "No PostgreSQL: the tests of a team's store are skipped. To run them: sudo apt-get install postgresql"
    exit 0
  fi
  root="sudo -n"
fi
echo "==> Installing PostgreSQL for the tests of a team's store (apt-get, about 60 MB)"
export DEBIAN_FRONTEND=noninteractive
install="$root apt-get install -y -qq --no-install-recommends"
conf=/etc/postgresql-common/createcluster.conf
if ! { $root apt-get update -qq && $install postgresql-common >/dev/null &&
  { grep -qs '^create_main_cluster = false' $conf || echo 'create_main_cluster = false' | $root tee -a $conf >/dev/null; } &&
  $install postgresql >/dev/null; }; then
  echo "PostgreSQL could not be installed: the tests of a team's store are skipped."
fi
exit 0
