# Finds a JDK 25 or later, for ./glia and ./mvnw, on a machine whose own `java` may be older. POSIX sh, to be sourced:
#
#   . "$root/.mvn/find-jdk.sh"
#   glia_find_jdk || exit 1        # sets GLIA_JDK, or says on stderr what it looked at
#
# It takes the first that fits of JAVA_HOME, the java on the PATH, and the folders below. A JDK tells its version in the
# file `release`; reading that takes a millisecond, starting a JVM to ask takes fifty.
# GLIA_JDK_DIRS (folders, separated by colons) replaces the list of folders.

GLIA_JAVA=25

glia_jdk_dirs() {
  printf %s "/usr/lib/jvm:/usr/lib64/jvm:/usr/java:/opt/java"    # Linux distributions, containers
  printf %s ":${HOME-}/.sdkman/candidates/java:${HOME-}/.jdks"         # SDKMAN, IntelliJ IDEA
  printf %s ":${HOME-}/.asdf/installs/java:${HOME-}/.local/share/mise/installs/java:${HOME-}/.gradle/jdks"
  printf %s ":/Library/Java/JavaVirtualMachines:${HOME-}/Library/Java/JavaVirtualMachines:/opt/homebrew/opt" # macOS
}

# glia_try NAME HOME: takes the JDK in HOME if it fits; if not, notes under NAME why.
glia_try() {
  glia_version=$(
    while IFS= read -r line; do
      case $line in JAVA_VERSION=*)
        line=${line#JAVA_VERSION=} line=${line#\"} line=${line#1.} # Java 8 calls itself 1.8
        printf %s "${line%%[!0-9]*}"
        break
        ;;
      esac
    done 2>/dev/null <"$2/release"
  ) 2>/dev/null
  if [ ! -x "$2/bin/java" ]; then
    glia_reason="no bin/java in it"
  elif [ -z "$glia_version" ]; then
    glia_reason="no version in its file 'release'"
  elif [ "$glia_version" -lt "$GLIA_JAVA" ]; then
    glia_reason="Java $glia_version"
  elif [ ! -x "$2/bin/javac" ]; then
    glia_reason="Java $glia_version, but without the compiler (a JRE)"
  else
    GLIA_JDK=$2
    return 0
  fi
  glia_note "$1: $glia_reason"
  return 1
}

glia_note() {
  glia_looked_at="$glia_looked_at  $1
"
}

glia_find_jdk() {
  GLIA_JDK=
  glia_looked_at=

  if [ -n "${JAVA_HOME-}" ]; then
    glia_try "JAVA_HOME=$JAVA_HOME" "$JAVA_HOME" && return 0
  else
    glia_note "JAVA_HOME: not set"
  fi

  # /usr/bin/java is a link to a link to JDK/bin/java.
  glia_java=$(command -v java) && glia_java=$(readlink -f "$glia_java" 2>/dev/null)
  if [ -n "$glia_java" ]; then
    glia_home=${glia_java%/*}
    glia_home=${glia_home%/*}
    glia_try "the java on the PATH, $glia_java" "$glia_home" && return 0
  else
    glia_note "the java on the PATH: there is none"
  fi

  glia_ifs=$IFS
  IFS=:
  # shellcheck disable=SC2046 # split at the colons, on purpose
  set -- ${GLIA_JDK_DIRS-$(glia_jdk_dirs)}
  IFS=$glia_ifs
  glia_empty=
  for glia_dir; do
    glia_any=
    for glia_home in "$glia_dir"/* "$glia_dir"/*/Contents/Home "$glia_dir"/*/libexec/openjdk.jdk/Contents/Home; do
      [ -x "$glia_home/bin/java" ] || continue
      glia_any=yes
      glia_try "$glia_home" "$glia_home" && return 0
    done
    [ -n "$glia_any" ] || glia_empty="$glia_empty $glia_dir"
  done
  [ -z "$glia_empty" ] || glia_note "no Java at all in:$glia_empty"

  cat >&2 <<EOF
Glia needs a JDK $GLIA_JAVA or later, and there is none where it looked:
${glia_looked_at}Install one (Eclipse Temurin $GLIA_JAVA, say, or your system's package), or set JAVA_HOME to the folder of one.
EOF
  return 1
}
