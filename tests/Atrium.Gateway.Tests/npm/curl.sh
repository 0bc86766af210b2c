#!/usr/bin/env bash
# Talks to Atrium with curl; only the address and the key are given. Prints an operation, a tab and "ok" or what went wrong, line by line.
set -u
address=$1 key=$2 provider=$3 model=$4 vision=$5 vectors=${6:-$4} pictures=${7:-$4} missing=$8
out=$(mktemp)
trap 'rm -f "$out"' EXIT

post() { # path, body
  curl -sS -N -o "$out" -w '%{http_code}' -H "Authorization: Bearer $key" -H 'Content-Type: application/json' -d "$2" "$address$1"
}

try() { # operation, wanted status, wanted text, path, body
  local status
  status=$(post "$4" "$5")
  if [ "$status" = "$2" ] && grep -q -- "$3" "$out"; then printf '%s\tok\n' "$1"; else printf '%s\tcurl %s %s\n' "$1" "$status" "$(tr '\n\t' '  ' <"$out" | head -c 300)"; fi
}

hello='"messages":[{"role":"user","content":"Hello"}]'
weather='"tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]'
schema='"response_format":{"type":"json_schema","json_schema":{"name":"thing","schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}}'
picture='{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw=="}}'

try chat 200 'simulated answer to: Hello' /v1/chat/completions "{\"model\":\"$model\",$hello}"
try stream 200 '^data: \[DONE\]' /v1/chat/completions "{\"model\":\"$model\",\"stream\":true,$hello}"
try tools 200 '"name":"weather"' /v1/chat/completions "{\"model\":\"$model\",$weather,\"messages\":[{\"role\":\"user\",\"content\":\"sim:tool=weather\"}]}"
try imagesIn 200 'I see 1 image' /v1/chat/completions "{\"model\":\"$vision\",\"messages\":[{\"role\":\"user\",\"content\":[$picture]}]}"
try schema 200 'simulated' /v1/chat/completions "{\"model\":\"$model\",$schema,\"messages\":[{\"role\":\"user\",\"content\":\"sim:json\"}]}"
try embeddings 200 '"object":"embedding"' /v1/embeddings "{\"model\":\"$vectors\",\"input\":[\"one\",\"two\"]}"
try imagesOut 200 '"b64_json":"iVBORw0KGgo' /v1/images/generations "{\"model\":\"$pictures\",\"prompt\":\"A house by the river\"}"
try messages 200 'simulated answer to: Hello' /v1/messages "{\"model\":\"$model\",\"max_tokens\":200,$hello}"
try messageStream 200 '^event: message_stop' /v1/messages "{\"model\":\"$model\",\"max_tokens\":200,\"stream\":true,$hello}"
try response 200 'simulated answer to: Hello' /v1/responses "{\"model\":\"$model\",\"input\":\"Hello\"}"
try responseStream 200 '^event: response.completed' /v1/responses "{\"model\":\"$model\",\"input\":\"Hello\",\"stream\":true}"
try tooFast 429 '"rate_limit_exceeded"' /v1/chat/completions "{\"model\":\"$model\",\"messages\":[{\"role\":\"user\",\"content\":\"sim:429\"}]}"
try noModel 404 '"model_not_found"' /v1/chat/completions "{\"model\":\"$provider/$missing\",$hello}"
try wrongRequest 400 '"invalid_request' /v1/chat/completions "{\"model\":\"$model\",\"messages\":[]}"
key=atr_bad
try wrongKey 401 '"invalid_api_key"' /v1/chat/completions "{\"model\":\"$model\",$hello}"
key=$2

# Whoever reads goes away after the first letters, and curl with them.
curl -sS -N -H "Authorization: Bearer $key" -H 'Content-Type: application/json' "$address/v1/chat/completions" \
  -d "{\"model\":\"$model\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"curl-hangs-up-on-$provider sim:words=5000 sim:speed=20\"}]}" 2>/dev/null | head -c 100 >/dev/null
printf 'cancel\tok\n'
