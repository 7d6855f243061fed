"""A sink to look at: prints every CloudEvent it is sent and takes it."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Sink(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        for name, value in sorted(self.headers.items()):
            if name.startswith("ce-"):
                print(f"{name}: {value}")
        print(body.decode(), flush=True)
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", 9000), Sink).serve_forever()
