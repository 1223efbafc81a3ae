{{- define "kinerja.name" -}}
{{- contains "kinerja" .Release.Name | ternary .Release.Name (printf "%s-kinerja" .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* `dict "root" $ "part" "edge"` is what the templates below take. */}}
{{- define "kinerja.selector" -}}
app.kubernetes.io/name: kinerja
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{- define "kinerja.labels" -}}
{{ include "kinerja.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "kinerja.metadata" -}}
name: {{ include "kinerja.name" .root }}-{{ .part }}
labels: {{- include "kinerja.labels" . | nindent 2 }}
{{- end -}}

{{/* What every pod is: no root, no token of the cluster, spread over the nodes. Without service links: a Service of ours
     would otherwise put KINERJA_..._PORT=tcp://... into every process, which reads such names as its settings. */}}
{{- define "kinerja.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.images.pullSecrets }}
imagePullSecrets: {{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user | default 10001 }}
  runAsGroup: {{ .user | default 10001 }}
  fsGroup: {{ .user | default 10001 }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "kinerja.selector" . | nindent 8 }}
{{- end -}}

{{- define "kinerja.hardened" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end -}}

{{- define "kinerja.image" -}}
image: {{ .image }}:{{ .root.Values.images.tag | default .root.Chart.AppVersion }}
imagePullPolicy: {{ .root.Values.images.pullPolicy }}
{{- end -}}

{{/* At most one of several is taken away at a time; one that is not ready never holds a node up. */}}
{{- define "kinerja.disruption" -}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{- include "kinerja.metadata" . | nindent 2 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "kinerja.selector" . | nindent 6 }}
{{- end -}}

{{- define "kinerja.address" -}}
{{ required "address: give the address where people reach the edge, such as https://kinerja.example.go.id" .Values.address }}
{{- end -}}

{{- define "kinerja.issuer" -}}
{{- if .Values.keycloak.enabled -}}
{{ include "kinerja.address" . }}/auth/realms/kinerja
{{- else -}}
{{ required "signIn.issuer: without keycloak.enabled give the OpenID issuer, exactly as its tokens name it" .Values.signIn.issuer }}
{{- end -}}
{{- end -}}

{{/* As docker-compose.yml tells a role; the keys are fetched inside, since the public address may not be reachable. */}}
{{- define "kinerja.env" -}}
{{- $values := .root.Values -}}
{{- $role := .role -}}
- {name: KINERJA_KAFKA, value: {{ required "kafka.bootstrap: give the brokers as host:port,host:port" $values.kafka.bootstrap | quote }}}
- {name: KINERJA_KAFKA_REPLICATION, value: {{ $values.kafka.replication | quote }}}
- name: KINERJA_MONGO
  valueFrom:
    secretKeyRef:
      name: {{ required (printf "mongo.%s.existingSecret: name a Secret whose key %q is the MongoDB address of the user %s (see the chart's README)" $role.service $values.mongo.key $role.service) (index $values.mongo $role.service).existingSecret }}
      key: {{ $values.mongo.key }}
- {name: KINERJA_MONGO_DATABASE, value: {{ $role.service }}}
- {name: KINERJA_ISSUER, value: {{ include "kinerja.issuer" .root | quote }}}
{{- if $values.keycloak.enabled }}
- name: KINERJA_ISSUER_KEYS
  value: http://{{ include "kinerja.name" .root }}-keycloak:8080/auth/realms/kinerja/protocol/openid-connect/certs
{{- else }}
{{- with $values.signIn.keys }}
- {name: KINERJA_ISSUER_KEYS, value: {{ . | quote }}}
{{- end }}
- {name: KINERJA_AUDIENCE, value: {{ $values.signIn.audience | quote }}}
{{- end }}
- {name: KINERJA_LOG_LEVEL, value: {{ $values.logLevel }}}
- {name: KINERJA_OTLP_ENDPOINT, value: {{ $values.otlpEndpoint | quote }}}
- {name: {{ eq $role.service "attendance" | ternary "KINERJA_DEFAULT_ZONE" "KINERJA_ZONE" }}, value: {{ $values.agency.zone }}}
{{- if eq $role.service "attendance" }}
- name: KINERJA_PHOTO_KEY
  valueFrom:
    secretKeyRef:
      name: {{ required (printf "photos.existingSecret: name a Secret whose key %q holds 32 random characters or more" $values.photos.key) $values.photos.existingSecret }}
      key: {{ $values.photos.key }}
{{- end }}
{{- if $role.signs }}
- name: KINERJA_RECEIPT_KEY
  valueFrom:
    secretKeyRef:
      name: {{ required (printf "receipts.existingSecret: name a Secret whose key %q holds an Ed25519 key (see the chart's README)" $values.receipts.key) $values.receipts.existingSecret }}
      key: {{ $values.receipts.key }}
{{- end }}
{{- if eq $role.service "feedback" }}
- {name: KINERJA_ADDRESS, value: {{ include "kinerja.address" .root | quote }}} # printed on sheets of codes
{{- end }}
{{- range $name, $value := $values.env }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- end -}}
