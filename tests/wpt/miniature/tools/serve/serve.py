"""Serves this tree as the server of a real one does, as far as its tests need it: files, and pages made of scripts."""

import argparse
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))

TYPES = {".htm": "text/html", ".html": "text/html", ".js": "text/javascript", ".event_stream": "text/event-stream"}

PAGE = """<!doctype html>
<title>%s</title>
<script src="/resources/testharness.js"></script>
<script src="/resources/testharnessreport.js"></script>
%s
"""
CLASSIC = '<script src="%s"></script>'
IN_DEDICATED_WORKER = '<script>fetch_tests_from_worker(new Worker("%s"));</script>'
IN_SHARED_WORKER = '<script>fetch_tests_from_worker(new SharedWorker("%s"));</script>'
IN_SERVICE_WORKER = """<script>
navigator.serviceWorker.register("%s", { scope: "none" }).then((it) => fetch_tests_from_worker(it.installing));
</script>"""
WORKER = """importScripts("/resources/testharness.js");
importScripts("%s");
done();
"""

# Suffix of the address, what the page has in it, and the script that it is made of and loads, by their suffixes.
PAGES = [
    (".any.html", CLASSIC, ".any.js", ".any.js"),
    (".any.worker.html", IN_DEDICATED_WORKER, ".any.js", ".any.worker.js"),
    (".any.sharedworker.html", IN_SHARED_WORKER, ".any.js", ".any.worker.js"),
    (".any.serviceworker.html", IN_SERVICE_WORKER, ".any.js", ".any.worker.js"),
    (".window.html", CLASSIC, ".window.js", ".window.js"),
]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        for suffix, content, of, loads in PAGES:
            if path.endswith(suffix) and exists(path.replace(suffix, of)):
                script = path.replace(suffix, loads)
                return self.answer(200, "text/html", (PAGE % (script, content % script)).encode())
        if path.endswith(".any.worker.js"):
            return self.answer(200, "text/javascript", (WORKER % path.replace(".any.worker.js", ".any.js")).encode())
        if exists(path):
            with open(ROOT + path, "rb") as file:
                return self.answer(200, TYPES[os.path.splitext(path)[1]], file.read())
        return self.answer(404, "text/plain", b"not found")

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def exists(path):
    return ".." not in path and os.path.isfile(ROOT + path)


def start_servers(logger, host, ports, paths):
    """Starts the servers of every scheme that it is given, of which this tree has one."""
    servers = []
    for scheme, numbers in ports.items():
        assert scheme == "http", "no server for " + scheme
        for number in numbers:
            server = ThreadingHTTPServer((host, number), Handler)
            threading.Thread(target=server.serve_forever).start()
            servers.append(server)
    return servers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", required=True)
    with open(parser.parse_args().config) as file:
        config = json.load(file)
    start_servers(None, config["server_host"], {"https": [8443, 8444], **config["ports"]}, {"doc_root": ROOT})
