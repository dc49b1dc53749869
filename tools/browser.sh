#!/usr/bin/env bash
# Install Debian's Chromium for the browser tests if it is missing and this user may; otherwise say that they are skipped.
set -u
[ -x /usr/bin/chromium ] && exit 0
if ! command -v apt-get >/dev/null; then
  echo "No Chromium at /usr/bin/chromium: the browser tests are skipped."
  exit 0
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "No Chromium: the browser tests are skipped. To run them: sudo apt-get install chromium"
    exit 0
  fi
  root="sudo -n"
fi
echo "==> Installing Chromium for the browser tests (apt-get, about 100 MB)"
export DEBIAN_FRONTEND=noninteractive
if ! { $root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; }; then
  echo "Chromium could not be installed: the browser tests are skipped."
fi
exit 0
