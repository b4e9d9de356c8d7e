"""Installs the peers, builds our side, runs both, and gives the numbers as plain dictionaries."""

import datetime
import hashlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import web as clinic_in_a_browser

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
OUT = BENCH / "out"
FIXTURES = ROOT / "crates/forecast/tests/fixtures"
EXAMPLES = ROOT / "examples"
PYTHON = BENCH / ".venv/bin/python"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
# Debian packages by part, and the command that shows each is there.
DEBIAN = {
    "patient": {"jags": "jags", "r-base-core": "Rscript", "g++": "g++"},
    "fit": {"g++": "g++"},
    "plan": {"time": "/usr/bin/time"},
    "web": {"nodejs": "node", "npm": "npm"},
}
# Points along a side of the height map.
MAP_SIDE = 4096
R_PACKAGES = ["r-cran-rjags", "r-cran-jsonlite"]
# Numbers of threads spin and cost CPU without helping problems this small: one thread is the peers at their best.
PEER_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
}


def install(parts):
    """What the parts need and the machine lacks. Safe to repeat."""
    OUT.mkdir(exist_ok=True)
    packages = {
        name for part in parts for name, command in DEBIAN.get(part, {}).items() if not shutil.which(command)
    }  # fmt: skip
    if "patient" in parts:
        packages |= {name for name in R_PACKAGES if not Path("/usr/lib/R/site-library", name.split("-")[-1]).exists()}
    if packages:
        say(f"installing with apt-get: {' '.join(sorted(packages))}")
        apt = ["sudo", "apt-get"] if os.geteuid() and shutil.which("sudo") else ["apt-get"]
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run([*apt, "update", "-qq"], check=True, **quiet)
        subprocess.run([*apt, "install", "-y", "-qq", "--no-install-recommends", *packages], check=True, **quiet)
    requirements = BENCH / "requirements.txt"
    stamp = BENCH / ".venv/installed"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if set(parts) - {"build", "ledger", "web"} and (not stamp.exists() or stamp.read_text() != wanted):
        say("installing the Python peers into bench/.venv (about 1 GB)")
        subprocess.run([sys.executable, "-m", "venv", BENCH / ".venv"], check=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "-r", requirements], check=True)
        stamp.write_text(wanted)
    if "surface" in parts:
        say("building the timing of crates/measure")
        cargo("build", "--release", "--locked", "--quiet", "-p", "resurface-measure", "--example", "surface_timing")
    if set(parts) - {"build", "surface"}:
        say("building the release program and the harness")
        cargo("build", "--release", "--locked", "--quiet", "-p", "resurface")
        features = ["--features", "fit"] if "fit" in parts else []
        cargo("build", "--release", "--locked", "--quiet", "-p", "resurface-bench", *features)


def machine():
    model = next(line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name"))
    system = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    return {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d"),
        "commit": output("git", "rev-parse", "--short", "HEAD").strip(),
        "cpu": model.split(":", 1)[1].strip(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": system["PRETTY_NAME"].strip('"'),
        "rustc": output("rustc", "--version").split()[1],
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def patient():
    """Ours before, between and after the peers, so that a busy minute does not fall on one side alone."""
    runs = [harness("patient", FIXTURES)]
    peers = []
    for script in ("patient_numpyro.py", "patient_nutpie.py", "patient_pystan.py"):
        peers.append(peer(script))
        runs.append(harness("patient", FIXTURES))
    peers.append(last_json(output("Rscript", BENCH / "peers/patient_jags.R", FIXTURES)))
    runs.append(harness("patient", FIXTURES))
    return {"ours": runs, "peers": peers}


def screening():
    runs = [harness("screening", EXAMPLES) for _ in range(3)]
    problem = OUT / "screening.json"
    problem.write_text(json.dumps(runs[0]))
    speed = statistics.median(run["decisions_per_cpu_s"] for run in runs)
    return {"ours": speed, "rules": len(runs[0]["rules"])} | peer("screening.py", problem)


def plan():
    program = [TARGET / "release/resurface", "plan", EXAMPLES / "consultation.toml"]
    load = round(os.getloadavg()[0], 1)
    commands = {name: [PYTHON, "-c", f"import {name}"] for name in ("numpy", "numpyro", "pymc")}
    ours, peers = [], {name: [] for name in commands}
    for _ in range(5):
        ours += [timed(program) for _ in range(10)]
        for name, command in commands.items():
            peers[name].append(timed(command))
    return {
        "load": load,
        "ours": middle(ours) | {"memory_mb": memory_mb(program)},
        "peers": {name: middle(runs) | {"memory_mb": memory_mb(commands[name])} for name, runs in peers.items()},
        "program_bytes": program[0].stat().st_size,
    }


def fit():
    draws = OUT / "fit_draws.csv"
    peers = []
    runs = [harness("fit", draws)]
    for script in ("population_numpyro.py", "population_pystan.py"):
        peers.append(peer(script))
        runs.append(harness("fit", draws))
    seconds = statistics.median(run["sampling_cpu_s"] for run in runs)
    return {"ours": peer("population_resurface.py", draws, seconds, runs[0]["divergences"]), "peers": peers}


def ledger():
    """Appends against raw SQLite, then clinics of several sizes. Under bench/out: a temporary folder may be in memory.

    100,000 patients take minutes and 8 GB, so they are asked for: RESURFACE_BENCH_PATIENTS=1000,10000,100000.
    """
    wanted = os.environ.get("RESURFACE_BENCH_PATIENTS", "1000,5000,10000").split(",")
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        load = round(os.getloadavg()[0], 1)
        appends = harness("append", folder)
        sizes = []
        for patients in wanted:
            say(f"   {int(patients):,} patients")
            clinic = Path(folder) / patients
            sizes.append(harness("clinic", clinic, patients) | {"cold_worklist": cold_worklist(clinic)})
    load = max(load, round(os.getloadavg()[0], 1))
    return {"load": load, "append": appends["append"], "sizes": sizes}


def cold_worklist(folder):
    """`resurface worklist` as a whole process, by somebody who signed in before: from nothing to the last row printed."""
    environment = os.environ | {
        "RESURFACE_CLINIC": str(folder / "clinic"),
        "RESURFACE_PASSWORD": "a long walk by the sea",
        "RESURFACE_SIGN_IN_FILE": str(folder / "signed-in"),
    }
    program = TARGET / "release/resurface"
    output(program, "sign-in", "--user", "ada", env=environment)
    return middle([timed([program, "worklist", "--today", "2027-06-01"], env=environment) for _ in range(9)])


def web():
    """The clinic served, under load, with FHIR servers beside it: `web.py` installs them and says how.

    The load lasts 60 seconds, or RESURFACE_BENCH_SECONDS; it takes 10,000 patients, or RESURFACE_BENCH_WEB_PATIENTS.
    """
    return clinic_in_a_browser.measure(TARGET / "release/resurface", harness)


def surface():
    """One map of 4096 by 4096 points evaluated by ours before and after the peer, everything in memory before it is timed."""
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        file = Path(folder) / "map.f64"
        output(PYTHON, BENCH / "peers/surface_map.py", MAP_SIDE, file)
        load = round(os.getloadavg()[0], 1)
        timing = [TARGET / "release/examples/surface_timing", file, MAP_SIDE]
        runs = [last_json(output(*timing)) for _ in range(2)]
        found = peer("surface_surfalize.py", file, MAP_SIDE)
        runs.append(last_json(output(*timing)))
    return {"load": load, "side": MAP_SIDE, "ours": runs, "peer": found}


def build():
    """The default program, from an empty target folder, last because it is the heaviest."""
    tree = output("cargo", "tree", "--locked", "-p", "resurface", "-e", "normal", "--prefix", "none")
    crates = {line.removesuffix(" (*)") for line in tree.splitlines() if line}
    load = round(os.getloadavg()[0], 1)
    with tempfile.TemporaryDirectory() as target:
        command = ["cargo", "build", "--release", "--locked", "--quiet", "-p", "resurface", "--target-dir", target]
        spent = timed(command, cwd=ROOT)
    return {"crates": len(crates), "load": load} | spent


PARTS = {
    "patient": patient, "screening": screening, "plan": plan, "fit": fit, "ledger": ledger, "web": web, "surface": surface,
    "build": build,
}  # fmt: skip


def say(text):
    print(text, file=sys.stderr, flush=True)


def cargo(*arguments):
    subprocess.run(["cargo", *arguments], check=True, cwd=ROOT)


def output(*command, cwd=ROOT, **options):
    finished = subprocess.run([str(part) for part in command], cwd=cwd, stdout=subprocess.PIPE, text=True, **options)
    if finished.returncode:
        raise SystemExit(f"error: {' '.join(str(part) for part in command)} failed")
    return finished.stdout


def last_json(text):
    return json.loads([line for line in text.splitlines() if line.startswith("{")][-1])


def harness(*arguments):
    return last_json(output(TARGET / "release/resurface-bench", *arguments))


def peer(script, *arguments):
    say(f"   {script}")
    command = [PYTHON, BENCH / "peers" / script, *(str(argument) for argument in arguments)]
    # A fresh folder: Stan leaves object files where it runs, and compiled models kept from another run would make its
    # first use look free.
    with tempfile.TemporaryDirectory() as fresh, (OUT / f"{script}.log").open("w") as log:
        caches = {"XDG_CACHE_HOME": fresh, "PYTENSOR_FLAGS": f"base_compiledir={fresh}"}
        environment = os.environ | PEER_ENVIRONMENT | caches
        return last_json(output(*command, cwd=fresh, env=environment, stderr=log))


def middle(runs):
    """Median CPU and wall time of a whole process."""
    return {
        "cpu_ms": statistics.median(run["cpu_s"] for run in runs) * 1e3,
        "wall_ms": statistics.median(run["wall_s"] for run in runs) * 1e3,
    }


def memory_mb(command):
    """Largest resident memory, asked of GNU time: a child of Python would be charged for Python's own."""
    with tempfile.NamedTemporaryFile("r") as report:
        output("/usr/bin/time", "-f", "%M", "-o", report.name, *command)
        return int(report.read().split()[-1]) * 1024 / 1e6


def timed(command, cwd=None, env=None):
    """Wall time, and user and system time of a process and of the children it waited for."""
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if child.returncode:
        raise SystemExit(f"error: {' '.join(str(part) for part in command)} failed")
    return {"cpu_s": used.ru_utime + used.ru_stime, "wall_s": wall}
