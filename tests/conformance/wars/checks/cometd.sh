#!/bin/bash
# CometD: long polls that wait as asynchronous requests and end when another client publishes, or with their timeout; messages to one client and to all.
. "$(dirname "$0")/lib.sh"
say() { # JSON, with the cookies of client $1
  MAXT=${MAXT:-20} post /cometd/ 200 -b "$T/$1" -c "$T/$1" -H 'Content-Type: application/json' -d "$2"
}
hello() { say "$1" '[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"]}]'; has '"successful":true' '"long-polling"'; ID=$(sub '"clientId":"([^"]*)"'); }
hello a; A=$ID; hello b; C=$ID
for c in a:$A b:$C; do who=${c%%:*} id=${c#*:}
  say "$who" '[{"channel":"/meta/connect","connectionType":"long-polling","clientId":"'"$id"'","advice":{"timeout":0}}]'; has '"successful":true'
  say "$who" '[{"channel":"/meta/subscribe","subscription":"/chat","clientId":"'"$id"'"},{"channel":"/meta/subscribe","subscription":"/hello","clientId":"'"$id"'"}]'; has '"successful":true'; hasnt '"successful":false'
done
# one waits, the other speaks
for i in 1 2 3; do
  curl -s -m 20 -b "$T/b" -H 'Content-Type: application/json' -d '[{"channel":"/meta/connect","connectionType":"long-polling","clientId":"'"$C"'"}]' "$BASE/cometd/connect" -o "$T/poll" & poll=$!
  say a '[{"channel":"/chat","data":{"text":"message '"$i"'"},"clientId":"'"$A"'"}]'; has '"successful":true'
  wait "$poll"; N=$((N+1)); grep -q "message $i" "$T/poll" || note "poll $i got $(head -c 200 "$T/poll")"
done
say a '[{"channel":"/service/hello","data":{"name":"Ada"},"clientId":"'"$A"'"}]'; cp "$B" "$T/hello"
say a '[{"channel":"/meta/connect","connectionType":"long-polling","clientId":"'"$A"'","advice":{"timeout":0}}]'; cat "$T/hello" >>"$B"; has 'Hello, Ada'
# nobody speaks: the poll ends by itself, after the three seconds of web.xml
say a '[{"channel":"/meta/connect","connectionType":"long-polling","clientId":"'"$A"'"}]'; has '"successful":true' '/meta/connect'
say a '[{"channel":"/meta/connect","connectionType":"long-polling","clientId":"unknown"}]'; has '"successful":false' '402'
say a '[{"channel":"/meta/disconnect","clientId":"'"$A"'"}]'; has '"successful":true'
finish
