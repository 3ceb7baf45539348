"""The peer in Python: idiomatic NumPy or PyTorch, whole arrays of paths in chunks that stay in the second-level cache.

Usage: peer.py numpy|torch MODEL f32|f64. Answers each line "PATHS STEPS THREADS" of standard input by
"SECONDS MEAN MEAN-OF-SQUARES" of the first coordinate. Normals are the library's own (NumPy: Philox4x64-10 and the
ziggurat; PyTorch: its CPU generator), so the moments agree with the other peers' to their standard errors only.
"""
import math
import sys
import time

library, model, precision = sys.argv[1:4]
dimension = 10 if model == "ou-10d" else 1
chunk = 16384 // dimension
h = 0.01
noise = math.sqrt(h) * {"ou": 1.0, "double-well": math.sqrt(0.5), "ou-10d": 0.5}[model]
matrix = [
    [(i == j) - h * (2.0 ** -abs(i - j) + (i + 1) / 10 * (i == j)) for i in range(dimension)] for j in range(dimension)
]


def paths_numpy(count, steps, state):
    import numpy as np

    real = np.float32 if precision == "f32" else np.float64
    x = np.ones((count, dimension), real)
    z = np.empty_like(x)
    y = np.empty_like(x)
    m = np.array(matrix, real)
    for _ in range(steps):
        state.standard_normal(out=z, dtype=real)
        z *= real(noise)
        if model == "ou":
            x *= real(1 - 2 * h)
        elif model == "ou-10d":
            np.matmul(x, m, out=y)
            x, y = y, x
        else:
            np.multiply(x, x, out=y)
            np.subtract(real(1 + 4 * h), real(4 * h) * y, out=y)
            x *= y
        x += z
    return float(x[:, 0].sum(dtype=float)), float((x[:, 0].astype(float) ** 2).sum())


def paths_torch(count, steps, state):
    import torch

    real = torch.float32 if precision == "f32" else torch.float64
    x = torch.ones((count, dimension), dtype=real)
    z = torch.empty_like(x)
    y = torch.empty_like(x)
    m = torch.tensor(matrix, dtype=real)
    for _ in range(steps):
        z.normal_(generator=state)
        if model == "ou":
            x.mul_(1 - 2 * h)
        elif model == "ou-10d":
            torch.mm(x, m, out=y)
            x, y = y, x
        else:
            torch.mul(x, x, out=y)
            y.mul_(-4 * h).add_(1 + 4 * h)
            x.mul_(y)
        x.add_(z, alpha=noise)
    return float(x[:, 0].double().sum()), float(x[:, 0].double().square().sum())


def main():
    if library == "numpy":
        import numpy as np

        state, run = np.random.Generator(np.random.Philox(1)), paths_numpy
    else:
        import torch

        torch.set_num_threads(1)
        state, run = torch.Generator().manual_seed(1), paths_torch
    for line in sys.stdin:
        paths, steps, threads = map(int, line.split())
        if threads != 1:
            raise SystemExit("the Python peers are measured on one thread")
        begin = time.perf_counter()
        sums = [run(min(chunk, paths - at), steps, state) for at in range(0, paths, chunk)]
        seconds = time.perf_counter() - begin
        mean, square = (sum(s[k] for s in sums) / paths for k in (0, 1))
        print(f"{seconds:.9g} {mean:.17g} {square:.17g}", flush=True)


main()
