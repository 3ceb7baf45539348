#!/usr/bin/env bash
# Path-steps a second of --backend tornado on an NVIDIA GPU, beside a CUDA kernel, PyTorch, CuPy, diffrax and two threads
# of the CPU:
#   src/bench/gpu/run.sh [PYTHON] >table.md
# Needs nvcc, an SDK of TornadoVM, and for PYTHON those of torch, cupy, jax with diffrax that are to be compared; what is
# not there is a dash. An exclamation mark says that a mean or a variance of the first coordinate is more than five
# standard errors (and 1e-4, for single precision) from the CPU's. No GPU was at hand when this was written: it has not
# been run on one.
set -uo pipefail
cd "$(dirname "$0")/../../.."
python=${1:-python3}
here=src/bench/gpu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nvidia-smi >/dev/null || { echo "no NVIDIA GPU: nvidia-smi does not work" >&2; exit 2; }
nvcc -O3 -std=c++17 -arch=native -o "$work/em" "$here/em.cu" || echo "no CUDA kernel: nvcc does not work" >&2
./ornstein devices | tee "$work/devices" >&2
device=${ORNSTEIN_DEVICE:-$(sed -n 's/^device  *\([^ ]*\): .*(gpu).*/\1/p' "$work/devices" | head -n 1)}
[ -n "$device" ] || { echo "TornadoVM finds no GPU" >&2; exit 2; }
export ORNSTEIN_DEVICE=$device

# Each program answers with path-steps a second, the mean and the variance of the first coordinate; or with a dash, and
# why on standard error.
answer() {
  local line
  line=$("$@" 2>"$work/err") && [ -n "$line" ] && { echo "$line" | tail -n 1; return; }
  echo "${*: -5}: $(grep . "$work/err" | tail -n 1)" >&2
  echo "- - -"
}
# $1 = back end, $2 = model, $3 = precision, $4 = paths, $5 = steps
ours() {
  ./ornstein simulate "$work/$2.yaml" --method euler-maruyama --dt 0.01 --steps "$5" --save 1 --paths "$4" --threads 2 \
    --precision "$3" --backend "$1" --quiet --json --fresh --out "$work/run" >"$work/json" || return
  "$python" - "$1" "$work/json" <<'END'
import json, sys
a = json.load(open(sys.argv[2]))
assert a["backend"] == sys.argv[1], "it ran on " + a["backend"]
print(a["pathStepsPerSecond"], a["mean"][-1][0], a["cov"][-1][0][0])
END
}
over() { awk -v a="$1" -v b="$2" 'BEGIN {if (a == "-" || b == "-" || b == 0) print "-"; else printf "%.2f", a / b}'; }
# $1 = answer, $2 = its paths, $3 = the CPU's answer, $4 = its paths; the rate in millions, marked if the moments differ.
shown() {
  echo "$1 $3" | awk -v n="$2" -v m="$4" '
    function off(a, b, square) { d = a > b ? a - b : b - a; return d > 1e-4 && d * d > 25 * square * (1 / n + 1 / m) }
    $1 == "-" {print "-"; next}
    {printf "%.0f M%s", $1 / 1e6, $4 != "-" && (off($2, $5, $6) || off($3, $6, 2 * $6 * $6)) ? " !" : ""}'
}

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
cat "$work/devices"
echo
echo "Millions of path-steps a second."
echo
echo "| model | precision | paths | steps | tornado | CUDA | ratio | torch | ratio | cupy | ratio | diffrax | ratio | CPU, 2 threads, 1e6 paths | ratio |"
echo "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
for model in ou double-well ou-10d; do
  for precision in f32 f64; do
    for paths in 1e3 1e4 1e5 1e6 1e7 1e8; do
      steps=1000
      [ "$paths" = 1e8 ] && steps=100
      if [ "$paths" = 1e3 ] || [ $steps = 100 ]; then cpu=$(answer ours vector $model $precision 1e6 $steps); fi
      t=$(answer ours tornado $model $precision $paths $steps)
      row="| $model | $precision | $paths | $steps | $(shown "$t" $paths "$cpu" 1e6) |"
      for peer in CUDA torch cupy diffrax; do
        peers=("$python" "$here/peers.py" "$peer")
        [ $peer = CUDA ] && peers=("$work/em")
        p=$(answer "${peers[@]}" $model $precision $paths $steps)
        row+=" $(shown "$p" $paths "$cpu" 1e6) | $(over "${t%% *}" "${p%% *}") |"
      done
      echo "$row $(shown "$cpu" 1e6 "$cpu" 1e6) | $(over "${t%% *}" "${cpu%% *}") |"
    done
  done
done
