#!/usr/bin/env bash
# Install Debian's Pango, on which situation reports as PDF stand, and poppler, with which tests read them, if they are missing
# and this user may; otherwise say what is left out.
set -u
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils"
ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 && command -v pdftotext >/dev/null && exit 0
root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v apt-get >/dev/null || ! sudo -n true 2>/dev/null; then
    echo "No Pango or poppler: no situation reports as PDF. To have them: sudo apt-get install $packages"
    exit 0
  fi
  root="sudo -n"
fi
echo "==> Installing Pango and poppler for situation reports as PDF (apt-get, about 10 MB)"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
if ! { $root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends $packages >/dev/null; }; then
  echo "Pango and poppler could not be installed: no situation reports as PDF."
fi
exit 0
