# shellcheck shell=bash
# shellcheck disable=SC2034  # variables are read by the other files
# The only place where versions are pinned.

KUBERNETES_VERSION=1.20.2

# sha512 of kubernetes-server-linux-<architecture>.tar.gz, from the project's CHANGELOG-1.20.md.
declare -A KUBERNETES_SERVER_SHA512=(
  [amd64]=65abf178782e43bc21e8455ffbfdadf6064dbeae3ff704ccf9e13e8acee18235c280b06778e5de4bd702f5507e1870fe38c561366d125ef4f821ed7aa46e9f45
  [arm64]=f5ef9bc1013b638cdc17071e60c987572185d9aea796c44ddd2c791770debe1f7225898c8704f3484c4802e452bb25590bf05232dfff50da741e7897b6907bfe
)
KUBERNETES_RELEASE_SITE=https://dl.k8s.io

# The Debian release whose source package is exactly that version; apt checks its signature.
KUBERNETES_SOURCE_SUITE=bookworm
