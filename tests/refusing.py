"""Sources that refuse at once: a local server where all but one feed is 404, so that nothing is tried again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def refusing(feed: str = "") -> Iterator[str]:
    """Its address; `feed` is what /feed.xml gives."""

    class Refusal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = feed and self.path == "/feed.xml"
            self.send_response(200 if known else 404)
            self.end_headers()
            self.wfile.write(feed.encode() if known else b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Refusal) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
