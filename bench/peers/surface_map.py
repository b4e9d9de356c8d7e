"""Makes a skin-like height map: form, micro-relief, 30 scars, noise. Heights in micrometres as raw 64-bit numbers, 20 um apart.

surface_map.py SIDE FILE"""

import sys

import numpy as np

SPACING_UM = 20.0

side, file = int(sys.argv[1]), sys.argv[2]
chance = np.random.default_rng(7)
axis = (np.arange(side) - side / 2) * SPACING_UM
x, y = np.meshgrid(axis, axis)
heights = -(x**2 / 120e3 + y**2 / 180e3) + 0.02 * x

waves = np.fft.rfft2(chance.standard_normal((side, side)))
across, along = np.fft.rfftfreq(side, SPACING_UM)[None, :], np.fft.fftfreq(side, SPACING_UM)[:, None]
octaves = np.log(np.maximum(np.hypot(across, along), 1e-12) * 500.0)
relief = np.fft.irfft2(waves * np.exp(-(octaves**2) / 0.5), s=(side, side))
heights += 15.0 / relief.std() * relief

# Radius and depth in micrometres, and the shape of the wall.
kinds = [
    ((400, 900), (500, 1200), lambda r: np.clip(1 - r, 0, None)),
    ((900, 2000), (150, 500), lambda r: (r < 1) * 1.0),
    ((2000, 4000), (100, 400), lambda r: np.clip(1 - r**2, 0, None) ** 2),
]
reach = side * SPACING_UM / 2 * 0.85
for scar in range(30):
    middle = chance.uniform(-reach, reach, 2)
    radius, depth, wall = kinds[scar % 3]
    heights -= chance.uniform(*depth) * wall(np.hypot(x - middle[0], y - middle[1]) / chance.uniform(*radius))
heights += chance.normal(0, 3.0, (side, side))
heights.astype("<f8").tofile(file)
