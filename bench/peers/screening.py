"""The same rules and answers decided by other rule engines, which get the easier part of the work.

Every fact is worked out for them beforehand (age, skin type, interval, days since an event, overrides), and only the
decision is asked for: no reasons, no list of what was not answered, no dates, no sources.
"""

import json
import statistics
import sys
from importlib.metadata import version

import rule_engine
import zen
from patients import cpu_seconds

DECISIONS = ["suitable", "suitable_with_precautions", "cannot_decide", "defer", "not_suitable"]
RANK = {"not_a_contraindication": 0, "precaution": 1, "defer": 3, "relative": 4, "absolute": 4}


def key(rule):
    return rule["id"].replace("-", "_").lower()


def facts(rules, consultation):
    """Flat answers: a rule that is not asked at a consultation counts as answered no."""
    flat = {}
    for rule in rules:
        given = consultation["answers"].get(rule["id"], {"answer": "no"})
        days = given.get("days_since")
        flat[key(rule)] = given["answer"]
        flat[key(rule) + "_days"] = -1 if days is None else days
        flat[key(rule) + "_rank"] = 1 if given.get("overridden") else RANK[given.get("counts_as") or rule["class"]]
    return flat


def zen_rank(rule):
    """One rule as an expression that gives the rank of its decision."""
    name = key(rule)
    present = f"{name}_rank"
    for days in (rule["window_days"] and rule["window_days"] + 1, rule["wait_days"]):
        if days is not None:
            present = f"({name}_days >= {days} ? 0 : {present})"
    unknown = 0 if RANK[rule["class"]] == 0 else 2
    return f"({name} == 'no' ? 0 : ({name} == 'unknown' ? {unknown} : {present}))"


def with_zen(rules):
    decide = zen.compile_expression("max([" + ", ".join(zen_rank(rule) for rule in rules) + "])")
    return lambda given: int(decide.evaluate(given))


def with_rule_engine(rules):
    """For each rule and rank, a condition under which it counts; the highest rank that matches decides."""
    conditions = []
    for rule in rules:
        name = key(rule)
        present = f"{name} == 'yes'"
        for days in (rule["window_days"] and rule["window_days"] + 1, rule["wait_days"]):
            if days is not None:
                present += f" and {name}_days < {days}"
        unknown = 0 if RANK[rule["class"]] == 0 else 2
        conditions.append((f"{name}_rank", rule_engine.Rule(present), rule_engine.Rule(f"{name} == 'unknown'"), unknown))

    def decide(given):
        rank = 0
        for field, present, not_known, unknown in conditions:
            if present.matches(given):
                rank = max(rank, given[field])
            elif not_known.matches(given):
                rank = max(rank, unknown)
        return rank

    return decide


def measure(name, package, decide, consultations, expected, rounds):
    decisions = [DECISIONS[decide(given)] for given in consultations]
    seconds = []
    for _ in range(5):
        before = cpu_seconds()
        for _ in range(rounds):
            for given in consultations:
                decide(given)
        seconds.append(cpu_seconds() - before)
    per_second = rounds * len(consultations) / statistics.median(seconds)
    agree = sum(a == b for a, b in zip(decisions, expected, strict=True))
    return {"peer": name, "version": version(package), "decisions_per_cpu_s": per_second, "agree": agree}


if __name__ == "__main__":
    problem = json.load(open(sys.argv[1]))
    rules = problem["rules"]
    consultations = [facts(rules, it) for it in problem["consultations"]]
    expected = [it["decision"] for it in problem["consultations"]]
    peers = [
        measure("ZEN Engine", "zen-engine", with_zen(rules), consultations, expected, 300),
        measure("rule-engine", "rule-engine", with_rule_engine(rules), consultations, expected, 100),
    ]
    print(json.dumps({"consultations": len(consultations), "peers": peers}))
