#!/usr/bin/env bash
# Install what reads PDF and scans (poppler-utils, tesseract with Arabic and English) if it is missing and this user may.
set -u
command -v pdftotext >/dev/null && command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx ara && exit 0
packages="poppler-utils tesseract-ocr tesseract-ocr-ara tesseract-ocr-eng"
if ! command -v apt-get >/dev/null; then
  echo "No pdftotext or no tesseract with Arabic: PDF and scans are not read, and their tests are skipped."
  exit 0
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "To read PDF and scans: sudo apt-get install $packages"
    exit 0
  fi
  root="sudo -n"
fi
echo "==> Installing what reads PDF and scans (apt-get, about 60 MB)"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
if ! { $root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends $packages >/dev/null; }; then
  echo "$packages could not be installed: PDF and scans are not read, and their tests are skipped."
fi
exit 0
