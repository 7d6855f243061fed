# shellcheck shell=bash
# An image in the docker-archive format: layers, a configuration and manifest.json, all named by their sha256.

image_build() {
  local name='' output='' root='' user='' workdir=/ entrypoint='' arguments=() environment=() additions=()
  while (($#)); do
    case $1 in
      --name) name=${2:?} ;;
      --output) output=${2:?} ;;
      --root) root=${2:?} ;;
      --add) additions+=("${2:?}") ;;
      --user) user=${2:?} ;;
      --workdir) workdir=${2:?} ;;
      --entrypoint) entrypoint=${2:?} ;;
      --arg) arguments+=("${2?}") ;;
      --env) environment+=("${2:?}") ;;
      *) usage ;;
    esac
    shift 2
  done
  [[ -n $name && -n $output && -n $entrypoint ]] || usage
  [[ -n $root || ${#additions[@]} -gt 0 ]] || die "an image needs --root or --add"
  [[ $name == */*/*:* ]] || die "--name $name is not fully qualified (docker.io/owner/image:tag)"
  [[ -z $root || -d $root ]] || die "--root $root: no such directory"
  command -v jq >/dev/null || install_packages jq

  local work layers=() diff_ids=()
  work=$(mktemp -d)
  # shellcheck disable=SC2064  # the directory as it is now
  trap "rm -rf '$work'" EXIT
  mkdir "$work/image"
  [[ -z $root ]] || add_layer "$root"
  if ((${#additions[@]})); then
    stage_additions "$work/additions" "${additions[@]}"
    add_layer "$work/additions"
  fi
  write_configuration
  mkdir -p "$(dirname "$output")"
  deterministic_tar "$work/image" "$output"
  say "image $name: $output ($(du -h "$output" | cut -f1))"
}

deterministic_tar() {
  tar --create --file "$2" --directory "$1" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=gnu .
}

# Sees image_build's variables.
add_layer() {
  local digest
  deterministic_tar "$1" "$work/layer.tar"
  digest=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
  mv "$work/layer.tar" "$work/image/$digest.tar"
  layers+=("$digest.tar")
  diff_ids+=("sha256:$digest")
}

stage_additions() {
  local stage=$1 addition source destination
  shift
  mkdir "$stage"
  for addition in "$@"; do
    source=${addition%%:*} destination=$stage/${addition#*:}
    [[ $addition == *:/* && -e $source ]] || die "--add $addition: SOURCE:/DESTINATION with a source that exists"
    if [[ -d $source ]]; then
      mkdir -p "$destination"
      cp -R --preserve=mode,links "$source/." "$destination/"
    else
      mkdir -p "$(dirname "$destination")"
      cp --preserve=mode "$source" "$destination"
    fi
  done
  # Readable by the image's user whatever the umask was here.
  chmod -R a+rX "$stage"
}

# Sees image_build's variables.
write_configuration() {
  local digest path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin architecture=amd64
  [[ $(uname -m) != aarch64 ]] || architecture=arm64
  jq --null-input --compact-output --arg architecture "$architecture" --arg user "$user" --arg workdir "$workdir" \
    --argjson entrypoint "$(json_list "$entrypoint" "${arguments[@]}")" \
    --argjson environment "$(json_list "PATH=$path" "${environment[@]}")" \
    --argjson layers "$(json_list "${diff_ids[@]}")" '{
      architecture: $architecture, os: "linux", created: "1970-01-01T00:00:00Z",
      config: {User: $user, Env: $environment, Entrypoint: $entrypoint, WorkingDir: $workdir},
      rootfs: {type: "layers", diff_ids: $layers}
    }' >"$work/configuration"
  digest=$(sha256sum "$work/configuration" | cut -d' ' -f1)
  mv "$work/configuration" "$work/image/$digest.json"
  jq --null-input --compact-output --arg configuration "$digest.json" --arg name "$name" \
    --argjson layers "$(json_list "${layers[@]}")" \
    '[{Config: $configuration, RepoTags: [$name], Layers: $layers}]' >"$work/image/manifest.json"
}

json_list() { jq --null-input --compact-output '$ARGS.positional' --args -- "$@"; }
