# shellcheck shell=bash
# A certificate authority of the cluster's own and what it signs. Elliptic-curve keys: made in milliseconds.

openssl_quietly() {
  local output
  output=$(openssl "$@" 2>&1) || die "openssl $1 failed: $output"
}

make_authority() {
  local pki=$1
  mkdir -p "$pki"
  chmod 700 "$pki"
  openssl_quietly req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 \
    -subj /CN=messenger-operator-cluster -addext basicConstraints=critical,CA:TRUE \
    -addext keyUsage=critical,keyCertSign,cRLSign,digitalSignature \
    -keyout "$pki/ca.key" -out "$pki/ca.crt"
  openssl_quietly ecparam -name prime256v1 -genkey -noout -out "$pki/service-account.key"
  openssl_quietly ec -in "$pki/service-account.key" -pubout -out "$pki/service-account.pub"
}

# sign PKI NAME SUBJECT USAGE [SUBJECT-ALTERNATIVE-NAMES]; USAGE is serverAuth or clientAuth.
sign() {
  local pki=$1 file=$2 subject=$3 usage=$4 names=${5:-}
  openssl_quietly req -x509 -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
    -nodes -days 365 -subj "$subject" -addext basicConstraints=critical,CA:FALSE \
    -addext keyUsage=critical,digitalSignature -addext "extendedKeyUsage=$usage" \
    ${names:+-addext "subjectAltName=$names"} \
    -keyout "$pki/$file.key" -out "$pki/$file.crt"
}

# write_kubeconfig PKI NAME SERVER FILE: the certificates are inside, so the file can be copied anywhere.
write_kubeconfig() {
  local pki=$1 user=$2 server=$3 file=$4
  (
    umask 077
    cat >"$file" <<YAML
apiVersion: v1
kind: Config
clusters:
- name: messenger-operator
  cluster:
    server: $server
    certificate-authority-data: $(base64 -w0 "$pki/ca.crt")
users:
- name: $user
  user:
    client-certificate-data: $(base64 -w0 "$pki/$user.crt")
    client-key-data: $(base64 -w0 "$pki/$user.key")
contexts:
- name: messenger-operator
  context: {cluster: messenger-operator, user: $user}
current-context: messenger-operator
YAML
  )
}
