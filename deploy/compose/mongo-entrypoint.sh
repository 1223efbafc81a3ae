#!/bin/bash
# mongod takes a key file only if it is private and its own; a mounted secret is neither.
set -euo pipefail
umask 077
printf '%s\n' "$KINERJA_MONGO_KEY" >/run/kinerja/key
unset KINERJA_MONGO_KEY
chown -R mongodb:mongodb /run/kinerja
exec docker-entrypoint.sh "$@"
