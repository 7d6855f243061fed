{{/* operator.json: the operator's options in the shape its configuration has. An empty value means "not set". */}}
{{- define "messenger-operator.configuration" -}}
{{- $operator := dict
      "Name" .Values.operator.name
      "Namespaces" .Values.watchNamespaces
      "LeaderElection" (dict "Enabled" .Values.operator.leaderElection "LeaseName" (printf "%s-leader" (include "messenger-operator.fullname" .)))
      "MaxParallelReconciliations" .Values.operator.workers -}}
{{- with .Values.operator.labelSelector -}}
{{- $_ := set $operator "LabelSelector" . -}}
{{- end -}}
{{- $integrations := dict
      "ReceiverImage" (include "messenger-operator.image" (dict "image" .Values.receiver.image "chart" .Chart))
      "ReceiverBrokersImage" (include "messenger-operator.image" (dict "image" .Values.receiver.brokersImage "chart" .Chart))
      "ReceiverImagePullPolicy" .Values.receiver.image.pullPolicy
      "AllowedSinkHosts" .Values.integrations.allowedSinkHosts
      "AllowPrivateSinks" .Values.integrations.allowPrivateSinks
      "AllowCrossNamespaceSinks" .Values.integrations.allowCrossNamespaceSinks
      "RotationOverlapSeconds" .Values.integrations.rotationOverlapSeconds
      "ReceiverSyncSeconds" .Values.integrations.receiverSyncSeconds -}}
{{- with .Values.integrations.webhookUrl -}}
{{- $_ := set $integrations "WebhookUrl" . -}}
{{- end -}}
{{- with .Values.integrations.sink.http.url -}}
{{- $_ := set $integrations "Sink" (dict "Http" (dict "Url" .)) -}}
{{- end -}}
{{- with .Values.receiver.traces.endpoint -}}
{{- $_ := set $integrations "ReceiverTracesEndpoint" . -}}
{{- $_ := set $integrations "ReceiverTracesRatio" (float64 $.Values.receiver.traces.ratio) -}}
{{- end -}}
{{- if .Values.trustedCa.configMap -}}
{{- $_ := set $integrations "ProbeCaBundleFile" "/etc/messenger-operator/trusted-ca/ca.crt" -}}
{{- end -}}
{{- $providers := dict
      "TimeoutSeconds" .Values.providers.timeoutSeconds
      "AccountCallsPerMinute" .Values.providers.accountCallsPerMinute
      "AllowedBaseHosts" .Values.providers.allowedBaseHosts
      "BaseAddresses" .Values.providers.baseAddresses -}}
{{- dict
      "Operator" $operator
      "Integrations" $integrations
      "Providers" $providers
      "Management" (dict "Port" .Values.management.port)
      "Logging" (dict "Level" .Values.logging.level "Format" .Values.logging.format) | toPrettyJson -}}
{{- end -}}
