{{/* What the schema can't say, or not in plain words. */}}
{{- define "messenger-operator.validate" -}}
{{- with .Values.integrations.webhookUrl -}}
{{- if not (hasPrefix "https://" .) -}}
{{- fail (printf "integrations.webhookUrl is %q: messengers deliver over TLS only, so it must start with https://, for example https://hooks.example.com" .) -}}
{{- end -}}
{{- if not (regexMatch "^https://[A-Za-z0-9.-]+(:[0-9]+)?/?$" .) -}}
{{- fail (printf "integrations.webhookUrl is %q: it must be scheme, host and port only, for example https://hooks.example.com:8443; each integration adds its own path" .) -}}
{{- end -}}
{{- end -}}
{{- with .Values.integrations.sink.http.url -}}
{{- /* Not quoted: people put passwords into URLs. */ -}}
{{- if not (regexMatch "^https?://[][A-Za-z0-9.:-]+([/?].*)?$" .) -}}
{{- fail "integrations.sink.http.url must be an http:// or https:// URL without user name and password" -}}
{{- end -}}
{{- end -}}
{{- range $name, $address := .Values.providers.baseAddresses -}}
{{- if not (regexMatch "^https?://[][A-Za-z0-9.:-]+(/.*)?$" $address) -}}
{{- fail (printf "providers.baseAddresses.%s must be an http:// or https:// URL without user name and password" $name) -}}
{{- end -}}
{{- end -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.operator.leaderElection) -}}
{{- fail (printf "replicas is %d with operator.leaderElection off: two operators would write the same registrations; switch leader election on or use one replica" (int .Values.replicas)) -}}
{{- end -}}
{{- if and (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) -}}
{{- fail "serviceAccount.create is false and serviceAccount.name is empty: name the ServiceAccount to use; the namespace's default one must not get the operator's rights" -}}
{{- end -}}
{{- end -}}
