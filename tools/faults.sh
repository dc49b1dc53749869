#!/usr/bin/env bash
# Install what the tests of faults need (Debian): failing syncs, wrong clocks, power cuts, a time-stamping authority.
# Without these programs, or without root, those tests are skipped and say so.
set -eu
root=""
[ "$(id -u)" -eq 0 ] || root="sudo"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq
$root apt-get install -y -qq --no-install-recommends strace faketime btrfs-progs e2fsprogs mount openssl age >/dev/null
echo "strace, faketime, btrfs-progs, openssl and age are installed."
