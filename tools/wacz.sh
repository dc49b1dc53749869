#!/bin/bash
# Installs `wacz`, which checks captures of pages, into build/wacz: an environment of its own, because it brings 25 packages
# that marsad does not need. Tests that use it are skipped without it.
set -eu
cd "$(dirname "$0")/.."
[ -x build/wacz/bin/wacz ] && exit 0
echo "==> Installing wacz into build/wacz (it only checks captures in tests)"
"${PYTHON:-python3}" -m venv build/wacz && build/wacz/bin/pip install --disable-pip-version-check -q "wacz==0.6.0" || {
  rm -rf build/wacz
  echo "wacz could not be installed; the test that captures are valid will be skipped"
}
