# shellcheck shell=bash
# A certificate authority for one run, and the certificate of the public address.

# make_authority DIR HOST: DIR/ca.crt, DIR/tls.crt, DIR/tls.key
make_authority() {
  local dir=$1 host=$2
  mkdir -p "$dir"
  (
    cd "$dir"
    openssl ecparam -name prime256v1 -genkey -noout -out ca.key
    openssl req -x509 -new -key ca.key -sha256 -days 2 -subj "/CN=Throw-away authority of the demo" \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign -out ca.crt
    openssl ecparam -name prime256v1 -genkey -noout -out tls.key
    openssl req -new -key tls.key -subj "/CN=$host" -out tls.csr
    openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -sha256 -days 2 -out tls.crt \
      -extfile <(printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n' "$host")
    rm -f ca.key tls.csr ca.srl
  ) 2>"$dir/openssl.log" || fail "openssl cannot make the demo's certificate" "cat $dir/openssl.log"
}
