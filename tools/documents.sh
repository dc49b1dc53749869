#!/usr/bin/env bash
# Install what reads PDF and scans (poppler-utils, tesseract with Arabic and English), and what sets the pages of a situation
# report (Pango), if it is missing and this user may.
set -u
pango() { ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 && ldconfig -p | grep -q libharfbuzz-subset; }
command -v pdftotext >/dev/null && command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx ara && pango && exit 0
packages="poppler-utils tesseract-ocr tesseract-ocr-ara tesseract-ocr-eng libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
if ! command -v apt-get >/dev/null; then
  echo "No pdftotext, no tesseract with Arabic or no Pango: PDF and scans are not read, reports not set, their tests skipped."
  exit 0
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "To read PDF and scans, and to set reports as PDF: sudo apt-get install $packages"
    exit 0
  fi
  root="sudo -n"
fi
echo "==> Installing what reads PDF and scans, and sets reports (apt-get, about 70 MB)"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
if ! { $root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends $packages >/dev/null; }; then
  echo "$packages could not be installed: PDF and scans are not read, reports are not set, and their tests are skipped."
fi
exit 0
