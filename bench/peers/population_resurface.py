"""Scores our own draws with the code that scores the peers': population_resurface.py DRAWS.csv CPU_SECONDS DIVERGENCES."""

import sys

import numpy as np
import trials as tr

if __name__ == "__main__":
    table = np.genfromtxt(sys.argv[1], delimiter=",", names=True, deletechars="")
    chains = np.unique(table["chain"])
    draws = {name: np.stack([table[name][table["chain"] == chain] for chain in chains]) for name in tr.SHARED}
    tr.score("Resurface", "this commit", draws, float(sys.argv[2]), 0.0, int(sys.argv[3]))
