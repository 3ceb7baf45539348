#!/bin/sh
# Prints the Kolmogorov-Smirnov statistic of 10^8 normals in both precisions: src/bench/normals.sh
set -e
cd "$(dirname "$0")/../.."
JAVA_HOME=$(./ornstein --jdk)
export JAVA_HOME
./mvnw -q -B test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/bench-classpath.txt -Dmdep.includeScope=test >&2
exec "$JAVA_HOME/bin/java" --add-modules=jdk.incubator.vector \
  -cp "target/test-classes:target/classes:$(cat target/bench-classpath.txt)" ornstein.random.NormalsBench
