"""The clinic in a browser and for programs, measured as a whole: `resurface serve` under load, and FHIR servers beside it."""

import hashlib
import itertools
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import load

BENCH = Path(__file__).resolve().parent
OUT = BENCH / "out"
PYTHON = BENCH / ".venv/bin/python"
TICKS = os.sysconf("SC_CLK_TCK")
PATIENTS = int(os.environ.get("RESURFACE_BENCH_WEB_PATIENTS", "10000"))
SECONDS = float(os.environ.get("RESURFACE_BENCH_SECONDS", "60"))
CLIENTS = 64
# Each sign-in has a pace of its own (crates/clinic/src/doors/pace.rs): as many as keep clear of it, without changing it.
SIGN_INS = 256
STARTS = 7
# Requests of one turn of a peer comparison, and of warming up before the first.
STORED, READ, WARM = 3000, 4000, 500
DAY = "2027-07-01"


def say(text):
    print(text, file=sys.stderr, flush=True)


def cores_taken(seconds=2.0):
    """Cores that the machine is busy with while nothing of ours is: the work of others."""

    def busy():
        user, nice, system, _, _, irq, soft, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
        return (user + nice + system + irq + soft) / TICKS

    before = busy()
    time.sleep(seconds)
    return (busy() - before) / seconds


def measure(program, harness):
    """Everything in one run; `harness` runs the harness and reads its answer."""
    loads, others = [os.getloadavg()[0]], [cores_taken()]
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        folder = Path(folder)
        say(f"   founding {PATIENTS:,} patients")
        founded = harness("found", folder, PATIENTS)
        clinic = Ours(program, folder, founded)
        say(f"   {SIGN_INS} sign-ins, then {STARTS} cold starts")
        try:
            clinic.start()
            clinic.sign_in()
            clinic.stop()
            starts = clinic.cold_starts()
            lines_before = clinic.verified("--chains")["access_lines"]
            clinic.start()
            clinic.first_answer("/sign-in")
            memory = {"after_start_mb": clinic.resident_mb()}
            clinic.first_answer("/worklist")
            others.append(cores_taken())
            memory["after_a_worklist_mb"] = clinic.resident_mb()
            loads.append(os.getloadavg()[0])
            pages = clinic.pages()
            operations, peers = compared(clinic, folder)
            loads.append(os.getloadavg()[0])
            others.append(cores_taken())
            say(f"   {CLIENTS} clients for {SECONDS:g} s")
            mixed = clinic.mixed()
            loads.append(os.getloadavg()[0])
            others.append(cores_taken())
            memory |= {"after_load_mb": clinic.resident_mb(), "peak_mb": clinic.resident_mb("VmHWM")}
            say("   killed, started again, everything looked for")
            clinic.kill()
            kept = clinic.kept(lines_before)
        finally:
            clinic.stop()
    return {
        "load": round(loads[0], 1),
        "load_most": round(max(loads), 1),
        "others_cores": round(statistics.mean(others), 2),
        "patients": PATIENTS,
        "entries_each": 30,
        "clients": CLIENTS,
        "sign_ins": SIGN_INS,
        "program_bytes": Path(program).stat().st_size,
        "starts": starts,
        "memory": memory,
        "pages": pages,
        "operations": operations,
        "peers": peers,
        "mixed": mixed,
        "kept": kept,
    }


def compared(clinic, folder):
    """Ours before, between and after the peers, the median of its CPU; a peer that cannot be installed says why."""
    say("   storing and reading: ours")
    clinic.operations(WARM, WARM)
    turns = [clinic.operations(STORED, READ)]
    peers = []
    for peer in (FhirStarter(folder), Medplum(folder)):
        say(f"   storing and reading: {peer.name}")
        peers.append(peer.measured())
        turns.append(clinic.operations(STORED, READ))

    def middle(kind):
        found = [turn[kind] for turn in turns]
        return {key: statistics.median(it[key] for it in found) for key in ("cpu_ms", "per_s", "p50_ms", "p99_ms")} | {
            "errors": sum(it["errors"] for it in found)
        }

    return {"store": middle("store"), "read": middle("read")}, peers


class Server:
    """A process that listens at a port of this machine, and what the kernel charges it with."""

    def __init__(self):
        self.process = None
        self.port = None

    def launch(self, command, log, **options):
        self.log = log
        with log.open("a") as out:
            self.began = time.perf_counter()
            self.process = subprocess.Popen(
                [str(it) for it in command], stdout=out, stderr=out, stdin=subprocess.DEVNULL, **options
            )

    def cpu_s(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_mb(self, which="VmRSS"):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith(which + ":")).split()[1]) * 1024 / 1e6

    def first_answer(self, path, headers=(), within_s=60.0):
        """Milliseconds from the start of the process to its first answer to this."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=dict(headers))
        while True:
            try:
                with urllib.request.urlopen(request, timeout=within_s) as answer:
                    answer.read()
                    return (time.perf_counter() - self.began) * 1e3
            except urllib.error.HTTPError as error:
                raise RuntimeError(f"{path} is answered with {error.code}") from error
            except OSError as error:
                if self.process.poll() is not None or time.perf_counter() - self.began > within_s:
                    raise RuntimeError(f"the server does not answer; {self.log} says why") from error
                time.sleep(0.001)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def timed(self, asked, clients, seconds=None, requests=None):
        """What came of asking, with the CPU of the server for each request."""
        before = self.cpu_s()
        taken = load.run(self.port, clients, asked, seconds, requests)
        spent = self.cpu_s() - before
        for error in taken.errors[:3]:
            say(f"   not as it should be: {error}")
        return taken, taken.summary() | {"cpu_ms": spent * 1e3 / max(1, taken.answers), "cpu_s": spent}

    def one_kind(self, asked, requests):
        _, summary = self.timed(asked, CLIENTS, requests=requests)
        (kind,) = summary["kinds"].values()
        return {key: summary[key] for key in ("cpu_ms", "per_s", "errors", "first_errors", "requests")} | kind


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Ours(Server):
    def __init__(self, program, folder, founded):
        super().__init__()
        self.program, self.folder = program, folder
        self.patients, self.user, self.password = founded["patients"], founded["user"], founded["password"]
        self.environment = os.environ | {
            "RESURFACE_CLINIC": str(folder / "clinic"),
            "RESURFACE_KEY_FILE": str(folder / "clinic.key"),
            "RESURFACE_PASSWORD": self.password,
            "RESURFACE_SIGN_IN_FILE": str(folder / "signed-in"),
        }
        self.tokens = []
        self.turns = itertools.count()
        self.acknowledged = []
        self.asked_for = 0

    def start(self):
        self.port = free_port()
        command = [self.program, "serve", self.folder / "clinic", "--listen", f"127.0.0.1:{self.port}"]
        self.launch(command, self.folder / "serve.log", env=self.environment)
        super().first_answer("/sign-in")

    def first_answer(self, path):
        # whoever is signed in has the cookie; /sign-in would lead them on
        headers = {} if path == "/sign-in" else {"Cookie": f"resurface-desk={self.token()}"}
        return super().first_answer(path, headers)

    def token(self):
        return self.tokens[next(self.turns) % len(self.tokens)]

    def sign_in(self):
        """As many times as it takes, from many addresses: the door has its pace too, for each address."""
        body = json.dumps({"name": self.user, "password": self.password}).encode()

        def asked(client, turn):
            number = next(self.turns)
            headers = ("Content-Type: application/json", f"X-Forwarded-For: 10.0.{number // 250}.{number % 250 + 1}")

            def right(status, answer):
                if status == 200:
                    self.tokens.append(json.loads(answer)["token"])
                return status == 200

            return "sign-in", "POST", "/api/v1/sign-in", headers, body, right

        taken = load.run(self.port, 2, asked, requests=SIGN_INS)
        if taken.errors:
            raise SystemExit(f"error: cannot sign in: {taken.errors[0]}")

    def cold_starts(self):
        """From nothing to the first answer: the sign-in page, and the first worklist of somebody who signed in before."""
        found = {"/sign-in": [], "/worklist": []}
        for _ in range(STARTS):
            for path, times in found.items():
                self.port = free_port()
                command = [self.program, "serve", self.folder / "clinic", "--listen", f"127.0.0.1:{self.port}"]
                self.launch(command, self.folder / "serve.log", env=self.environment)
                times.append(self.first_answer(path))
                self.stop()
        return {
            "sign_in_page_ms": statistics.median(found["/sign-in"]),
            "sign_in_page_max_ms": max(found["/sign-in"]),
            "worklist_ms": statistics.median(found["/worklist"]),
        }

    def get(self, kind, path, word):
        """A page as a browser gets it, or an answer as a program gets it; it has to hold a word."""
        self.asked_for += 1
        token = self.token()
        headers = (f"Authorization: Bearer {token}",) if path.startswith("/api/") else (f"Cookie: resurface-desk={token}",)
        word = word.encode()
        return kind, "GET", path, headers, b"", lambda status, answer: status == 200 and word in answer

    def chart_page(self, number):
        number %= len(self.patients)
        return self.get("chart page", f"/charts/{self.patients[number]}", f"Bench Patient {number} (synthetic)")

    def worklist_page(self):
        return self.get("worklist page", "/worklist", "(synthetic)")

    def read(self, number):
        number %= len(self.patients)
        return self.get("read", f"/api/v1/charts/{self.patients[number]}", f"Bench Patient {number} (synthetic)")

    def store(self, number):
        self.asked_for += 1
        number %= len(self.patients)
        patient, entry = self.patients[number], str(uuid.uuid4())
        body = {"schema": "resurface.entry/1", "kind": "measured", "on": DAY, "scale": "goodman_baron_quantitative",
                "value": number % 84, "rater": "open"}  # fmt: skip
        token = self.token()
        headers = (f"Authorization: Bearer {token}", "Content-Type: application/json")

        def right(status, answer):
            if status == 201:
                self.acknowledged.append((patient, entry))
            return status == 201

        return "store", "PUT", f"/api/v1/charts/{patient}/entries/{entry}", headers, json.dumps(body).encode(), right

    def pages(self):
        """Each page alone, by one client and by 64: among 64, most of the time is spent waiting for a turn."""
        found = []
        for name, page in (("worklist", lambda *_: self.worklist_page()), ("chart", self.any_chart)):
            for clients in (1, CLIENTS):
                say(f"   {name} page, {clients} client{'s' if clients > 1 else ''}")
                self.timed(page, clients, requests=max(5, clients))
                requests = (200 if clients == 1 else 320) * (1 if name == "worklist" else 5)
                _, summary = self.timed(page, clients, requests=requests)
                (kind,) = summary["kinds"].values()
                found.append({"page": name, "clients": clients} | summary | kind)
        return found

    def any_chart(self, client, turn):
        return self.chart_page(client * 151 + turn * 7919)

    # Nobody writes where another writes at the same moment: two of them would rightly be told so.
    def of_client(self, client, turn):
        return client + CLIENTS * (turn % (len(self.patients) // CLIENTS))

    def operations(self, stored, read):
        return {
            "store": self.one_kind(lambda client, turn: self.store(self.of_client(client, turn)), stored),
            "read": self.one_kind(lambda client, turn: self.read(self.of_client(client, turn)), read),
        }

    def mixed(self):
        def asked(client, turn):
            number = self.of_client(client, turn // 3)
            which = (client + turn) % 3
            return self.chart_page(number) if which == 0 else self.worklist_page() if which == 1 else self.store(number)

        before = len(self.acknowledged)
        _, summary = self.timed(asked, CLIENTS, seconds=SECONDS)
        return summary | {"acknowledged": len(self.acknowledged) - before}

    def verified(self, *how):
        command = [str(self.program), "verify", *how, "--json"]
        finished = subprocess.run(command, env=self.environment, text=True, capture_output=True)
        if finished.returncode not in (0, 1) and not finished.stdout:
            raise SystemExit(f"error: resurface verify failed: {finished.stderr}")
        return json.loads(finished.stdout)

    def kept(self, lines_before):
        """After it was killed: what was acknowledged is in the charts, and everything is as it was written."""
        self.start()
        ids = {}
        for patient, entry in self.acknowledged:
            ids.setdefault(patient, set()).add(entry)
        wanted = list(ids.items())
        missing = []

        def asked(client, turn):
            patient, entries = wanted.pop()
            kind, method, path, headers, body, _ = self.get("entries", f"/api/v1/charts/{patient}/entries", "")

            def right(status, answer):
                there = {it["id"] for it in json.loads(answer)["entries"]} if status == 200 else set()
                missing.extend(entries - there)
                return status == 200

            return kind, method, path, headers, body, right

        taken = load.run(self.port, 8, asked, requests=len(wanted))
        self.stop()
        verified = self.verified()
        return {
            "acknowledged": len(self.acknowledged),
            "missing": len(missing),
            "charts_looked_at": len(ids),
            "errors": len(taken.errors),
            "verified": verified["verified"],
            "entries": verified["entries"],
            "access_lines_more": verified["access_lines"] - lines_before,
            "asked_for": self.asked_for,
        }


class Peer(Server):
    """A FHIR server that stores observations and reads patients."""

    name = ""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder

    def measured(self):
        try:
            version = self.install()
        except (OSError, subprocess.CalledProcessError) as error:
            return self.unmeasured(f"cannot be installed: {error}")
        self.port = free_port()
        self.begin()
        try:
            self.first_answer("/Patient/p0")
            self.both(WARM, WARM)
            found = self.both(STORED, READ)
            return {"peer": self.name, "version": version, "memory_mb": self.resident_mb()} | found
        except RuntimeError as error:
            return self.unmeasured(f"does not run: {error}")
        finally:
            self.stop()

    def unmeasured(self, why):
        say(f"   {self.name} {why}")
        return {"peer": self.name, "unmeasured": why}

    def both(self, stored, read):
        headers = ("Content-Type: application/fhir+json",)

        def store(client, turn):
            number = (client + CLIENTS * turn) % PATIENTS
            observation = {
                "resourceType": "Observation",
                "status": "final",
                "code": {"text": "goodman_baron_quantitative"},
                "subject": {"reference": f"Patient/p{number}"},
                "effectiveDateTime": DAY,
                "valueQuantity": {"value": number % 84},
                "performer": [{"display": "open"}],
            }
            body = json.dumps(observation).encode()
            return "store", "POST", "/Observation", headers, body, lambda status, _: status == 201

        def get(client, turn):
            number = (client + CLIENTS * turn) % PATIENTS
            word = f"Bench Patient {number} (synthetic)".encode()
            return "read", "GET", f"/Patient/p{number}", (), b"", lambda status, answer: status == 200 and word in answer

        return {"store": self.one_kind(store, stored), "read": self.one_kind(get, read)}


class FhirStarter(Peer):
    name = "fhirstarter"

    def install(self):
        requirements = BENCH / "requirements-web.txt"
        stamp = BENCH / ".venv/installed-web"
        wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            say("   installing fhirstarter into bench/.venv")
            if not PYTHON.exists():
                subprocess.run([sys.executable, "-m", "venv", BENCH / ".venv"], check=True)
            subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "-r", requirements], check=True)
            stamp.write_text(wanted)
        return next(line.split("==")[1] for line in requirements.read_text().splitlines() if line.startswith("fhirstarter"))

    def begin(self):
        script = BENCH / "peers/fhir_fhirstarter.py"
        command = [PYTHON, "-W", "ignore", script, self.folder / "fhirstarter.db", self.port, PATIENTS]
        self.launch(command, OUT / "fhir_fhirstarter.log")


class Medplum(Peer):
    name = "Medplum's router in memory"

    def install(self):
        source, self.place = BENCH / "peers/medplum", OUT / "medplum"
        wanted = hashlib.sha256((source / "package.json").read_bytes()).hexdigest()
        stamp = self.place / "installed"
        self.place.mkdir(exist_ok=True)
        for name in ("package.json", "server.mjs"):
            shutil.copy(source / name, self.place / name)
        if not shutil.which("npm"):
            raise OSError("there is no npm: apt-get install nodejs npm")
        if not stamp.exists() or stamp.read_text() != wanted:
            say("   installing Medplum into bench/out/medplum")
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=self.place, check=True)
            stamp.write_text(wanted)
        return json.loads((source / "package.json").read_text())["dependencies"]["@medplum/fhir-router"]

    def begin(self):
        self.launch(["node", self.place / "server.mjs", self.port, PATIENTS], OUT / "fhir_medplum.log")
