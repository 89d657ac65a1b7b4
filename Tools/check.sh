#!/usr/bin/env bash
# Everything that has to hold before a change lands, without installing anything: layout, build, floors, tests.
#
#   Tools/check.sh               what Tools/test and the continuous integration run
#   Tools/check.sh --sanitize    the core again, under the address and the thread sanitizer (several minutes more)
#   Tools/check.sh --filter X    other words go to `swift test`
#
# Remarks go to standard error; standard output is the test runner's, and its closing lines come last.
set -euo pipefail
CDPATH= cd -P "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*" >&2; }

if [ "${1:-}" = --sanitize ]; then
  shift
  core='^(JSONTree|ObjectModel|ThreeWayMerge|CommitJoin)Tests\.'
  for sanitizer in address thread; do
    say "The core under the $sanitizer sanitizer"
    # Leaks are not looked for: the testing libraries keep theirs until the process ends.
    ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=halt_on_error=1 \
      swift test --sanitize="$sanitizer" --scratch-path ".build/$sanitizer" --filter "$core" "$@"
  done
  exit
fi

say "Layout: swift format lint"
swift format lint --strict --parallel --recursive Sources Tests Tools Package.swift

say "Build: warnings are errors, and a module imports only what Package.swift lets it"
swift build --build-tests --explicit-target-dependency-import-check error >&2

say "A release can't be told to make a mistake: what would carry the order is in the debug build alone"
swift build -c release --target PlantedBugs >&2
for configuration in debug release; do
  found=no
  ! grep -q TaskLocal "$(swift build -c $configuration --show-bin-path)/PlantedBugs.build"/*.o || found=yes
  case "$configuration $found" in
  "debug yes" | "release no") ;;
  *) say "PlantedBugs, $configuration: $found" && exit 1 ;;
  esac
done

if [ $# -gt 0 ]; then
  say "Tests"
  exec swift test --skip-build "$@"
fi

# Several runs, because tests disturb each other in two ways. Those that hold a thread of the pool make those wait that
# read what other programs say, until these programs seem silent. And a program holds, between its fork and its start,
# every open file of its parent, which to the tests of the working copy looks like an editor. The test that gives the rules
# a minute for a hostile text runs among few others: it would count the minutes in which programs hold the threads.
commands='^(EditorialChecks|Hostile|Hunspell|Ligne)Tests\.'
exchanges='^(GitStore|SyncEngine)Tests\.'
files='^(WorkingCopyTests\.(GitLock|Journal|Kill|Refusal|Scan|WorkspaceLock)Tests|EditorialChecksTests\.HostileTextTests)'
say "Tests that compute"
swift test --skip-build --skip "$commands" --skip "$exchanges" --skip "$files"
say "Tests of files that start programs, and of texts that a clock watches"
swift test --skip-build --filter "$files"
say "Tests of exchanges with an address"
swift test --skip-build --filter "$exchanges"
say "The program under faults, with many at once, and on bad networks, in short"
LIGNE_BUILD=debug Tools/torture >&2
say "Tests of commands, and of checks that ask git and hunspell"
swift test --skip-build --filter "$commands" --skip "$files"
