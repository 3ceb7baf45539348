#!/bin/sh
# Runs the JMH benchmarks of the kernels' inner parts: src/bench/jmh.sh [JMH OPTIONS]. JMH (GPL with Classpath
# exception) is in the Maven profile `jmh` alone: nothing that is distributed holds or needs it.
set -e
cd "$(dirname "$0")/../.."
JAVA_HOME=$(./ornstein --jdk)
export JAVA_HOME
./mvnw -q -B -ntp -Pjmh -DskipChecks -Dornstein.target=target/jmh test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/jmh-classpath.txt -Dmdep.includeScope=test >&2
exec "$JAVA_HOME/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  -cp "target/jmh/test-classes:target/jmh/classes:$(cat target/jmh-classpath.txt)" org.openjdk.jmh.Main "$@"
