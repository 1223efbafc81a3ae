#!/usr/bin/env bash
# The checks. Without a word: the fast ones (make check). With --all: these and every other test (make test).
# Each check's output is shown only when it fails; all are run, so that one round tells everything.
set -uo pipefail
cd "$(dirname "$0")/.."

PY=.venv/bin/python
OUT=$(mktemp -d)
trap 'rm -rf "$OUT"' EXIT
failed=()

# check NAME COMMAND...: run it and say how it went.
check() {
    local name=$1 began=$SECONDS
    shift
    if "$@" >"$OUT/$name" 2>&1; then
        printf '  ok      %-12s %3d s\n' "$name" $((SECONDS - began))
    else
        printf '  FAILED  %-12s %3d s\n' "$name" $((SECONDS - began))
        cat "$OUT/$name"
        failed+=("$name")
    fi
}

# shown NAME COMMAND...: the same for what takes minutes, with its output as it comes.
shown() {
    local name=$1 began=$SECONDS
    shift
    if "$@"; then
        printf '  ok      %-12s %3d s\n' "$name" $((SECONDS - began))
    else
        printf '  FAILED  %-12s %3d s\n' "$name" $((SECONDS - began))
        failed+=("$name")
    fi
}

python_files=()
for folder in contracts kit services deploy bench tests; do
    [ -n "$(find $folder -name '*.py' -print -quit 2>/dev/null)" ] && python_files+=("$folder")
done

check format $PY -m ruff format --check "${python_files[@]}"
check lint $PY -m ruff check "${python_files[@]}"
check types $PY -m mypy "${python_files[@]/#/-p}"
check imports .venv/bin/lint-imports --no-cache
check contracts $PY -m contracts check
check unit $PY -m pytest -q -p no:cacheprovider tests/unit tests/contract

if [ "${1:-}" = --all ]; then
    check web-check deploy/install.sh pnpm run check
    check web-test deploy/install.sh pnpm run --if-present test
    shown tests $PY -m pytest -q --ignore=tests/unit --ignore=tests/contract tests
fi

if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}"
    exit 1
fi
echo "all checks passed"
