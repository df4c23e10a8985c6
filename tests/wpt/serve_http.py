"""Serves a web-platform-tests tree with the tree's own tools/serve, over http alone.

Usage: serve_http.py TREE CONFIG, where CONFIG is a JSON file of that server's settings.
"""

import importlib
import multiprocessing
import sys


def http_only(serve):
    """Starts no server but those for http.

    The other schemes keep their port numbers, because pages have them filled in, but need certificates and
    libraries that nothing here uses.
    """
    start_servers = serve.start_servers

    def start_http_servers(logger, host, ports, *rest, **options):
        return start_servers(logger, host, {"http": ports["http"]}, *rest, **options)

    serve.start_servers = start_http_servers


def main(tree, config):
    # The start method that the tree's command line insists on.
    multiprocessing.set_start_method("spawn")
    sys.path.insert(0, tree)
    # Puts the tree's own libraries on the path.
    importlib.import_module("tools.localpaths")
    serve = importlib.import_module("tools.serve.serve")
    http_only(serve)
    sys.argv[1:] = ["--config", config]
    return serve.main()


# The server's processes import this file once more.
if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
