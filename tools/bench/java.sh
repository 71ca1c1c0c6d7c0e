# Builds the benchmarks if sources are newer, and starts a class of them. Needs $here, the folder of
# this file.
root=$(dirname "$(dirname "$here")")
jar=$here/target/benchmarks.jar

run_java() {
  if [ ! -f "$jar" ] || [ -n "$(find "$root/pom.xml" "$root/codec/src/main" \
    "$root/imageio-plugin/src/main" "$root/tools/metrics/src/main" "$here/pom.xml" "$here/src/main" \
    -type f -newer "$jar" | head -n 1)" ]; then
    (cd "$root" && ./mvnw -B -q -ntp -Dquick -pl tools/bench -am package) >&2
    touch "$jar"
  fi
  commit=$(git -C "$root" describe --always --exclude='*' --abbrev=7 --dirty=' modified' 2>/dev/null) ||
    commit='unknown commit'
  main=$1
  shift
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -XX:+UseSerialGC -Djava.awt.headless=true "-Dkmq.commit=$commit" \
    "-Dkmq.root=$root" -cp "$jar" "$main" "$@"
}
