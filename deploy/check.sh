#!/usr/bin/env bash
# The checks. Without a word: the fast ones (make check). With --all: these and every other test (make test).
# Each check's output is shown only when it fails; all are run, so that one round tells everything.
set -uo pipefail
cd "$(dirname "$0")/.."

PY=.venv/bin/python
# Tests make hundreds of databases and throw them away: in memory where there is plenty of it.
plenty=$((16 * 1024 * 1024)) # KiB
free=$(awk '/^MemAvailable/ {print $2}' /proc/meminfo)
room=$(df --output=avail /dev/shm 2>/dev/null | tail -1)
if [ "${free:-0}" -gt $plenty ] && [ "${room:-0}" -gt $plenty ]; then where=/dev/shm; else where=${TMPDIR:-/tmp}; fi
OUT=$(mktemp -d -p "$where")
export TMPDIR=$OUT
beside=()
trap 'for one in "${beside[@]}"; do kill -- "-$one" 2>/dev/null; done; rm -rf "$OUT"' EXIT
failed=()

# check NAME COMMAND...: run it and note how it went.
check() {
    local name=$1 began=$SECONDS
    shift
    "$@" >"$OUT/$name" 2>&1
    echo "$? $((SECONDS - began))" >"$OUT/$name.result"
}

# follow NAME COMMAND...: the same for what takes minutes, with its output as it comes.
follow() {
    local name=$1 began=$SECONDS
    shift
    "$@" 2>&1 | sed -u "s/^/  $name │ /"
    echo "${PIPESTATUS[0]} $((SECONDS - began))" >"$OUT/$name.result"
    : >"$OUT/$name"
}

# told NAME: say how a check went, with its output when it failed.
told() {
    local code seconds
    read -r code seconds <"$OUT/$1.result"
    if [ "$code" = 0 ]; then
        printf '  ok      %-10s %3d s\n' "$1" "$seconds"
    else
        printf '  FAILED  %-10s %3d s\n' "$1" "$seconds"
        cat "$OUT/$1"
        failed+=("$1")
    fi
}

python_files=()
for folder in contracts kit services deploy bench tests; do
    [ -n "$(find $folder -name '*.py' -print -quit 2>/dev/null)" ] && python_files+=("$folder")
done

check unit $PY -m pytest -q -p no:cacheprovider tests/unit tests/contract &
unit=$!
check format $PY -m ruff format --check "${python_files[@]}"
check lint $PY -m ruff check "${python_files[@]}"
check types $PY -m mypy "${python_files[@]/#/-p}"
check imports .venv/bin/lint-imports --no-cache
check contracts $PY -m contracts check
check access $PY -m kit.access.matrix check
for name in format lint types imports contracts access; do told $name; done
wait $unit
told unit

if [ "${1:-}" = --all ]; then
    # Each with systems of its own on free ports; they mostly wait for what they started. What counts seconds runs
    # alone, when the rest is done: the drills, and the tests that are marked so.
    slowest=(--durations=10 --durations-min=5)
    apart=(tests/property tests/integration/processes tests/integration/stack)
    set -m # groups of their own: ended with all they started when we are, which else they would outlive
    follow browser $PY -m pytest -q "${slowest[@]}" tests/e2e &
    beside+=($!)
    follow stacks $PY -m pytest -q "${slowest[@]}" "${apart[@]}" &
    beside+=($!)
    set +m
    check web-check deploy/install.sh pnpm run check
    told web-check
    check web-test deploy/install.sh pnpm run --if-present test
    told web-test
    follow system $PY -m pytest -q "${slowest[@]}" -m "not seconds" tests/integration "${apart[@]/#/--ignore=}"
    wait "${beside[@]}"
    for name in browser stacks system; do told $name; done
    follow seconds $PY -m pytest -q -m seconds tests/integration
    told seconds
    follow drills $PY -m pytest -q tests/faults
    told drills
fi

if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}"
    exit 1
fi
echo "all checks passed"
