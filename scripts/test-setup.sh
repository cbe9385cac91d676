#!/bin/sh
# Installs what the tests need and prints the variables they run with: Chromium, PostgreSQL, a
# Chinese font, LibreOffice and pdftoppm. Where it may not install, it says which tests are left
# out and why; in CI (CI=true) that is a failure.
set -eu
packages=""
want() { packages="$packages $1"; }

# None is named as what it looks for: command -v would find the function.
has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }
has_postgres() { ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null || command -v initdb || true; }
has_font() { fc-list 2>/dev/null | grep -Ei 'CJK|Noto Sans SC|WenQuanYi|SimSun' | head -n 1 || true; }

[ -n "$(has_chromium)" ] || want chromium
[ -n "$(has_postgres)" ] || want postgresql
[ -n "$(has_font)" ] || want "fonts-noto-cjk fontconfig"
command -v soffice >/dev/null || want "libreoffice-calc libreoffice-writer"
command -v pdftoppm >/dev/null || want poppler-utils

if [ -n "$packages" ]; then
	as=""
	[ "$(id -u)" = 0 ] || as="sudo -n"
	if command -v apt-get >/dev/null && { [ -z "$as" ] || $as true 2>/dev/null; }; then
		echo "installing:$packages" >&2
		$as apt-get update -qq >&2
		# shellcheck disable=SC2086
		$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >&2 || true
	fi
fi

left=""
leave() { left="$left $1"; echo "left out: $2" >&2; }
[ -n "$(has_chromium)" ] || { leave chromium "the browser tests: no Chromium here and none may be installed (apt package chromium)"; echo "SANGZI_SKIP_BROWSER=1"; }
[ -n "$(has_postgres)" ] || { leave postgresql "the tests on PostgreSQL: none here and none may be installed (apt package postgresql)"; echo "SANGZI_SKIP_POSTGRES=1"; }
[ -n "$(has_font)" ] || leave font "Chinese text in screenshots: no Chinese font here (apt package fonts-noto-cjk)"
command -v soffice >/dev/null || { leave libreoffice "the conversions by LibreOffice: not here and may not be installed (apt package libreoffice-calc)"; echo "SANGZI_SKIP_LIBREOFFICE=1"; }
if [ -n "$left" ] && [ "${CI:-}" = true ]; then
	echo "nothing may be left out in CI:$left" >&2
	exit 1
fi
