#!/usr/bin/env bash
# Path-steps a second of --backend tornado on an NVIDIA GPU, beside a CUDA kernel, PyTorch, CuPy, diffrax and the CPU:
#   src/bench/gpu/run.sh [PYTHON] >table.md
# Needs nvcc, an SDK of TornadoVM, and for PYTHON those of torch, cupy, jax with diffrax that are to be compared; what is
# not there is a dash. No GPU was at hand when this was written: it has not been run.
set -uo pipefail
cd "$(dirname "$0")/../../.."
python=${1:-python3}
here=src/bench/gpu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nvidia-smi >/dev/null || { echo "no NVIDIA GPU: nvidia-smi does not work" >&2; exit 2; }
nvcc -O3 -std=c++17 -arch=native -o "$work/em" "$here/em.cu" || echo "no CUDA kernel: nvcc does not work" >&2
./ornstein devices >&2 || exit 2

# The first word of an answer, or a dash.
rate() { "$@" 2>"$work/err" | awk 'NR == 1 {print $1}' | grep . || { head -n 1 "$work/err" >&2; echo -; }; }
ours() {
  ./ornstein simulate "$work/$2.yaml" --method euler-maruyama --dt 0.01 --steps "$5" --save 1 --paths "$4" \
    --precision "$3" --backend "$1" --quiet --json --fresh --out "$work/run" 2>"$work/err" \
    | sed -n 's/.*"pathStepsPerSecond":\([^,}]*\).*/\1/p' | grep . || { head -n 1 "$work/err" >&2; echo -; }
}
over() { awk -v a="$1" -v b="$2" 'BEGIN {if (a == "-" || b == "-" || b == 0) print "-"; else printf "%.2f", a / b}'; }

cp models/ou.yaml "$work/ou.yaml"
cp models/double-well.yaml "$work/double-well.yaml"
{
  echo "kind: sde"
  echo "name: ou-10d-bench"
  echo "state: [x0, x1, x2, x3, x4, x5, x6, x7, x8, x9]"
  echo "drift:"
  for a in {0..9}; do
    row="-x$a"
    for b in {0..9}; do [ "$a" = "$b" ] || row+=" - 0.05*x$b"; done
    echo "  - \"$row\""
  done
  echo "diffusion: 0.5"
  echo "start: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"
} >"$work/ou-10d.yaml"

nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader
nvcc --version 2>/dev/null | tail -n 2 | head -n 1
"$python" -c 'import importlib.metadata as m
for p in ("torch", "cupy", "jax", "diffrax"):
    try: print(p, m.version(p))
    except m.PackageNotFoundError: print(p, "not installed")'
./ornstein devices
echo
echo "| model | precision | paths | steps | tornado | CUDA | ratio | torch | ratio | cupy | ratio | diffrax | ratio | CPU | ratio |"
echo "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
for model in ou double-well ou-10d; do
  for precision in f32 f64; do
    for paths in 1e3 1e4 1e5 1e6 1e7 1e8; do
      steps=1000
      [ "$paths" = 1e8 ] && steps=100
      t=$(ours tornado $model $precision $paths $steps)
      row="| $model | $precision | $paths | $steps | $t |"
      c=$(rate "$work/em" $model $precision $paths $steps)
      row+=" $c | $(over "$t" "$c") |"
      for peer in torch cupy diffrax; do
        p=$(rate "$python" "$here/peers.py" $peer $model $precision $paths $steps)
        row+=" $p | $(over "$t" "$p") |"
      done
      v=$(ours vector $model $precision "$([ ${paths#1e} -gt 6 ] && echo 1e6 || echo $paths)" $steps)
      echo "$row $v | $(over "$t" "$v") |"
    done
  done
done
