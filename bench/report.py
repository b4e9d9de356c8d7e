"""Turns what was measured into rows with targets, for the terminal and for RESULTS.md."""

import statistics
from dataclasses import dataclass

MET, MISSED, SHOWN = "met", "MISSED", "-"
QUIET_LOAD = 1.0
# A server and its clients are a load themselves: what counts is how many cores were taken while they rested.
QUIET_CORES = 0.2


@dataclass
class Row:
    what: str
    ours: str
    target: str
    verdict: str


def rows(results):
    parts = results["parts"]
    found = []
    makers = {
        "patient": _patient, "screening": _screening, "plan": _plan, "fit": _fit, "ledger": _ledger,
        "web": _web, "surface": _surface, "build": _build,
    }  # fmt: skip
    for name, make in makers.items():
        if name in parts:
            found += make(parts[name])
    return found


def _judge(what, value, target, unit, ours=None):
    """`target` is a limit such as '< 5' or '>= 100'."""
    sign, limit = target.split()
    holds = value < float(limit) if sign == "<" else value >= float(limit)
    text = ours or f"{value:.3g} {unit}".strip()
    return Row(what, text, f"{sign} {float(limit):,g} {unit}".strip(), MET if holds else MISSED)


def _judge_wall(what, value, target, unit, load):
    """A wall clock only counts against us on a quiet machine."""
    row = _judge(what, value, target, unit)
    if row.verdict == MISSED and load >= QUIET_LOAD:
        row.verdict = f"not judged: load {load}"
    return row


def _patient(part):
    first = part["ours"][0]
    patients = first["patients"]

    def ours(field):
        return max(_middle(part, patient, field) for patient in patients)

    def ratio(field):
        fastest = {patient: min(peer["patients"][patient]["cpu_s"] for peer in part["peers"]) for patient in patients}
        return min(fastest[patient] * 1e3 / _middle(part, patient, field) for patient in patients)

    draws = first["population_draws"]
    error = max(abs(it["e_mean"] - it["e_mean_expected"]) for it in patients.values())
    chance = max(abs(it["chance_of_half"] - it["chance_of_half_expected"]) for it in patients.values())
    update, known = "update_cpu_ms", "update_known_population_cpu_ms"
    fewer = "times less CPU than the fastest peer"
    return [
        _judge(f"Patient update over {draws} population draws, CPU", ours(update), "< 5", "ms"),
        _judge("Patient update and the table of 32 courses, CPU", ours("update_and_courses_cpu_ms"), "< 25", "ms"),
        _judge("Largest error of the mean improvement", error, "< 0.005", ""),
        _judge("Largest error of the chance of half", chance, "< 0.02", ""),
        _judge(f"Same patient and model: {fewer}", ratio(known), ">= 100", "times"),
        _judge(f"Over {draws} population draws, which no peer does: {fewer}", ratio(update), ">= 100", "times"),
    ]


def _middle(part, patient, field):
    return statistics.median(run["patients"][patient][field] for run in part["ours"])


def _screening(part):
    best = max(peer["decisions_per_cpu_s"] for peer in part["peers"])
    speed = part["ours"]
    return [
        _judge(f"Screening decisions ({part['rules']} rules) in a CPU second", speed, ">= 100000", "", f"{speed:,.0f}"),
        Row("Screening: times the faster rule engine", f"{speed / best:.1f} times", "", SHOWN),
    ]


def _plan(part):
    ours = part["ours"]
    python = part["peers"]["numpyro"]
    return [
        _judge_wall("`resurface plan` as a whole process, wall", ours["wall_ms"], "< 60", "ms", part["load"]),
        _judge("`resurface plan` as a whole process, CPU", ours["cpu_ms"], "< 60", "ms"),
        _judge("`resurface plan`, largest memory", ours["memory_mb"], "< 50", "MB"),
        Row("Times less CPU than Python takes to import NumPyro", f"{python['cpu_ms'] / ours['cpu_ms']:.0f} times", "", SHOWN),
    ]  # fmt: skip


def _fit(part):
    times = part["ours"]["ess_per_cpu_s"] / max(peer["ess_per_cpu_s"] for peer in part["peers"])
    return [_judge("Population fit: times the effective samples per CPU second of the better peer", times, ">= 5", "times")]


def _ledger(part):
    """Ours makes the bytes (asked, folded, hashed, sealed) and writes them; raw SQLite inserts bytes that are made."""
    found = []
    for it in part["append"]:
        writers = f"{it['writers']} writer{'s' if it['writers'] > 1 else ''}"
        rates = f"{it['ratio']:.2f} ({it['ours_per_s']:,.0f} against {it['raw_per_s']:,.0f} a second)"
        share = _judge(f"Durable appends, {writers}: share of raw SQLite's rate", it["ratio"], ">= 0.8", "", rates)
        # A disk and two processors that others use say nothing about either side, not even that a target is met.
        if part["load"] >= QUIET_LOAD:
            share.verdict = f"not judged: load {part['load']}"
        cost = f"{it['ours_cpu_us']:.0f} against {it['raw_cpu_us']:.0f} us"
        sizes = f"{it['ours_in_a_commit']:.1f} against {it['raw_in_a_commit']:.1f}"
        found += [
            share,
            Row(f"Durable appends, {writers}: CPU of one, ours against raw SQLite", cost, "", SHOWN),
            Row(f"Durable appends, {writers}: appends in a commit, mean", sizes, "", SHOWN),
        ]
    for size in part["sizes"]:
        where = f"({size['patients']:,} patients x {size['entries_each']})"
        chains, facts = size["verify_chains"]["entries_per_cpu_s"], size["verify_facts"]["entries_per_cpu_s"]

        def clock(what, ms, target, judged=True, where=where):
            what = f"{what} {where}"
            return _judge_wall(what, ms, target, "ms", part["load"]) if judged else Row(what, f"{ms:.3g} ms", "", SHOWN)

        named = size["patients"] == 10_000
        found += [
            clock(f"Chart of {size['chart_entries']} entries, chain checked", size["open_chart_ms"], "< 2"),
            clock("Worklist, warm", size["worklist_warm_ms"], "< 50", named),
            Row(f"Worklist, warm, CPU of all threads {where}", f"{size['worklist_warm_cpu_ms']:.3g} ms", "", SHOWN),
            clock("`resurface worklist`, a whole process", size["cold_worklist"]["wall_ms"], "< 200", named),
            Row(f"`resurface worklist`, a whole process, CPU {where}", f"{size['cold_worklist']['cpu_ms']:.3g} ms", "", SHOWN),
            clock("Worklist, clinic opened and signed in to", size["worklist_with_sign_in_ms"], "< 200", named),
            _judge(f"verify --chains, entries in a CPU second {where}", chains, ">= 200000", "", f"{chains:,.0f}"),
            Row(f"verify --facts, entries in a CPU second {where}", f"{facts:,.0f}", "", SHOWN),
        ]
        if size["replay"]:
            replay = size["replay"]
            what = f"replay of {replay['decisions']:,} decisions on two threads, in a second"
            found.append(Row(what, f"{replay['per_s']:.0f}, {replay['same']:,} of them the same", "", SHOWN))
    for smaller, larger in zip(part["sizes"], part["sizes"][1:], strict=False):
        more = larger["patients"] / smaller["patients"]
        times = larger["built_s"] / smaller["built_s"]
        what = f"Building {more:.0f} times the patients ({smaller['patients']:,} to {larger['patients']:,}) takes"
        found.append(Row(what, f"{times:.1f} times as long ({larger['built_s']:.1f} s)", "", SHOWN))
    return found


def _web(part):
    found = []
    where = f"({part['patients']:,} patients x {part['entries_each']})"

    def short(ms):
        return f"{ms:,.0f} ms" if ms >= 100 else f"{ms:.3g} ms"

    def shown(what, text):
        found.append(Row(what, text, "", SHOWN))

    def clock(what, ms, target):
        row = _judge(what, ms, target, "ms", short(ms))
        if part["others_cores"] >= QUIET_CORES and row.verdict == MISSED:
            row.verdict = f"not judged: others take {part['others_cores']} cores"
        found.append(row)

    for page in part["pages"]:
        times = f"p50 {short(page['p50_ms'])}, {page['per_s']:,.0f} a second"
        if page["clients"] == 1:
            clock(f"{page['page'].capitalize()} page, one client, p99 {where}", page["p99_ms"], "< 50")
            shown(f"{page['page'].capitalize()} page, one client: the middle, CPU", f"{times}, CPU {short(page['cpu_ms'])}")
        else:
            what = f"{page['page'].capitalize()} page, {page['clients']} clients without a pause: p99, the middle, CPU"
            shown(what, f"{short(page['p99_ms'])}, {times}, CPU {short(page['cpu_ms'])}")
    starts, memory, mixed, kept = part["starts"], part["memory"], part["mixed"], part["kept"]
    clock("Cold start to the sign-in page", starts["sign_in_page_ms"], "< 200")
    shown("Cold start to the first worklist", f"{starts['worklist_ms']:.3g} ms")
    found.append(_judge("Memory after the start", memory["after_start_mb"], "< 50", "MB"))
    shown("Memory after a worklist, after the load, at most", " / ".join(
        f"{memory[name]:.0f} MB" for name in ("after_a_worklist_mb", "after_load_mb", "peak_mb")
    ))  # fmt: skip
    found.append(_judge("Size of the program", part["program_bytes"] / 1e6, "< 40", "MB"))
    what = f"{part['clients']} clients for {mixed['wall_s']:.0f} s, a third each: requests"
    shown(what, f"{mixed['requests']:,}, {mixed['per_s']:.0f} a second")
    for kind, it in mixed["kinds"].items():
        shown(f"- {kind}: p50 and p99", f"{short(it['p50_ms'])} and {short(it['p99_ms'])}")
    shown("- CPU of one request, mean", f"{mixed['cpu_ms']:.3g} ms")
    errors = mixed["errors"] + kept["errors"] + sum(page["errors"] for page in part["pages"])
    errors += sum(it["errors"] for it in part["operations"].values())
    found.append(_judge("Answers that were not as they should be, in all of this", errors, "< 1", "", f"{errors}"))
    lost = kept["missing"] + (0 if kept["verified"] else 1)
    said = f"{kept['missing']} of {kept['acknowledged']:,}, " + ("verified" if kept["verified"] else "NOT VERIFIED")
    found.append(_judge("Acknowledged entries that are lost after a kill -9; `resurface verify`", lost, "< 1", "", said))
    unlogged = max(0, kept["asked_for"] - kept["access_lines_more"])
    said = f"{kept['access_lines_more']:,} for {kept['asked_for']:,}"
    found.append(_judge("Lines of the access log for requests", unlogged, "< 1", "", said))
    for kind, what in (("store", "observation stored"), ("read", "patient read")):
        ours = part["operations"][kind]
        shown(f"CPU of one {what}", f"{ours['cpu_ms']:.3g} ms, {ours['per_s']:,.0f} a second")
        for peer in part["peers"]:
            if "unmeasured" in peer:
                shown(f"- against {peer['peer']}", f"not measured: it {peer['unmeasured']}")
                continue
            times = peer[kind]["cpu_ms"] / ours["cpu_ms"]
            said = f"{times:.3g} times ({peer[kind]['cpu_ms']:.3g} ms)"
            title = f"- times less CPU than {peer['peer']} {peer['version']}"
            if (kind, peer["peer"]) == ("store", "fhirstarter"):
                found.append(_judge(title, times, ">= 10", "times", said))
            else:
                shown(title, said)
    return found


def _surface(part):
    runs, peer = part["ours"], part["peer"]
    seconds = statistics.median(run["cpu_s"] for run in runs)
    memory = max(run["peak_mb"] for run in runs)
    times = peer["cpu_s"] / seconds
    said = f"{times:.3g} times ({seconds:.2f} against {peer['cpu_s']:.1f} s)"
    where = f"({part['side']} x {part['side']} points)"
    found = [
        _judge(f"Form, filters and every parameter {where}: times less CPU than {peer['peer']}", times, ">= 20", "times", said),
        _judge(f"The same, largest memory {where}", memory, "< 800", "MB"),
        Row("- of the peer", f"{peer['peak_mb']:,.0f} MB", "", SHOWN),
    ]
    ours = {stage: statistics.median(run["stages_cpu_s"][stage] for run in runs) for stage in runs[0]["stages_cpu_s"]}
    stages = {
        "form": ("Form", ["form"]),
        "S-filter": ("SFilter", ["S-filter"]),
        "L-filter": ("LFilter", ["L-filter"]),
        "heights, slopes, material ratio": ("Heights", ["height", "hybrid", "functional"]),
        "autocorrelation, direction": ("Spatial", ["spatial"]),
        "hills and dales": ("Features", ["feature"]),
    }
    for name, (stage, families) in stages.items():
        theirs = sum(peer["stages_cpu_s"][family] for family in families)
        found.append(Row(f"- {name}: CPU, ours against the peer", f"{ours[stage]:.2f} against {theirs:.2f} s", "", SHOWN))
    return found


def _build(part):
    return [
        _judge_wall("Cold release build, wall", part["wall_s"], "< 240", "s", part["load"]),
        Row("Crates in it", f"{part['crates']}", "", SHOWN),
    ]


def terminal(results):
    found = rows(results)
    width = max(len(row.what) for row in found)
    return "\n".join(f"{row.what:<{width}}  {row.ours:>14}  {row.target:>16}  {row.verdict}" for row in found)


def markdown(results):
    machine = results["machine"]
    lines = [
        "# Measured",
        "",
        f"Written by `bench/run` on {machine['date']} at {machine['commit']}: {machine['cores']} cores of {machine['cpu']}, "
        f"{machine['memory_gib']} GiB, "
        f"{machine['system']}, rustc {machine['rustc']}, Python {machine['python']}. Load was {machine['load']} at the start and "
        f"{machine['load_at_end']} at the end. CPU time is user and system time of a process and its children; what peers need "
        "for compiling and warming up is not counted, ours and theirs ran one after the other in one run.",
        "",
        "| what | measured | target | |",
        "|---|---:|---:|---|",
    ]
    in_the_table = {"parts": {name: part for name, part in results["parts"].items() if name not in SECTIONS}}
    lines += [_line(row) for row in rows(in_the_table)]
    for name, (_, section) in SECTIONS.items():
        if name in results["parts"]:
            lines += ["", section(results).rstrip()]
    for name, title, table in (
        ("patient", "One patient", _patient_table),
        ("screening", "Screening", _screening_table),
        ("plan", "A whole process", _plan_table),
        ("fit", "Population fit", _fit_table),
        ("build", "Cold build", _build_table),
    ):
        if name in results["parts"]:
            lines += ["", f"## {title}", "", *table(results["parts"][name])]
    return "\n".join(lines) + "\n"


def _line(row):
    return f"| {row.what} | {row.ours} | {row.target} | {row.verdict} |"


LEDGER_HEADING = "## Charts that are kept"


def ledger_section(results):
    """The section about the ledger, which `bench/run ledger` can renew alone."""
    machine, part = results["machine"], results["parts"]["ledger"]
    lines = [
        LEDGER_HEADING,
        "",
        f"Written by `bench/run` on {machine['date']} at {machine['commit']}: {machine['cores']} cores of {machine['cpu']}, "
        f"{machine['system']}, rustc {machine['rustc']}; load up to {part['load']}. What is measured by the clock is not judged "
        f"at a load of {QUIET_LOAD} or more.",
        "",
        "Appends: the median of five turns of two seconds on each side. Ours makes the bytes (the table asked, the chart folded,",
        "hashed, sealed three times) and writes them. SQLite inserts bytes of the same length into a file of the same layout,",
        "indexes and triggers with it, synced alike, through the same queue, in groups of at most the sizes that ours came to.",
        "",
        "| what | measured | target | |",
        "|---|---:|---:|---|",
    ]
    return "\n".join([*lines, *(_line(row) for row in _ledger(part))]) + "\n"


WEB_HEADING = "## The clinic served"


def web_section(results):
    """The section about the server, which `bench/run web` can renew alone."""
    machine, part = results["machine"], results["parts"]["web"]
    lines = [
        WEB_HEADING,
        "",
        f"Written by `bench/run` on {machine['date']} at {machine['commit']}: {machine['cores']} cores of {machine['cpu']}, "
        f"{machine['system']}, rustc {machine['rustc']}, Python {machine['python']}; load {part['load']} before it began and",
        f"up to {part['load_most']} with it. While ours rested, others took {part['others_cores']} of the cores; from",
        f"{QUIET_CORES} on, nothing is judged missed by the clock.",
        "",
        "`resurface serve` as it is shipped, access log and pace on. Whoever asks is a client in Python on the same cores and",
        "takes its share of them: what the clock says of many clients is mostly waiting for a turn. CPU, user and system from",
        "/proc, is of the server alone. A client is one connection that asks again as soon as it is answered; they use",
        f"{part['sign_ins']} sign-ins in turn, because each has a pace of its own.",
        "",
        f"Operations against the peers: {part['clients']} clients, the median of three turns of ours. Stored is an entry of the",
        "kind `measured` by `PUT /api/v1/charts/…/entries/…` (signed in, allowed, checked, chained, sealed, synced, logged)",
        "against `POST /Observation`; read is `GET /api/v1/charts/…` (opened, chain checked, folded, next step, logged) against",
        "`GET /Patient/…`. fhirstarter writes SQLite with synchronous=FULL and has neither sign-in nor log; Medplum's router",
        "keeps everything in memory, validates nothing and would lose it all.",
        "",
        "| what | measured | target | |",
        "|---|---:|---:|---|",
    ]
    return "\n".join([*lines, *(_line(row) for row in _web(part))]) + "\n"


SURFACE_HEADING = "## A surface measured"


def surface_section(results):
    """The section about surfaces, which `bench/run surface` can renew alone."""
    machine, part = results["machine"], results["parts"]["surface"]
    lines = [
        SURFACE_HEADING,
        "",
        f"Written by `bench/run` on {machine['date']} at {machine['commit']}: {machine['cores']} cores of {machine['cpu']}, "
        f"{machine['system']}, rustc {machine['rustc']}, Python {machine['python']}; load {part['load']}.",
        "",
        "One synthetic map of skin, 20 um apart, in memory before either side is timed: a polynomial form of degree 2, a Gaussian",
        "S-filter of 80 um and L-filter of 8 mm, height, spatial, hybrid, functional, volume and feature parameters. Ours is one",
        "thread, the median of three runs, two before the peer and one after; the peer's linear algebra has one thread.",
        "",
        "| what | measured | target | |",
        "|---|---:|---:|---|",
    ]
    return "\n".join([*lines, *(_line(row) for row in _surface(part))]) + "\n"


# Sections that are renewed alone: heading and maker.
SECTIONS = {
    "ledger": (LEDGER_HEADING, ledger_section),
    "web": (WEB_HEADING, web_section),
    "surface": (SURFACE_HEADING, surface_section),
}


def with_sections(document, results):
    """A document with the sections of these results renewed; what is written below one by hand goes with it."""
    for name, (heading, section) in SECTIONS.items():
        if name not in results["parts"]:
            continue
        before, found, rest = document.partition(heading)
        if not found:
            before, first, after = document.partition("## One patient")
            document = before.rstrip() + "\n\n" + section(results) + ("\n" + first + after if first else "")
            continue
        _, later, after = rest.partition("\n## ")
        document = before + section(results) + (later + after if later else "")
    return document


def _patient_table(part):
    first = part["ours"][0]
    patients = first["patients"]
    head = [
        "CPU milliseconds to learn from one patient (four scores, three sessions). The peers take the population as known, with",
        "4 chains of 1000 + 1000 draws (JAGS 1000 + 5000). First use is what is compiled before the first answer. The error is",
        "the largest distance of the mean improvement from dense quadrature, or over draws from a run of a million points.",
        "",
        "| engine | " + " | ".join(name.replace("_", " ") for name in patients) + " | first use | error of the mean |",
        "|---|" + "---:|" * (len(patients) + 2),
    ]
    body = []
    for peer in part["peers"]:
        times = " | ".join(f"{peer['patients'][name]['cpu_s'] * 1e3:.0f}" for name in patients)
        error = max(it["e_mean_error"] for it in peer["patients"].values())
        compiled = f"{peer['first_use_cpu_s']:.0f} s" if peer["first_use_cpu_s"] else "none"
        body.append(f"| {peer['peer']} {peer['version']} | {times} | {compiled} | {error:.4f} |")
    for title, field, mean in (
        ("Resurface, population known", "update_known_population_cpu_ms", "known_e_mean"),
        (f"Resurface, over {first['population_draws']} population draws", "update_cpu_ms", "e_mean"),
        ("Resurface, over the draws and with 32 courses", "update_and_courses_cpu_ms", "e_mean"),
    ):
        times = " | ".join(f"{_middle(part, name, field):.2f}" for name in patients)
        error = max(abs(it[mean] - it[mean + "_expected"]) for it in patients.values())
        body.append(f"| {title} | {times} | {first['base_points_cpu_ms']:.0f} ms | {error:.4f} |")
    effective = min(it["effective_points"] for it in patients.values())
    return [*head, *body, "", f"Ours are 4096 weighted points, worth at least {effective:.0f} independent draws."]


def _screening_table(part):
    head = [
        "Decisions per CPU second over the consultations in `examples/`. The other engines get every fact worked out beforehand",
        "and return the decision alone; ours also gives every finding, what was not answered and what has cleared.",
        "",
        "| engine | decisions per CPU second | agree with ours |",
        "|---|---:|---:|",
        f"| Resurface | {part['ours']:,.0f} | |",
    ]
    agree = "| {peer} {version} | {decisions_per_cpu_s:,.0f} | {agree} of " + str(part["consultations"]) + " |"
    return head + [agree.format(**peer) for peer in part["peers"]]


def _plan_table(part):
    row = "| {} | {cpu_ms:.1f} | {wall_ms:.1f} | {memory_mb:.0f} |"
    return [
        "Start to exit, median. The Python rows only import what a forecast there would begin with.",
        "",
        "| process | CPU ms | wall ms | memory MB |",
        "|---|---:|---:|---:|",
        row.format("`resurface plan examples/consultation.toml`", **part["ours"]),
        *(row.format(f"`python3 -c 'import {name}'`", **peer) for name, peer in part["peers"].items()),
        "",
        f"The program is {part['program_bytes'] / 1e6:.1f} MB.",
    ]


def _fit_table(part):
    head = [
        "The six trials of the reference test, 4 chains of 1000 + 1000 draws. Effective samples are the bulk ESS of the slowest",
        "of the ten shared parameters, computed by ArviZ for all; CPU is sampling with warm-up, without compiling.",
        "",
        "| engine | slowest | ESS | CPU s | ESS per CPU s | with compiling | R-hat | divergences |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    row = "| {} | {slowest} | {ess_min:.0f} | {sampling_cpu_s:.1f} | {ess_per_cpu_s:.0f} | {whole:.0f} "
    row += "| {r_hat_max:.4f} | {divergences} |"

    def line(it, name):
        return row.format(name, whole=it["ess_min"] / (it["sampling_cpu_s"] + it["first_use_cpu_s"]), **it)

    apart = max(
        abs(part["ours"]["mean"][name] - peer["mean"][name]) / peer["sd"][name] for peer in part["peers"] for name in peer["mean"]
    )
    return [
        *head,
        line(part["ours"], "Resurface"),
        *(line(peer, f"{peer['peer']} {peer['version']}") for peer in part["peers"]),
        "",
        f"The posterior means of ours and of the peers differ by at most {apart:.2f} posterior standard deviations.",
    ]


def _build_table(part):
    return [
        f"`cargo build --release -p resurface` into an empty folder: {part['wall_s']:.0f} s wall, {part['cpu_s']:.0f} s CPU, "
        f"{part['crates']} crates, load {part['load']} when it began.",
    ]
