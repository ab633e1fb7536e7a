"""How many pages a second the portal gives, in this process and from a server of its own."""

import http.client
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client

from benchmarks.figures import Figure
from benchmarks.pages import section_url

SECONDS = 2
# However fast the server is, each reader asks no more often, nor longer than SECONDS.
READERS, REQUESTS = 4, 2_000


def throughput(edition):
    """Section pages a second, asked of the view and over HTTP."""
    url, size = section_url(edition), edition.sections.count()
    with server() as port:
        served = _over_http(port, url)
    return [
        Figure(f"section page, {size:,} sections, in process", _in_process(url), "pages/s"),
        Figure(f"section page, {size:,} sections, from granian", served, "pages/s"),
    ]


def _in_process(url):
    client, count, began = Client(), 0, perf_counter()
    while perf_counter() - began < SECONDS:
        client.get(url)
        count += 1
    return count / (perf_counter() - began)


def _over_http(port, url):
    with ThreadPoolExecutor(READERS) as readers:
        # Once before, so that every worker has loaded its templates.
        list(readers.map(lambda _reader: _read(port, url, most=10), range(READERS)))
        began = perf_counter()
        counts = list(readers.map(lambda _reader: _read(port, url, most=REQUESTS), range(READERS)))
    return sum(counts) / (perf_counter() - began)


def _read(port, url, *, most):
    """Read a page up to `most` times over one connection; the number of times it was."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    began, count = perf_counter(), 0
    while count < most and perf_counter() - began < SECONDS:
        line.request("GET", url)
        response = line.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{url} answers {response.status}")
        count += 1
    line.close()
    return count


@contextmanager
def server():
    """A server as `make run` starts it, on a free port of this machine; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "portal.wsgi:application"),
            *("--host", "127.0.0.1", "--port", str(port), "--workers", "2"),
            *("--blocking-threads", "4", "--log-level", "warning"),
        ],
        env=os.environ | {"DATABASE_URL": database_url()},
        cwd=Path(__file__).resolve().parent.parent,
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port, process):
    for _turn in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"granian ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise RuntimeError("granian does not answer")


def database_url():
    """The address of the benchmarks' own database, for the server."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
