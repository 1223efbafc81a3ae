"""A service that tells what reached it, for tests of what the edge does in between.

`python upstream.py <port>` answers any request with JSON of its path, headers and body's hash; `/stream` sends one
event, then nothing for as long as the connection lives; `/evidence` asks for a sandbox.
"""

import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.endswith("/stream"):
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            self.wfile.write(b"event: presence\ndata: {}\n\n")
            self.wfile.flush()
            time.sleep(20)
            return
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        told = {
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "sha256": hashlib.sha256(body).hexdigest(),
            "filling": "a" * 3000,
        }
        answer = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        if self.path.endswith("/evidence"):
            self.send_header("content-security-policy", "sandbox")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Echo).serve_forever()
