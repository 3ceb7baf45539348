#!/bin/sh
# Compares simulation with C++, NumPy, PyTorch and a hand-written kernel, in one run, which takes some eight minutes of
# a machine that does nothing else: src/bench/simulate.sh [CASE...], a case being such as 'ou f32'. Prints one table.
# Needs g++, and NumPy and PyTorch for PYTHON (default /usr/bin/python3; Debian: apt-get install g++ python3-torch).
set -e
cd "$(dirname "$0")/../.."
JAVA_HOME=$(./ornstein --jdk)
export JAVA_HOME OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
peers=target/bench
mkdir -p $peers
flags="-std=c++17 -O3 -march=native -pthread"
# GCC prefers vectors of 256 bits even where there are 512, which is slower here.
wide=$(grep -q avx512f /proc/cpuinfo && echo -mprefer-vector-width=512 || true)
g++ $flags -ffast-math $wide src/bench/simulate/auto.cpp -o $peers/auto
g++ $flags src/bench/simulate/intrinsics.cpp -o $peers/intrinsics
./mvnw -q -B test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/bench-classpath.txt -Dmdep.includeScope=test >&2
exec "$JAVA_HOME/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Xmx1g \
  -cp "target/test-classes:target/classes:$(cat target/bench-classpath.txt)" \
  ornstein.ensemble.SimulationBench $peers "${PYTHON:-/usr/bin/python3}" src/bench/simulate/peer.py "$@"
