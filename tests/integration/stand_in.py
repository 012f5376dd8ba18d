"""A service small enough to prove the launcher with: ready at once, and it ends when asked."""

import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit


class Answers(BaseHTTPRequestHandler):
    """/health/ready says yes, /settings says which settings came, /end/CODE ends the process."""

    def do_GET(self) -> None:
        if self.path.startswith("/end/"):
            os._exit(int(self.path.rpartition("/")[2]))
        ours = sorted(name for name in os.environ if name.startswith("FELLES_"))
        body = " ".join(ours).encode() if self.path == "/settings" else b"ready"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def main() -> None:
    """Serve on the portal's address until SIGTERM."""
    port = urlsplit(os.environ["FELLES_PORTAL_URL"]).port or 0
    server = HTTPServer(("127.0.0.1", port), Answers)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()


if __name__ == "__main__":
    main()
