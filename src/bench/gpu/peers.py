"""Euler-Maruyama by peers on a GPU: python peers.py PEER MODEL PRECISION PATHS STEPS

PEER: torch, cupy, diffrax. MODEL: ou, double-well, ou-10d; PRECISION: f32, f64. Prints path-steps a second, the mean and
the variance of the first coordinate. The best of five runs after one that warms up (and compiles).
"""
import math
import sys
import time

H = 0.01


def model(name):
    """Dimension and noise."""
    return {"ou": (1, 1.0), "double-well": (1, math.sqrt(0.5)), "ou-10d": (10, 0.5)}[name]


def matrix(np_like, **more):
    return -0.95 * np_like.eye(10, **more) - 0.05 * np_like.ones((10, 10), **more)


def drift(name, x, a):
    if name == "ou":
        return -2 * x
    if name == "double-well":
        return 4 * x - 4 * x * x * x
    return x @ a.T


def best(run):
    """Seconds of the best run, and its states."""
    state = run()
    seconds = []
    for _ in range(5):
        begin = time.perf_counter()
        state = run()
        seconds.append(time.perf_counter() - begin)
    return min(seconds), state


def with_torch(name, precision, paths, steps):
    import torch

    kind = torch.float32 if precision == "f32" else torch.float64
    d, sigma = model(name)
    a = matrix(torch, dtype=kind, device="cuda")
    scale = sigma * math.sqrt(H)

    def step(x, z):
        return x + H * drift(name, x, a) + scale * z

    compiled = torch.compile(step)

    def run():
        x = torch.ones((paths, d), dtype=kind, device="cuda")
        for _ in range(steps):
            x = compiled(x, torch.randn((paths, d), dtype=kind, device="cuda"))
        torch.cuda.synchronize()
        return x

    seconds, x = best(run)
    return seconds, x[:, 0].double().cpu().numpy()


def with_cupy(name, precision, paths, steps):
    import cupy

    kind = cupy.float32 if precision == "f32" else cupy.float64
    d, sigma = model(name)
    a = matrix(cupy, dtype=kind)
    body = f"next = x + T({H!r}) * f + T({sigma * math.sqrt(H)!r}) * z"
    add = cupy.ElementwiseKernel("T x, T f, T z", "T next", body, "euler_maruyama")

    def run():
        x = cupy.ones((paths, d), dtype=kind)
        for _ in range(steps):
            x = add(x, drift(name, x, a), cupy.random.standard_normal((paths, d), dtype=kind))
        cupy.cuda.Device().synchronize()
        return x

    seconds, x = best(run)
    return seconds, cupy.asnumpy(x[:, 0]).astype("float64")


def with_diffrax(name, precision, paths, steps):
    import jax

    jax.config.update("jax_enable_x64", precision == "f64")
    import diffrax
    import jax.numpy as jnp

    kind = jnp.float32 if precision == "f32" else jnp.float64
    d, sigma = model(name)
    a = matrix(jnp, dtype=kind)
    scale = sigma * math.sqrt(H)

    def one(key):  # time in steps: a sum of steps of 0.01 in single precision may take one step more
        path = diffrax.UnsafeBrownianPath(shape=(d,), key=key)
        terms = diffrax.MultiTerm(
            diffrax.ODETerm(lambda t, x, args: H * drift(name, x, a)),
            diffrax.ControlTerm(lambda t, x, args: scale * jnp.eye(d, dtype=kind), path),
        )
        solution = diffrax.diffeqsolve(
            terms, diffrax.Euler(), t0=0.0, t1=float(steps), dt0=1.0, y0=jnp.ones(d, dtype=kind),
            saveat=diffrax.SaveAt(t1=True), adjoint=diffrax.ForwardMode(), max_steps=steps + 2,
        )
        return solution.ys[0]

    many = jax.jit(jax.vmap(one))
    keys = jax.random.split(jax.random.PRNGKey(7), paths)
    seconds, x = best(lambda: many(keys).block_until_ready())
    import numpy

    return seconds, numpy.asarray(x[:, 0], dtype="float64")


def main():
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    peer, name, precision, paths, steps = sys.argv[1:]
    paths, steps = int(float(paths)), int(float(steps))
    seconds, x = {"torch": with_torch, "cupy": with_cupy, "diffrax": with_diffrax}[peer](name, precision, paths, steps)
    print(f"{paths * steps / seconds:.6g} {x.mean():.6g} {x.var():.6g}")


main()
