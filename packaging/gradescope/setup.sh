#!/usr/bin/env bash
#
# Gradescope runs this once, as root and with network, to build the image of the autograder: Node.js, the packages of
# package-lock.json, the launcher of the sandbox. It ends with the proof that this image grades right. Safe to run
# again: what is there is kept.
#
# Environment, for a mirror or another base image:
#   AUTOGRADER_ROOT  where Gradescope's folders are (default /autograder)
#   NODE_MIRROR      where Node.js comes from (default https://nodejs.org/dist; a file:// address will do)
#   NODE_VERSION, NODE_SHA256  another release of Node.js, and the checksum of its archive

set -Eeuo pipefail

ROOT="${AUTOGRADER_ROOT:-/autograder}"
SOURCE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
NODE_MIRROR="${NODE_MIRROR:-https://nodejs.org/dist}"

# The long-term support release that images get. Checksums are those of the release's SHASUMS256.txt.
PINNED_VERSION=24.21.0
PINNED_SHA256_x64=6e1db87ef58b8819e5d5402eff1536491b18edd8eb7bee5ef7897876e88dc5ff
PINNED_SHA256_arm64=724282c3b43aec998aa9527380465b45d229e021b58035f5f4f63095eabfe5d5

step='getting started'
trap 'echo "setup.sh: failed while ${step} (line ${LINENO}). The image is not usable; see the message above." >&2' ERR

begin() {
  step="$1"
  echo "setup.sh: ${step}"
}

has() { command -v "$1" >/dev/null 2>&1; }

install_system_packages() {
  if has apt-get; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
  elif has dnf; then
    dnf install -y -q "$@"
  elif has yum; then
    yum install -y -q "$@"
  else
    echo "There is no apt-get, dnf or yum to install $* with." >&2
    return 1
  fi
}

download() { # address, file
  if has curl; then
    curl --fail --silent --show-error --location --retry 3 --output "$2" "$1"
  else
    wget --quiet --tries=3 --output-document="$2" "$1"
  fi
}

begin 'looking for system programs'
[ "$(id -u)" = 0 ] || echo 'Not root: the isolation has one layer less, a user id of its own for each child.'
has curl || has wget || install_system_packages curl ca-certificates
has tar || install_system_packages tar
has gzip || install_system_packages gzip
if ! has cc && ! has gcc && ! has clang; then
  begin 'installing a C compiler for the launcher of the sandbox'
  libc=libc6-dev
  has apt-get || libc=glibc-devel
  if ! install_system_packages gcc "${libc}"; then
    has perl || has setpriv
    echo 'No C compiler is available: the launcher in perl, or util-linux, does its work.'
  fi
fi

begin 'installing Node.js'
case "$(uname -m)" in
  x86_64) arch=x64 pinned_sha256="${PINNED_SHA256_x64}" ;;
  aarch64 | arm64) arch=arm64 pinned_sha256="${PINNED_SHA256_arm64}" ;;
  *)
    echo "Node.js has no build for $(uname -m)." >&2
    false
    ;;
esac
version="${NODE_VERSION:-${PINNED_VERSION}}"
sha256="${NODE_SHA256:-${pinned_sha256}}"
node="${ROOT}/node/bin/node"
if [ "$("${node}" --version 2>/dev/null || true)" != "v${version}" ]; then
  scratch="$(mktemp -d)"
  archive="${scratch}/node.tar.gz"
  download "${NODE_MIRROR}/v${version}/node-v${version}-linux-${arch}.tar.gz" "${archive}"
  echo "${sha256}  ${archive}" | sha256sum --check --quiet -
  mkdir "${scratch}/node"
  tar --extract --gzip --file "${archive}" --directory "${scratch}/node" --strip-components=1 --no-same-owner
  rm -rf "${ROOT}/node"
  mkdir -p "${ROOT}"
  mv "${scratch}/node" "${ROOT}/node"
  rm -rf "${scratch}"
fi
"${node}" --version

begin 'installing the packages of package-lock.json'
cache="$(mktemp -d)"
export PATH="${ROOT}/node/bin:${PATH}"
(cd "${SOURCE}" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error --no-update-notifier --cache "${cache}")
rm -rf "${cache}"

begin 'closing the private files to everyone but root'
chmod 755 "${ROOT}" "${SOURCE}" "${SOURCE}/run_autograder"
chmod -R go-rwx "${SOURCE}/assignment" "${SOURCE}/pessimistic.json"

begin 'checking that this image grades right'
"${node}" "${SOURCE}/grader/check-image.mjs" "${SOURCE}"

echo 'setup.sh: done'
