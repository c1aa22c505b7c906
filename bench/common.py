"""What every benchmark shares: servers, data, interleaved runs, and a report that is printed and kept."""

import argparse
import contextlib
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "integration"))

import duckdb  # noqa: E402
from servers import Martinet, PostgresCluster  # noqa: E402

CACHE = ROOT / ".cache" / "bench"
RESULTS = ROOT / "bench" / "results"
EXTENSIONS = ROOT / "vendor" / "duckdb" / "extensions"
# A PostgreSQL that is set for this work, so that it is compared at its best.
POSTGRES_SETTINGS = {
    "shared_buffers": "2GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "30min",
    "max_connections": "100",
    "autovacuum": "off",
}


@dataclass
class Comparison:
    """Medians of two sides; `ratio` is how many times the baseline's time Martinet takes."""

    name: str
    seconds: dict[str, float]
    martinet: str
    baseline: str
    target: float | None = None  # Martinet's time at most this many times the baseline's

    @property
    def ratio(self) -> float:
        return self.seconds[self.martinet] / self.seconds[self.baseline]


@dataclass
class Report:
    """Results of one benchmark, written to bench/results/NAME.json."""

    name: str
    comparisons: list[Comparison] = field(default_factory=list)
    figures: list[dict[str, object]] = field(default_factory=list)
    notes: dict[str, object] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    def compare(
        self,
        name: str,
        sides: dict[str, Callable[[], object]],
        *,
        runs: int,
        warm_up: int = 1,
        targets: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Runs the sides in turn; "martinet" is compared with each of the others."""
        seconds = interleaved(sides, runs=runs, warm_up=warm_up)
        for other in sides:
            if other != "martinet" and "martinet" in sides:
                comparison = Comparison(name, seconds, "martinet", other, (targets or {}).get(other))
                self.comparisons.append(comparison)
                print_comparison(comparison)
        if "martinet" not in sides:
            for side, value in seconds.items():
                print(f"  {name:<44} {side} {value * 1000:.3f} ms", flush=True)
            self.figures.append({"name": name, "seconds": seconds})
        return seconds

    def figure(self, name: str, value: float, unit: str, target: float | None = None) -> None:
        """A number on its own; met when it is at most `target`."""
        self.figures.append({"name": name, "value": value, "unit": unit, "target": target})
        verdict = "" if target is None else f"  target ≤ {target:g} {unit}  {mark(value <= target)}"
        print(f"  {name:<44} {value:.3f} {unit}{verdict}", flush=True)

    def geometric_mean(self, name: str, prefix: str, baseline: str, target: float | None) -> float:
        ratios = [c.ratio for c in self.comparisons if c.name.startswith(prefix) and c.baseline == baseline]
        mean = math.exp(statistics.fmean(math.log(ratio) for ratio in ratios))
        self.figure(name, mean, "×", target)
        return mean

    def save(self) -> bool:
        """Writes the JSON; whether every target was met."""
        missed = [c.name for c in self.comparisons if c.target is not None and c.ratio > c.target]
        for figure in self.figures:
            if figure.get("target") is not None and figure["value"] > figure["target"]:
                missed.append(str(figure["name"]))
        document = {
            "benchmark": self.name,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - self.started, 1),
            "machine": machine(),
            "comparisons": [
                {
                    "name": c.name,
                    "median_seconds": {side: round(value, 7) for side, value in c.seconds.items()},
                    "baseline": c.baseline,
                    "ratio": round(c.ratio, 4),
                    "target": c.target,
                }
                for c in self.comparisons
            ],
            "figures": self.figures,
            "notes": self.notes,
            "targets_missed": missed,
        }
        RESULTS.mkdir(parents=True, exist_ok=True)
        path = RESULTS / f"{self.name}.json"
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
        print(f"  kept in {path.relative_to(ROOT)}; targets missed: {', '.join(missed) or 'none'}")
        return not missed


def mark(met: bool) -> str:
    return "met" if met else "MISSED"


def print_comparison(c: Comparison) -> None:
    target = "" if c.target is None else f"  target ≤ {c.target:g}  {mark(c.ratio <= c.target)}"
    print(
        f"  {c.name:<44} {c.martinet} {c.seconds[c.martinet] * 1000:.3f} ms"
        f" / {c.baseline} {c.seconds[c.baseline] * 1000:.3f} ms = {c.ratio:.3f}{target}",
        flush=True,
    )


def interleaved(sides: dict[str, Callable[[], object]], *, runs: int, warm_up: int) -> dict[str, float]:
    """Median seconds of each side; the sides take turns, so that a slow moment hits them all."""
    times: dict[str, list[float]] = {side: [] for side in sides}
    for run in range(warm_up + runs):
        order = list(sides) if run % 2 == 0 else list(reversed(sides))
        for side in order:
            started = time.perf_counter()
            sides[side]()
            if run >= warm_up:
                times[side].append(time.perf_counter() - started)
    return {side: statistics.median(values) for side, values in times.items()}


def first_line(*command: str) -> str:
    with contextlib.suppress(OSError, subprocess.CalledProcessError, IndexError):
        return subprocess.check_output(command, text=True, stderr=subprocess.DEVNULL).splitlines()[0]
    return "unknown"


def machine() -> dict[str, object]:
    processors = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
    memory = Path("/proc/meminfo").read_text().split()[1]
    return {
        "processor": processors[0].split(": ")[1] if processors else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory) / 2**20, 1),
        "system": first_line("lsb_release", "-sd")
        if Path("/usr/bin/lsb_release").exists()
        else platform.platform(),
        "load_average": os.getloadavg()[0],
        "commit": first_line("git", "-C", str(ROOT), "describe", "--always", "--dirty"),
        "duckdb": duckdb.__version__,
        "postgres": first_line("psql", "--version"),
        "python": platform.python_version(),
    }


def arguments(description: str, **defaults: object) -> argparse.Namespace:
    """Command-line options `--NAME VALUE` with the given defaults, plus `--without-martinet`."""
    parser = argparse.ArgumentParser(description=description)
    for name, default in defaults.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    parser.add_argument(
        "--without-martinet", action="store_true", help="measure only what Martinet is compared with"
    )
    return parser.parse_args()


@contextlib.contextmanager
def postgres() -> Iterator[PostgresCluster]:
    cluster = PostgresCluster(POSTGRES_SETTINGS)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@contextlib.contextmanager
def martinet(benchmark: str | None = None, scale: float = 1, *options: str) -> Iterator[Martinet]:
    """A running Martinet; its folder is kept per benchmark and scale, so that it is loaded once."""
    folder = CACHE / (f"{benchmark}-{scale:g}" if benchmark else "empty")
    folder.mkdir(parents=True, exist_ok=True)
    server = Martinet(folder, *options)
    server.data.mkdir(exist_ok=True)
    known = folder / "password"
    if known.exists():
        server.endpoint.password = known.read_text()
    else:
        server.add_user(server.endpoint.user, server.endpoint.password, "--superuser")
        known.touch(mode=0o600)
        known.write_text(server.endpoint.password)
    loaded = folder / "loaded"
    if benchmark and not loaded.exists():
        for name in benchmark.split("+"):
            print(f"  loading {name} at scale {scale:g} …", flush=True)
            server.load(name, scale)
        loaded.touch()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def tpch(scale: float) -> duckdb.DuckDBPyConnection:
    """TPC-H in a DuckDB file of its own, for what is loaded into servers; generated once."""
    path = CACHE / f"tpch-{scale:g}.duckdb"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        print(f"  generating TPC-H at scale {scale:g} …", flush=True)
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with duckdb.connect(str(new), config={"allow_unsigned_extensions": "true"}) as connection:
            connection.execute(f"load '{EXTENSIONS / 'tpch.duckdb_extension'}'")
            connection.execute(f"call dbgen(sf = {scale})")
        new.rename(path)
    return duckdb.connect(str(path), read_only=True)


def lake(server: Martinet, schema: str) -> duckdb.DuckDBPyConnection:
    """The lake of a running server in this process: the same files, read only, the same settings."""
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    for extension in ("ducklake", "sqlite_scanner"):
        connection.execute(f"load '{EXTENSIONS / extension}.duckdb_extension'")
    connection.execute(f"attach 'ducklake:sqlite:{server.data / 'catalog.sqlite'}' as lake (read_only)")
    connection.execute(f"use lake.{schema}")
    connection.execute("set integer_division = true")
    connection.execute("set default_null_order = 'nulls_last_on_asc_first_on_desc'")
    return connection


LINEITEM = """
    l_orderkey bigint, l_partkey bigint, l_suppkey bigint, l_linenumber bigint, l_quantity numeric(15,2),
    l_extendedprice numeric(15,2), l_discount numeric(15,2), l_tax numeric(15,2), l_returnflag varchar,
    l_linestatus varchar, l_shipdate date, l_commitdate date, l_receiptdate date, l_shipinstruct varchar,
    l_shipmode varchar, l_comment varchar"""


def lineitem_csv(scale: float) -> Path:
    """lineitem as a CSV file with a header; written once."""
    path = CACHE / f"lineitem-{scale:g}.csv"
    if not path.exists():
        with tpch(scale) as connection:
            connection.execute(f"copy lineitem to '{path}.new' (format csv, header)")
        Path(f"{path}.new").rename(path)
    return path


def copy_file(endpoint, path: Path, statement: str) -> None:
    """COPY FROM STDIN of a whole file in pieces of 1 MiB, on a connection of its own."""
    with (
        endpoint.connect() as connection,
        path.open("rb") as file,
        connection.cursor().copy(statement) as copy,
    ):
        while piece := file.read(1 << 20):
            copy.write(piece)
