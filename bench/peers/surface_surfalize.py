"""The same map by surfalize: polynomial form of degree 2, Gaussian S-filter 80 um and L-filter 8 mm, every family of parameters.

surface_surfalize.py FILE SIDE"""

import json
import resource
import sys
import time
import warnings
from importlib.metadata import version

import numpy as np
from surfalize import Surface

warnings.simplefilter("ignore")
file, side = sys.argv[1], int(sys.argv[2])
surface = Surface(np.fromfile(file, "<f8").reshape(side, side), 20.0, 20.0)
stages, parameters = {}, {}


def taken(name, work):
    begun = time.process_time()
    result = work()
    stages[name] = time.process_time() - begun
    return result


FAMILIES = {
    "height": ["Sa", "Sq", "Sp", "Sv", "Sz", "Ssk", "Sku"],
    "hybrid": ["Sdr", "Sdq"],
    "spatial": ["Sal", "Str", "Std"],
    "functional": ["Sk", "Spk", "Svk", "Smr1", "Smr2", "Sxp", "Vmp", "Vmc", "Vvv", "Vvc"],
    "feature": ["S5p", "S5v", "S10z", "Spd", "Svd", "Spc", "Svc"],
}
surface = taken("form", lambda: surface.detrend_polynomial(2))
surface = taken("S-filter", lambda: surface.filter("lowpass", 80.0))
surface = taken("L-filter", lambda: surface.filter("highpass", 8000.0))
for family, symbols in FAMILIES.items():
    found = taken(family, lambda symbols=symbols: {symbol: float(getattr(surface, symbol)()) for symbol in symbols})
    parameters |= {symbol: value if value == value else None for symbol, value in found.items()}
print(
    json.dumps(
        {
            "peer": f"surfalize {version('surfalize')}",
            "cpu_s": sum(stages.values()),
            "stages_cpu_s": stages,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
            "parameters": parameters,
        }
    )
)
