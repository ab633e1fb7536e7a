"""Runs a command against PostgreSQL: a server named, or a throw-away cluster of its own.

    python -m tests.postgres COMMAND …

`TEST_DATABASE_URL` names a server; else a cluster is made on a free loopback port with the
machine's PostgreSQL binaries, and removed afterwards. Where there are none it says so, and fails
when `CI` is true.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path


def find_binaries():
    """The folder of the newest PostgreSQL server on this machine, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).parent if on_path else None


def unprivileged():
    """Keywords for subprocess to run as a user that PostgreSQL accepts: it refuses root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


@contextmanager
def cluster(binaries):
    """A cluster that lives as long as the block; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    identity = unprivileged()
    if identity:
        shutil.chown(folder, identity["user"])
    data = str(folder / "data")

    def run(*command):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **identity)

    try:
        run(
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "portal",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        # Without the autovacuum, which counts rows whenever it likes: a test that is not committed
        # yet would now and then be planned for empty tables, and take minutes. Servers are given a
        # quarter of the memory for what they keep at hand, and not the 128 MB of an untouched one.
        options = (
            f"-p {port} -h 127.0.0.1 -k {folder}"
            " -c fsync=off -c full_page_writes=off -c autovacuum=off -c shared_buffers=256MB"
        )
        run(
            binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start"
        )
        try:
            yield f"postgres://portal@127.0.0.1:{port}/postgres"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command):
    """Run the command with DATABASE_URL set; returns its exit status."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": named}).returncode
    binaries = find_binaries()
    if binaries is None:
        print(
            "\n*** NOT TESTED ON POSTGRESQL: this machine has no PostgreSQL server binaries.\n"
            "*** Install them (Debian: postgresql), or name a server in TEST_DATABASE_URL.\n",
            file=sys.stderr,
        )
        return int(os.environ.get("CI") == "true")
    with cluster(binaries) as address:
        print(f"PostgreSQL: a throw-away cluster at {address}")
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
