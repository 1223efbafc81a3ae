"""Container health: exit 0 when this process's /readyz answers 200. Its port is KINERJA_HEALTH_PORT or KINERJA_PORT."""

import os
import sys
import urllib.error
import urllib.request

port = os.environ.get("KINERJA_HEALTH_PORT") or os.environ["KINERJA_PORT"]
try:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:  # noqa: S310 - our own address
        print(answer.read(500).decode())
except urllib.error.HTTPError as error:
    sys.exit(error.read(500).decode())
except OSError as error:
    sys.exit(str(error))
