#!/bin/sh
# Compares a training step with PyTorch's, in one run: src/bench/train.sh [PYTHON]
# Needs PyTorch for PYTHON (default /usr/bin/python3; Debian: apt-get install python3-torch). Prints one table.
set -e
cd "$(dirname "$0")/../.."
JAVA_HOME=$(./ornstein --jdk)
export JAVA_HOME OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
./mvnw -q -B test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/bench-classpath.txt -Dmdep.includeScope=test >&2
exec "$JAVA_HOME/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -Xmx2g \
  -cp "target/test-classes:target/classes:$(cat target/bench-classpath.txt)" \
  ornstein.train.TrainBench "${1:-/usr/bin/python3}" src/bench/train_peer.py
