#!/usr/bin/env bash
# What the tests need from the system, and Hikiwake itself does not: Chromium, with fonts for every language of the texts.
set -euo pipefail

command -v chromium >/dev/null && exit 0
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "Chromium is not here, and this script installs it only as root with apt-get." >&2
    echo "Install it by hand; without it the tests that open pages are skipped." >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
