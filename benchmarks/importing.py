"""How long a large Word file takes to come in, and how much memory: in a process of its own."""

import io
import json
import os
import random
import resource
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import docx

from benchmarks.figures import Figure, seconds

PICTURES = 15
# Promised for a Word file of 3 MB with 15 pictures.
MOST_SECONDS, MOST_MB = 10, 500


def importing():
    """Seconds and memory of one import: read, compare, match, write, publish."""
    path = Path(os.environ["BENCHMARK_FOLDER"]) / "large.docx"
    path.write_bytes(large_file())
    from benchmarks.throughput import database_url

    child = subprocess.run(
        [sys.executable, "-m", "benchmarks.importing", str(path)],
        env=os.environ | {"DATABASE_URL": database_url()},
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(child.stdout)
    size = path.stat().st_size / 1_000_000
    what = f"import of Word, {size:.1f} MB, {PICTURES} pictures, {found['sections']} sections"
    return [
        Figure(what, found["seconds"], "s", most=MOST_SECONDS),
        Figure("  of which reading", found["reading"], "s"),
        Figure("  most memory", found["mb"], "MB", most=MOST_MB),
    ]


def large_file():
    """A Word file like the large ones of the set: chapters, lists, tables, pictures, 3 MB."""
    turn, document = random.Random(15), docx.Document()
    for text, style in (
        ("実践ガイドブック DS-999", None),
        ("測定用ガイドブック", "Title"),
        ("2018年（平成30年）3月30日", None),
        ("デジタル庁", None),
    ):
        document.add_paragraph(text, style=style)
    words = (
        "府省は、",
        "情報システムの整備及び管理に当たり、",
        "次の事項を",
        "確認するものとする。",
    )
    for chapter in range(1, 16):
        document.add_heading(f"第{chapter}章 章{chapter}", 1)
        document.add_paragraph().add_run().add_picture(io.BytesIO(_picture(turn)))
        document.add_paragraph(f"図{chapter} 全体像", style="Caption")
        for clause in range(1, 15):
            document.add_heading(f"{clause}. 節{chapter}の{clause}", 2)
            for _paragraph in range(5):
                document.add_paragraph("".join(turn.choices(words, k=20)))
            document.add_paragraph("項目である。", style="List Bullet")
        table = document.add_table(12, 4)
        for row in table.rows:
            for cell in row.cells:
                cell.text = "".join(turn.choices(words, k=2))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _picture(turn):
    """A picture of 256 by 256 dots that no compression makes smaller."""

    def chunk(name, data):
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    rows = b"".join(b"\0" + turn.randbytes(256 * 3) for _row in range(256))
    head = struct.pack(">IIBBBBB", 256, 256, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _import(path):
    """What the process of its own does and prints."""
    import django

    django.setup()
    from governance.operators import operator
    from guidelines.importing import read_file
    from guidelines.importing.writing import write

    sources, reports = [], []
    reading = seconds(lambda: sources.append(read_file(path)))
    writing = seconds(lambda: reports.append(write(sources[0], by=operator(), publish=True)))
    # Linux says kilobytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "seconds": reading + writing,
                "reading": reading,
                "mb": peak,
                "sections": len(reports[0].sections),
            }
        )
    )


if __name__ == "__main__":
    _import(Path(sys.argv[1]))
