#!/usr/bin/env bash
# Install Debian's Java 17 for the tests on Spark if it is missing and this user may; otherwise say that they are skipped.
set -u
command -v java >/dev/null && exit 0
if ! command -v apt-get >/dev/null; then
  echo "No java: the tests on Spark are skipped. Install a Java 17 runtime to run them."
  exit 0
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "No java: the tests on Spark are skipped. To run them: sudo apt-get install openjdk-17-jre-headless"
    exit 0
  fi
  root="sudo -n"
fi
echo "==> Installing Java 17 for the tests on Spark (apt-get, about 200 MB)"
export DEBIAN_FRONTEND=noninteractive
if ! { $root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; }; then
  echo "Java could not be installed: the tests on Spark are skipped."
fi
exit 0
