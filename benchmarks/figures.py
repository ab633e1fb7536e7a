"""What a benchmark finds, how it takes the time, and how it is printed."""

import gc
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """One measured value, with the most it may be where somebody promised that."""

    what: str
    value: float
    unit: str
    most: float | None = None

    @property
    def is_within(self) -> bool:
        return self.most is None or self.value <= self.most


def seconds(act: Callable[[], object]) -> float:
    """How long an act takes that can be done only once."""
    gc.collect()
    began = perf_counter()
    act()
    return perf_counter() - began


def median_ms(act: Callable[[], object], *, times: int = 21) -> float:
    """The median time of an act in milliseconds, after it has been done once to warm up."""
    act()
    return median(seconds(act) for _turn in range(times)) * 1000


def table(figures: Iterable[Figure]) -> str:
    """The figures as lines with aligned columns."""
    rows = [
        (
            figure.what,
            f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:,.3g}",
            figure.unit,
            "" if figure.most is None else f"at most {figure.most:g}",
            "" if figure.is_within else "EXCEEDED",
        )
        for figure in figures
    ]
    first, second, third, fourth = (max(_width(row[column]) for row in rows) for column in range(4))
    return "\n".join(
        f"{what}{' ' * (first - _width(what))}  {value:>{second}} {unit:<{third}}"
        f"  {most:<{fourth}}  {verdict}".rstrip()
        for what, value, unit, most, verdict in rows
    )


def _width(text):
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
